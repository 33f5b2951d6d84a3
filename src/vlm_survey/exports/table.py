"""CSV, for spreadsheets. A text that a spreadsheet would run as a formula gets a `'` before it."""

import csv
import io

from vlm_survey.exports.columns import facet_columns
from vlm_survey.exports.published import address_of, venue_of
from vlm_survey.exports.registry import Entries, TextExport
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Links, Record, TagState

_FORMULA = tuple("=+-@\t\r＝＋－＠")
"""What a spreadsheet takes for the beginning of one; in Japan, the wide forms too."""

SEPARATOR = "; "
"""Between several values in one cell."""


def csv_heading(catalog: Catalog) -> str:
    """The names of the columns."""
    facets = facet_columns(catalog.taxonomy).values()
    # fmt: off
    return _line(["id", "title", "name", "authors", "year", "venue", "kind", "domain", "status",
                  *facets, "doi", "arxiv", "address", *Links.model_fields, "summary",
                  "datasets"])
    # fmt: on


def csv_line(record: Record, catalog: Catalog) -> str:
    """The line of one record, ending with a line break."""
    venue = venue_of(record, catalog)
    facets = [_tags(record, facet) for facet in catalog.taxonomy.facets]
    cells = [
        record.id,
        record.title,
        record.name,
        SEPARATOR.join(author.display for author in record.authors),
        record.year,
        venue.name if venue else None,
        record.kind,
        record.domain,
        record.status.value,
        *facets,
        record.identifiers.doi,
        record.identifiers.arxiv,
        address_of(record),
        *(getattr(record.links, name) for name in Links.model_fields),
        record.summary,
        SEPARATOR.join(record.datasets),
    ]
    return _line(["" if cell is None else str(cell) for cell in cells])


def _tags(record: Record, facet: str) -> str:
    """Return the terms, or the state of a facet without one; empty if it was not yet checked."""
    state = record.tag_state(facet)
    if state is TagState.NOT_CHECKED:
        return ""
    return SEPARATOR.join(record.terms(facet)) or state.value


def _line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(_inert(cell) for cell in cells)
    return text.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


CSV = TextExport.of(
    "csv",
    "CSV",
    ".csv",
    "text/csv",
    "evidence, lineage, roles of data sets, sources, notes, dates, rows of the survey's list, which part "
    "of a name is the family name; several values share a cell; an empty cell of a category means “not yet checked”",
    Entries(csv_line, before=csv_heading),
)
