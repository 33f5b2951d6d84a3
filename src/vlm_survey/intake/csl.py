"""DOIs: what their registration agencies say, as CSL-JSON.

doi.org sends whoever asks for data to the agency: https://citation.doi.org/docs.html. Agencies agree
on little: a title may be a text or a list, a date a list of lists, and all of it may be missing.
"""

import re
import urllib.parse
from collections.abc import Iterator, Mapping
from typing import Any

from vlm_survey.errors import InvalidValueError
from vlm_survey.intake.facts import Facts, group, in_capitals, links_from, person, plain, titled
from vlm_survey.intake.web import FetchError, NothingThereError, Web, json_object
from vlm_survey.model.identifiers import ArxivId, Doi
from vlm_survey.model.names import PersonName
from vlm_survey.model.url import Url

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def facts_of_doi(web: Web, doi: Doi) -> Facts:
    """What the agency that registered `doi` says of the work.

    Raises:
        FetchError: It is not registered, or the agency did not answer properly.
    """
    address = "https://doi.org/" + urllib.parse.quote(doi, safe="/()")
    try:
        body = web.get(address, MEDIA_TYPE)
    except NothingThereError:
        raise NothingThereError(
            f"the DOI {doi} is not registered; compare it with the paper's page"
        ) from None
    return facts_from_csl(json_object(body, "doi.org"), doi)


def facts_from_csl(item: Mapping[str, Any], doi: Doi) -> Facts:
    """One CSL-JSON item.

    Raises:
        FetchError: It has no title, or is the item of another DOI.
    """
    said = item.get("DOI")
    if isinstance(said, str) and said.casefold() != doi.casefold():
        raise FetchError(f"requested {doi}, but the response is about {plain(said)}")
    title = _title(item)
    if not title:
        raise FetchError(
            f"the metadata of {doi} has no title; add the paper from BibTeX or by hand"
        )
    own = _arxiv_of(doi)
    remarks: list[str] = []
    whole = True
    authors: list[PersonName] = []
    for name in _people(item.get("author")):
        try:
            authors.append(_name(name))
        except InvalidValueError as error:
            # A list with a hole would be a wrong one.
            whole = False
            remarks.append(f"invalid author name: {error}; the author list was not imported")
    if any(in_capitals(name) for name in authors):
        remarks.append("author names are in capitals; write them as in the paper")
    links = links_from(remarks, paper="" if own else _landing(item))
    return Facts(
        title=title,
        authors=tuple(authors) if whole else (),
        year=_year(item),
        appeared_in=tuple(_places(item)),
        arxiv=own or _preprint(item),
        doi=None if own else doi,
        abstract=plain(_text(item.get("abstract"))),
        links=links,
        sources=(Url.parse(own.url if own else doi.url).tidied(),),
        standing="Its publisher marks it as retracted." if _is_retracted(item, title) else "",
        remarks=tuple(remarks),
    )


def _title(item: Mapping[str, Any]) -> str:
    return titled(plain(_text(item.get("title"))), plain(_text(item.get("subtitle"))))


def _text(value: Any) -> str:
    """A text, or the first of a list of texts."""
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, str)), "")
    return value if isinstance(value, str) else ""


def _people(value: Any) -> list[Mapping[str, Any]]:
    return [name for name in value if isinstance(name, dict)] if isinstance(value, list) else []


def _name(name: Mapping[str, Any]) -> PersonName:
    whole = _text(name.get("literal")) or _text(name.get("name"))
    if whole and not _text(name.get("family")):
        return group(whole)
    particles = [_text(name.get(key)) for key in ("dropping-particle", "non-dropping-particle")]
    return person(
        _text(name.get("given")),
        _text(name.get("family")),
        " ".join(part for part in particles if part),
        _text(name.get("suffix")),
    )


def _year(item: Mapping[str, Any]) -> int | None:
    """The year of the issue or the proceedings where that is said, else the earliest date."""
    issue = item.get("journal-issue")
    dates = [
        issue.get("published-print") if isinstance(issue, dict) else None,
        item.get("published-print"),
        item.get("issued"),
        item.get("published"),
    ]
    for date in dates:
        match date:
            case {"date-parts": [[year, *_], *_]} if re.fullmatch(r"(19|20)\d\d", str(year)):
                return int(year)
    return None


def _places(item: Mapping[str, Any]) -> Iterator[str]:
    event = item.get("event")
    names = [
        event.get("name") if isinstance(event, dict) else event,
        *(value if isinstance(value := item.get("container-title"), list) else [value]),
        item.get("container-title-short"),
        item.get("publisher") if _arxiv_of(_text(item.get("DOI"))) else None,
    ]
    for name in names:
        if place := plain(_text(name)):
            yield place


def _arxiv_of(doi: str) -> ArxivId | None:
    """The id in one of arXiv's own DOIs."""
    try:
        return ArxivId.parse(doi) if doi.lower().startswith("10.48550/arxiv.") else None
    except InvalidValueError:
        return None


def _preprint(item: Mapping[str, Any]) -> ArxivId | None:
    """The arXiv version that the publisher names."""
    relation = item.get("relation")
    stated = relation.get("has-preprint") if isinstance(relation, dict) else None
    for other in stated if isinstance(stated, list) else []:
        if isinstance(other, dict) and (found := _arxiv_of(_text(other.get("id")))):
            return found
    return None


def _landing(item: Mapping[str, Any]) -> str:
    """The publisher's page, where the agency names it as the work's own."""
    resource = item.get("resource")
    primary = resource.get("primary") if isinstance(resource, dict) else None
    return _text(primary.get("URL")) if isinstance(primary, dict) else ""


def _is_retracted(item: Mapping[str, Any], title: str) -> bool:
    updates = item.get("updated-by")
    return bool(re.match(r"(?:retracted|withdrawn)\b", title, re.IGNORECASE)) or any(
        isinstance(update, dict) and update.get("type") in ("retraction", "withdrawal")
        for update in (updates if isinstance(updates, list) else [])
    )
