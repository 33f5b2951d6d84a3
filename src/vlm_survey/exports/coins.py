"""COinS, a record as the title of an empty element: reference managers find them in lists.

An OpenURL context object (ANSI/NISO Z39.88), in the format for journals, which also holds papers in
proceedings and preprints. It names the first 100 authors: a paper of thousands stands on a page of each
of them. Its own page and the files name all.
"""

import functools
import urllib.parse
from collections.abc import Iterator

from vlm_survey.exports.published import address_of, type_of, venue_of
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import VenueType

_GENRES = {
    VenueType.CONFERENCE: "proceeding",
    VenueType.WORKSHOP: "proceeding",
    VenueType.JOURNAL: "article",
    VenueType.PREPRINT: "preprint",
}


MOST_AUTHORS = 100


def coins(record: Record, catalog: Catalog) -> str:
    """The context object of one record."""
    return "&".join(f"{name}={_quoted(value)}" for name, value in _pairs(record, catalog))


# The same names, venues and years come again and again.
_quoted = functools.lru_cache(maxsize=1 << 16)(urllib.parse.quote_plus)


def _pairs(record: Record, catalog: Catalog) -> Iterator[tuple[str, str]]:
    kind, venue = type_of(record, catalog), venue_of(record, catalog)
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"
    yield "rft.genre", _GENRES.get(kind, "unknown") if kind else "unknown"
    yield "rft.atitle", record.title
    if venue:
        yield "rft.jtitle", venue.name
    if record.year:
        yield "rft.date", str(record.year)
    for author in record.authors[:MOST_AUTHORS]:
        yield "rft.au", author.display
    if record.identifiers.doi:
        yield "rft_id", f"info:doi/{record.identifiers.doi}"
    elif address := address_of(record):
        yield "rft_id", address
