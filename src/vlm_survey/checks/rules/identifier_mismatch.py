"""Identifiers and links that speak of different papers."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.identifiers import arxiv_id_in, doi_in


@check("identifier-mismatch")
def identifier_mismatch(reading: Reading) -> Iterator[Finding]:
    """The links to the paper name the same arXiv id and DOI as `identifiers`.

    When they differ, one was pasted from another paper. arXiv's own DOI (10.48550/arXiv.…) belongs
    under `arxiv`; `doi` is the published version's.
    """
    for file, record in reading.records():
        arxiv, doi = record.identifiers.arxiv, record.identifiers.doi
        if doi and doi.key.startswith("10.48550/arxiv."):
            fix = "move it to 'arxiv', bare; 'doi' is the published version's"
            yield file.finding(
                "identifier-mismatch", ("identifiers", "doi"), "DOI of an arXiv preprint", fix
            )
        for name, url in record.links.named():
            if name not in ("paper", "pdf"):
                continue
            linked = arxiv_id_in(url)
            if arxiv and linked and linked.key != arxiv.key:
                message = f"the link leads to arXiv {linked}, the identifier is {arxiv}"
                fix = "keep the paper's own"
                yield file.finding("identifier-mismatch", ("links", name), message, fix)
            linked_doi = doi_in(url)
            if doi and linked_doi and linked is None and linked_doi.key != doi.key:
                message = f"the link leads to DOI {linked_doi}, the identifier is {doi}"
                fix = "keep the paper's own"
                yield file.finding("identifier-mismatch", ("links", name), message, fix)
