"""Identifiers that others gave a paper: arXiv ids and DOIs."""

import re
import urllib.parse
from typing import ClassVar, Self

from pydantic.json_schema import JsonSchemaValue

from vlm_survey.errors import InvalidValueError
from vlm_survey.model.value import TextValue, shortened

_NEW_ID = r"\d{4}\.\d{4,5}"
_OLD_ID = r"[a-z-]+(?:\.[a-z]{2})?/\d{7}"
_ARXIV = re.compile(
    rf"""(?:(?:https?://)?(?:www\.|export\.|browse\.)?arxiv\.org/(?:abs|pdf|html|format|src)/
        |(?:https?://)?ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html)/
        |(?:https?://)?ar5iv\.labs\.arxiv\.org/(?:abs|html)/
        |(?:https?://)?(?:www\.)?alphaxiv\.org/abs/
        |(?:(?:https?://)?(?:dx\.)?doi\.org/)?10\.48550/arxiv\.
        |arxiv:\s*)?
    (?P<id>{_NEW_ID}|{_OLD_ID})(?:v(?P<version>[1-9]\d?))?
    (?:\.pdf)?(?:\s+\[[a-z.-]+\]|[?\#].*)?/?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[!-~]+", re.ASCII)
_DOI_PREFIX = re.compile(
    r"doi:\s*|(?P<resolver>(?:https?://)?(?:(?:dx|www)\.)?doi\.org/)", re.IGNORECASE
)
_TRACKING = re.compile(r"\?\w+=.*", re.ASCII | re.DOTALL)
"""What publishers append where a reader shares the address; no registrant has it in a DOI."""
_NATURE = re.compile(
    r"https?://(?:www\.)?nature\.com/articles/([a-z]+[\w-]+?)(?:\.pdf)?$", re.I | re.A
)
_DOI_IN_PATH = re.compile(
    r"/(?:(?:article|chapter|book|content|articles|doi|document|abs|full|fulltext|epdf|pdf|html"
    r"|reference|pdfdirect|journals/[a-z-]+/articles)/)+(10\.\d{4,9}/.+?)"
    r"(?:/(?:full|pdf|epdf|abstract|fulltext)|\.pdf|\.full|\.html)?$",
    re.IGNORECASE | re.ASCII,
)

_VERSION = re.compile(r"v\d+(?:\.[a-z-]+)*$", re.ASCII)


class ArxivId(TextValue):
    """An arXiv id such as `2303.00910` or `hep-th/9901001`, with its version if one was given.

    Source of the scheme: https://info.arxiv.org/help/arxiv_identifier.html
    """

    __slots__ = ()

    json_schema: ClassVar[JsonSchemaValue] = {
        "type": "string",
        "pattern": r"^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})(v[1-9]\d?)?$",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a bare id, `arXiv:` form, abstract or PDF address, or arXiv's own DOI."""
        match = _ARXIV.fullmatch(text)
        if match is None or not 1 <= int(match["id"].rpartition("/")[2][2:4]) <= 12:
            raise InvalidValueError(
                f"{shortened(text)!r} is not an arXiv id",
                'write it in quotes, such as "2303.00910"',
            )
        number = match["id"]
        if "/" in number:
            archive, _, digits = number.lower().partition("/")
            name, _, subject = archive.partition(".")
            number = f"{name}{'.' + subject.upper() if subject else ''}/{digits}"
        return cls(number + (f"v{match['version']}" if match["version"] else ""))

    @property
    def key(self) -> str:
        """The id without its version: one paper, one key."""
        return re.sub(r"v\d+$", "", self).lower()

    @property
    def version(self) -> int | None:
        """Its version, if it names one."""
        match = re.search(r"v(\d+)$", self)
        return int(match[1]) if match else None

    @property
    def year(self) -> int:
        """The year of the first version, which the id begins with."""
        two_digits = int(re.sub(r"^.*/", "", self)[:2])
        return two_digits + (1900 if two_digits > 90 else 2000)

    @property
    def month(self) -> int:
        """The month of the first version, from 1."""
        return int(self.rpartition("/")[2][2:4])

    @property
    def url(self) -> str:
        """The abstract's address."""
        return f"https://arxiv.org/abs/{self}"

    @property
    def pdf_url(self) -> str:
        """The address of the full text."""
        return f"https://arxiv.org/pdf/{self}"

    @property
    def discussion_url(self) -> str:
        """The address of its discussion page at alphaXiv, which uses the ids of arXiv."""
        return f"https://www.alphaxiv.org/abs/{self}"


class Doi(TextValue):
    """A DOI, bare and in the letters its registrant prints; compared without regard to case.

    Source of the scheme: https://www.doi.org/the-identifier/resources/handbook/2_numbering
    """

    __slots__ = ()

    json_schema: ClassVar[JsonSchemaValue] = {
        "type": "string",
        "pattern": r"^10\.\d{4,9}(\.\d+)*/[!-~]+$",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a bare DOI, `doi:` form, or an address at doi.org."""
        bare = text
        if prefix := _DOI_PREFIX.match(text):
            bare = text[prefix.end() :]
            if prefix["resolver"]:
                # In an address, these signs are the DOI's own only where they are escaped.
                bare = re.split(r"[?#]", bare, maxsplit=1)[0]
            bare = urllib.parse.unquote(bare)
        bare = _TRACKING.sub("", bare).rstrip(".,;/")
        if not _DOI.fullmatch(bare):
            raise InvalidValueError(
                f"{shortened(text)!r} is not a DOI",
                "write it without a prefix, such as 10.1038/s41467-023-40260-7",
            )
        return cls(bare)

    @property
    def key(self) -> str:
        """The form in which two spellings of one DOI are equal."""
        return self.casefold()

    @property
    def url(self) -> str:
        """The resolver's address."""
        return "https://doi.org/" + urllib.parse.quote(self, safe="/:;()._-~!$&'*+,=@")


def arxiv_id_in(url: str) -> ArxivId | None:
    """The arXiv id that an address leads to, if it leads to arXiv."""
    if "/" not in url or not url.lower().startswith(("http://", "https://")):
        return None
    try:
        return ArxivId.parse(url)
    except InvalidValueError:
        return None


def doi_in(url: str) -> Doi | None:
    """The DOI that an address names: at doi.org, at nature.com, or in a publisher's path."""
    try:
        if _DOI_PREFIX.match(url):
            return Doi.parse(url)
        if match := _NATURE.match(url):
            return Doi.parse(f"10.1038/{match[1]}")
        parts = urllib.parse.urlsplit(url)
        match = _DOI_IN_PATH.search(urllib.parse.unquote(parts.path))
        if match is None:
            return None
        # Their addresses name the version and the form after the DOI.
        is_versioned = f".{parts.netloc.lower()}".endswith((".biorxiv.org", ".medrxiv.org"))
        return Doi.parse(_VERSION.sub("", match[1]) if is_versioned else match[1])
    except ValueError:  # Also from `urlsplit`, for a host such as `[`.
        return None
