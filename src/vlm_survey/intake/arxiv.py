"""arXiv: what its API says of a preprint, as an Atom entry.

Source: https://info.arxiv.org/help/api/user-manual.html
"""

import re
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from vlm_survey.errors import InvalidValueError
from vlm_survey.intake.facts import Facts, one_line, person
from vlm_survey.intake.web import FetchError, NothingThereError, Web
from vlm_survey.model.identifiers import ArxivId, Doi
from vlm_survey.model.names import PersonName
from vlm_survey.model.url import Url

MEDIA_TYPE = "application/atom+xml"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"

# Comments also tell of a conference that the work was withdrawn from: it is still on arXiv.
_GONE_WORD = (
    r"(?:withdrawn|removed by arxiv)\b(?!(?: by (?:the |its )?authors?)? from (?!(?:the )?arxiv))"
)
_WORK = r"(?:paper|article|submission|manuscript|preprint)"
_GONE = re.compile(
    rf"\bth(?:is|e) {_WORK} (?:has been|is|was|is being) (?:now )?{_GONE_WORD}", re.IGNORECASE
)
_ONLY_GONE = re.compile(rf"(?:{_WORK} )?{_GONE_WORD}(?:\W*| (?:by|from|due|because)\b.*)", re.I)
_BY_ARXIV = re.compile(r"\b(?:withdrawn|removed) by (?:the )?arxiv\b", re.IGNORECASE)


def facts_of_arxiv(web: Web, arxiv: ArxivId) -> Facts:
    """What arXiv says of a preprint.

    Raises:
        FetchError: There is no such preprint, or arXiv did not answer properly.
    """
    address = f"https://export.arxiv.org/api/query?id_list={arxiv.key}&max_results=1"
    return facts_from_atom(web.get(address, MEDIA_TYPE), arxiv)


def facts_from_atom(body: bytes, arxiv: ArxivId) -> Facts:
    """The preprint `arxiv` from an answer of the API.

    Raises:
        FetchError: The answer is broken, an error, or about another preprint.
    """
    try:
        entry = fromstring(body, forbid_dtd=True).find(_ATOM + "entry")
    except (ParseError, DefusedXmlException, ValueError):
        raise FetchError("export.arxiv.org sent invalid XML; try again later") from None
    address = _text(entry, _ATOM + "id")
    # To an id that it cannot read, arXiv answers with status 200 and one entry named "Error".
    if entry is None or "/api/errors" in address or not address:
        raise NothingThereError(f"arXiv has no entry {arxiv}; compare it with the paper's page")
    try:
        found = ArxivId.parse(address)
    except InvalidValueError:
        found = None
    title = _text(entry, _ATOM + "title")
    if found is None or found.key != arxiv.key or not title:
        raise FetchError(f"requested arXiv {arxiv}, but the response is about {address}")
    journal = _text(entry, _ARXIV + "journal_ref")
    remarks = [f"published in: {journal}"] if journal else []
    try:
        authors = _names(entry)
    except InvalidValueError as error:
        # A list with a hole would be a wrong one.
        authors = []
        remarks.append(f"invalid author name: {error}; the author list of arXiv was not imported")
    return Facts(
        title=title,
        authors=tuple(authors),
        year=_year(_text(entry, _ATOM + "published")),
        appeared_in=("arXiv",),
        # The version is kept only by whoever asked for one.
        arxiv=arxiv,
        version=found.version,
        doi=_doi(_text(entry, _ARXIV + "doi")),
        abstract=_text(entry, _ATOM + "summary"),
        sources=(Url.parse(ArxivId(arxiv.key).url),),
        standing=_standing(entry),
        remarks=tuple(remarks),
    )


def _text(entry: Element | None, name: str) -> str:
    found = entry.findtext(name) if entry is not None else None
    return one_line(found or "")


def _names(entry: Element) -> list[PersonName]:
    """The authors. arXiv gives whole names; the last word is the family name, as BibTeX reads it."""
    names = (_text(author, _ATOM + "name") for author in entry.findall(_ATOM + "author"))
    return [PersonName.parse(name) if " " in name else person("", name) for name in names if name]


def _year(date: str) -> int | None:
    return int(date[:4]) if re.match(r"(19|20)\d\d-", date) else None


def _doi(text: str) -> Doi | None:
    # Of several, the first is the article's.
    try:
        return Doi.parse(text.split()[0]) if text else None
    except InvalidValueError:
        return None


def _standing(entry: Element) -> str:
    abstract, comment = _text(entry, _ATOM + "summary"), _text(entry, _ARXIV + "comment")
    said = _GONE.match(abstract) or _GONE.search(comment) or _ONLY_GONE.fullmatch(comment)
    if not said:
        return ""
    if _BY_ARXIV.search(said.string, said.start()):
        return "arXiv's administrators withdrew it."
    return "Its authors withdrew it from arXiv."
