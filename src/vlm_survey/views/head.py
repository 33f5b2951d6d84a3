"""What a page says to programs in its head: reference managers, search engines, feed readers.

The tags that reference managers read: https://scholar.google.com/intl/en/scholar/inclusion.html. A
preprint is named as one by Dublin Core; the tags have no word for it.
"""

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from vlm_survey.exports.published import address_of, type_of, venue_of
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import VenueType
from vlm_survey.views.edition import Edition

_VENUE_TAGS = {
    VenueType.CONFERENCE: "citation_conference_title",
    VenueType.WORKSHOP: "citation_conference_title",
    VenueType.JOURNAL: "citation_journal_title",
    VenueType.REPORT: "citation_technical_report_institution",
    VenueType.PREPRINT: "citation_publisher",
}


@dataclasses.dataclass(frozen=True)
class Head:
    """What a page says to programs in its head.

    Attributes:
        tags: Names and contents of meta tags.
        json_ld: A description as JSON-LD; None if the page is not about one paper.
        feed: Title and address of the feed that follows the page.
    """

    tags: tuple[tuple[str, str], ...] = ()
    json_ld: Markup | None = None
    feed: tuple[str, str] | None = None


def record_head(record: Record, edition: Edition) -> Head:
    """The head of a record's page."""
    return Head(tuple(_tags(record, edition)), script_json(article(record, edition)))


def _tags(record: Record, edition: Edition) -> Iterator[tuple[str, str]]:
    catalog = edition.catalog
    kind, venue = type_of(record, catalog), venue_of(record, catalog)
    yield "citation_title", record.title
    for author in record.authors:
        yield "citation_author", author.display
    if record.year:
        yield "citation_publication_date", str(record.year)
    if kind and venue:
        yield _VENUE_TAGS[kind], venue.name
    if kind is VenueType.PREPRINT:
        yield "DC.type", "preprint"
    if record.identifiers.doi:
        yield "citation_doi", record.identifiers.doi
    if record.identifiers.arxiv:
        yield "citation_arxiv_id", record.identifiers.arxiv
    if record.links.pdf:
        yield "citation_pdf_url", record.links.pdf
    if address := address_of(record):
        yield "citation_public_url", address


def article(record: Record, edition: Edition) -> dict[str, Any]:
    """The record in the words of schema.org; what is not known is left out."""
    catalog = edition.catalog
    kind, venue = type_of(record, catalog), venue_of(record, catalog)
    identifiers = record.identifiers
    same = [found.url for found in (identifiers.doi, identifiers.arxiv) if found]
    published: dict[str, Any] = {}
    if venue and kind is VenueType.JOURNAL:
        published["isPartOf"] = {"@type": "Periodical", "name": venue.name}
    elif venue and kind in (VenueType.CONFERENCE, VenueType.WORKSHOP):
        published["isPartOf"] = {"@type": "PublicationVolume", "name": venue.name}
    elif venue:
        published["publisher"] = {"@type": "Organization", "name": venue.name}
    data = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "name": record.title,
        "headline": record.title,
        "alternateName": record.name,
        "author": [_agent(author) for author in record.authors],
        "datePublished": str(record.year) if record.year else None,
        "description": record.summary,
        "keywords": [
            catalog.taxonomy.term(facet, term).name for facet, term, _ in record.all_tags()
        ],
        "url": address_of(record),
        "sameAs": same,
        **published,
    }
    return {name: value for name, value in data.items() if value}


def _agent(author: PersonName) -> dict[str, str]:
    if author.is_group:
        return {"@type": "Organization", "name": author.display}
    parts = author.parts
    return {
        "@type": "Person",
        "name": author.display,
        "familyName": author.family,
        "givenName": " ".join(parts.first).replace("{", "").replace("}", ""),
    }


def script_json(data: Any) -> Markup:
    """JSON that no text in it can end a script element with, or begin a comment in."""
    text = json.dumps(data, ensure_ascii=False)
    escaped = text.translate({ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
    # Nothing of HTML is left in it, and escaping for HTML would break it.
    return Markup(escaped)  # nosec B704  # noqa: S704
