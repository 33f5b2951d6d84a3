"""What a person means by what she pastes: an arXiv id, a DOI, or an address that holds one."""

import re

from vlm_survey.errors import InvalidValueError
from vlm_survey.model.identifiers import ArxivId, Doi, doi_in
from vlm_survey.model.value import shortened

_ANTHOLOGY = re.compile(r"https?://(?:www\.)?aclanthology\.org/([\w.-]+?)(?:\.pdf|/)?", re.ASCII)


def identifier_in(text: str) -> ArxivId | Doi:
    """The identifier that `text` is or leads to.

    Raises:
        InvalidValueError: It holds none.
    """
    text = text.strip()
    if text.startswith("<"):
        text = text[1:].removesuffix(">")
    for read in (ArxivId.parse, Doi.parse):
        try:
            return read(text)
        except InvalidValueError:
            continue
    if match := _ANTHOLOGY.fullmatch(text):
        # The anthology registers its papers under this prefix; doi.org says whether this one is.
        return Doi.parse(f"10.18653/v1/{match[1]}")
    if doi := doi_in(text.partition("?")[0].partition("#")[0]):
        return identifier_in(doi)
    raise InvalidValueError(
        f"{shortened(text)!r} contains neither an arXiv id nor a DOI",
        "find the DOI on the page, or save its BibTeX and run: vlm-survey add --bibtex FILE",
    )
