"""Two records with one arXiv id."""

from collections.abc import Iterable, Iterator

from vlm_survey.checks.collisions import collisions
from vlm_survey.checks.registry import Key, check_keys
from vlm_survey.load.reading import Place, Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.identifiers import arxiv_id_in
from vlm_survey.model.record import Record


def arxiv_ids(record: Record) -> Iterator[tuple[str, Place]]:
    """The arXiv ids that a record names, without their versions."""
    if record.identifiers.arxiv:
        yield record.identifiers.arxiv.key, ("identifiers", "arxiv")
    doi = record.identifiers.doi
    # arXiv's own DOI names the preprint; a publisher's, as most are, is no arXiv id.
    if doi and (own := arxiv_id_in(doi.url)):
        yield own.key, ("identifiers", "doi")
    for name, url in record.links.named():
        if name in ("paper", "pdf") and (found := arxiv_id_in(url)):
            yield found.key, ("links", name)


@check_keys("duplicate-arxiv", arxiv_ids)
def duplicate_arxiv(_reading: Reading, keys: Iterable[Key]) -> Iterator[Finding]:
    """No two records have the same arXiv id, in any version or notation.

    The check covers `identifiers` (including arXiv's own DOIs) and links to the paper at arxiv.org,
    its mirrors or ar5iv. A preprint and its published version are one record with both identifiers.
    """
    yield from collisions(keys, "duplicate-arxiv", "arXiv id")
