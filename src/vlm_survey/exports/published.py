"""What every citation form needs to know of a record: where it appeared, and as what."""

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Venue, VenueType
from vlm_survey.model.url import Url

UNCITED = (
    "short names, kinds, domains, summaries, tags, evidence, lineage, data sets, status, notes, "
    "sources, dates, rows of the survey's list"
)
"""What no citation form holds of a record."""


def venue_of(record: Record, catalog: Catalog) -> Venue | None:
    """The record's venue, if it is known."""
    return catalog.taxonomy.venues.get(record.venue) if record.venue else None


def type_of(record: Record, catalog: Catalog) -> VenueType | None:
    """What sort of publication the record is of, if its venue is known."""
    venue = venue_of(record, catalog)
    return venue.type if venue else None


def address_of(record: Record) -> Url | None:
    """The one address that a citation names: the DOI's, else the paper's page."""
    doi = record.identifiers.doi
    return Url(doi.url) if doi else record.primary_link
