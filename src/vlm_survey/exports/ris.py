"""RIS, which every reference manager imports."""

from collections.abc import Iterator

from vlm_survey.exports.published import UNCITED, address_of, type_of, venue_of
from vlm_survey.exports.registry import Entries, TextExport
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import VenueType

_TYPES = {
    VenueType.CONFERENCE: "CONF",
    VenueType.WORKSHOP: "CONF",
    VenueType.JOURNAL: "JOUR",
    VenueType.REPORT: "RPRT",
    VenueType.PREPRINT: "UNPB",
}


def ris_entry(record: Record, catalog: Catalog) -> str:
    """One entry, ending with a line break."""
    return "".join(f"{tag}  - {value}\n" for tag, value in _lines(record, catalog))


def _lines(record: Record, catalog: Catalog) -> Iterator[tuple[str, str]]:
    kind, venue = type_of(record, catalog), venue_of(record, catalog)
    arxiv, doi = record.identifiers.arxiv, record.identifiers.doi
    yield "TY", _TYPES[kind] if kind else "GEN"
    yield "ID", record.id
    yield "TI", record.title
    for author in record.authors:
        yield "AU", sorting_name(author)
    if record.year:
        yield "PY", str(record.year)
    if venue:
        yield "T2", venue.name
    if doi:
        yield "DO", doi
    if arxiv:
        yield "AN", f"arXiv:{arxiv}"
    if address := address_of(record):
        yield "UR", address
    if record.links.pdf:
        yield "L1", record.links.pdf
    yield "ER", ""


def sorting_name(author: PersonName) -> str:
    """`Family, Given, Suffix`; a group's name as it is."""
    if author.is_group:
        return author.display
    parts = author.parts
    given = " ".join(parts.first)
    named = [author.family, *([given] if given or parts.jr else []), *parts.jr]
    return ", ".join(named).replace("{", "").replace("}", "")


RIS = TextExport.of(
    "ris",
    "RIS",
    ".ris",
    "application/x-research-info-systems",
    f"all links except two, {UNCITED}",
    Entries(ris_entry, between="\n"),
)
