"""Two records with one DOI."""

from collections.abc import Iterable, Iterator

from vlm_survey.checks.collisions import collisions
from vlm_survey.checks.registry import Key, check_keys
from vlm_survey.load.reading import Place, Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.identifiers import doi_in
from vlm_survey.model.record import Record


def dois(record: Record) -> Iterator[tuple[str, Place]]:
    """The DOIs that a record names, in one letter case."""
    if record.identifiers.doi:
        yield record.identifiers.doi.key, ("identifiers", "doi")
    for name, url in record.links.named():
        if name in ("paper", "pdf") and (doi := doi_in(url)):
            yield doi.key, ("links", name)


@check_keys("duplicate-doi", dois)
def duplicate_doi(_reading: Reading, keys: Iterable[Key]) -> Iterator[Finding]:
    """No two records have the same DOI, in `identifiers` or in a link to the paper.

    DOIs are compared regardless of case and notation (bare, doi:, doi.org, in a publisher's URL).
    """
    yield from collisions(keys, "duplicate-doi", "DOI")
