"""Two records with one arXiv id."""

from collections.abc import Iterator

from vlm_survey.checks.collisions import collisions
from vlm_survey.checks.registry import check
from vlm_survey.load.reading import Place, Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.identifiers import arxiv_id_in
from vlm_survey.model.record import Record


@check("duplicate-arxiv")
def duplicate_arxiv(reading: Reading) -> Iterator[Finding]:
    """No two records have the same arXiv id, in any version and any form.

    Looked at are `identifiers` (arXiv's own DOI too) and the links to the paper, at arxiv.org, its
    mirrors or ar5iv. A preprint and its published version are one record with both identifiers.
    """
    yield from collisions(reading, "duplicate-arxiv", "arXiv id", _arxiv_ids)


def _arxiv_ids(record: Record) -> Iterator[tuple[str, Place]]:
    if record.identifiers.arxiv:
        yield record.identifiers.arxiv.key, ("identifiers", "arxiv")
    doi = record.identifiers.doi
    # arXiv's own DOI names the preprint; a publisher's, as most are, is no arXiv id.
    if doi and (own := arxiv_id_in(doi.url)):
        yield own.key, ("identifiers", "doi")
    for name, url in record.links.named():
        if name in ("paper", "pdf") and (found := arxiv_id_in(url)):
            yield found.key, ("links", name)
