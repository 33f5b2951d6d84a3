"""Identifiers and links that speak of different papers."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.identifiers import arxiv_id_in, doi_in


@check("identifier-mismatch")
def identifier_mismatch(reading: Reading) -> Iterator[Finding]:
    """Links to the paper have the same arXiv id and DOI as `identifiers`.

    If they differ, one of them was probably copied from another paper. For arXiv's own DOIs
    (10.48550/arXiv.…), use the field `arxiv`; `doi` is for the published version.
    """
    for file, record in reading.records():
        arxiv, doi = record.identifiers.arxiv, record.identifiers.doi
        if doi and doi.key.startswith("10.48550/arxiv."):
            fix = "move the id to 'arxiv'; 'doi' is for the published version"
            yield file.finding(
                "identifier-mismatch", ("identifiers", "doi"), "DOI of an arXiv preprint", fix
            )
        for name, url in record.links.named():
            if name not in ("paper", "pdf"):
                continue
            linked = arxiv_id_in(url)
            if arxiv and linked and linked.key != arxiv.key:
                message = f"the link is to arXiv {linked}, but the identifier is {arxiv}"
                fix = "keep the one that belongs to the paper"
                yield file.finding("identifier-mismatch", ("links", name), message, fix)
            linked_doi = doi_in(url)
            if doi and linked_doi and linked is None and linked_doi.key != doi.key:
                message = f"the link is to DOI {linked_doi}, but the identifier is {doi}"
                fix = "keep the one that belongs to the paper"
                yield file.finding("identifier-mismatch", ("links", name), message, fix)
