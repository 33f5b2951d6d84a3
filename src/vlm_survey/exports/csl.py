"""CSL-JSON, which citation processors read.

Source: https://docs.citationstyles.org/en/stable/specification.html
"""

import json
from typing import Any

from vlm_survey.exports.published import UNCITED, address_of, type_of, venue_of
from vlm_survey.exports.registry import Entries, TextExport
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import VenueType

_TYPES = {
    VenueType.CONFERENCE: "paper-conference",
    VenueType.WORKSHOP: "paper-conference",
    VenueType.JOURNAL: "article-journal",
    VenueType.REPORT: "report",
    # The style language has no preprint; this is what it calls what is not in a journal.
    VenueType.PREPRINT: "article",
}


def csl_item(record: Record, catalog: Catalog) -> dict[str, Any]:
    """One item; what is not known is left out."""
    kind, venue = type_of(record, catalog), venue_of(record, catalog)
    arxiv = record.identifiers.arxiv
    item: dict[str, Any] = {
        "id": record.id,
        "type": _TYPES[kind] if kind else "document",
        "title": record.title,
        "author": [_name(author) for author in record.authors],
        "issued": {"date-parts": [[record.year]]} if record.year else None,
        "DOI": record.identifiers.doi,
        "URL": address_of(record),
        "archive": "arXiv" if arxiv else None,
        "archive_location": arxiv,
    }
    if venue:
        at_publisher = kind in (VenueType.PREPRINT, VenueType.REPORT)
        item["publisher" if at_publisher else "container-title"] = venue.name
        if not at_publisher and venue.short != venue.name:
            item["container-title-short"] = venue.short
    return {name: value for name, value in item.items() if value}


def _name(author: PersonName) -> dict[str, str]:
    if author.is_group:
        return {"literal": author.display}
    parts = author.parts
    name = {
        "family": " ".join(parts.last),
        "given": " ".join(parts.first),
        "non-dropping-particle": " ".join(parts.von),
        "suffix": " ".join(parts.jr),
    }
    return {key: value.replace("{", "").replace("}", "") for key, value in name.items() if value}


def _line(record: Record, catalog: Catalog) -> str:
    return json.dumps(csl_item(record, catalog), ensure_ascii=False)


CSL = TextExport.of(
    "csl-json",
    "CSL-JSON",
    ".csl.json",
    "application/vnd.citationstyles.csl+json",
    f"all links except one, {UNCITED}",
    Entries(_line, lambda _catalog: "[\n", ",\n", "\n]\n"),
)
