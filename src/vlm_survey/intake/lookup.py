"""Asking the sources about one work, and joining what they say of its versions."""

import dataclasses
import difflib

from vlm_survey.intake.arxiv import facts_of_arxiv
from vlm_survey.intake.csl import facts_of_doi
from vlm_survey.intake.facts import Facts
from vlm_survey.intake.web import FetchError, NothingThereError, Web
from vlm_survey.model.folding import fold
from vlm_survey.model.identifiers import ArxivId, Doi

_ALIKE = 0.6
"""Share of letters in common below which a preprint's and an article's titles are of two works."""


def look_up(web: Web, identifier: ArxivId | Doi) -> Facts:
    """What the sources say of a work: of its preprint and its published version as one.

    Raises:
        FetchError: No source knows it, or none answered properly.
    """
    if isinstance(identifier, ArxivId):
        preprint = _preprint(web, identifier)
        return _with_article(web, preprint, preprint.doi) if preprint.doi else preprint
    article = facts_of_doi(web, identifier)
    if article.arxiv is None or article.doi is None:
        return article
    try:
        return together(facts_of_arxiv(web, article.arxiv), article)
    except FetchError as error:
        return _remarked(article, f"the preprint was not looked up: {error}")


def together(preprint: Facts, article: Facts) -> Facts:
    """One work from two descriptions: the version of record leads, the preprint adds its id.

    Raises:
        FetchError: Their titles have so little in common that one of them is wrong.
    """
    if not titles_alike(preprint.title, article.title):
        raise FetchError(
            f"arXiv {preprint.arxiv} and DOI {article.doi} are linked, but their titles are "
            f'"{preprint.title}" and "{article.title}"; add the right one from BibTeX'
        )
    remarks = [*article.remarks, *preprint.remarks]
    if fold(preprint.title) != fold(article.title):
        remarks.append(f'the preprint is titled "{preprint.title}"')
    return dataclasses.replace(
        article,
        authors=article.authors or preprint.authors,
        year=article.year or preprint.year,
        arxiv=preprint.arxiv,
        abstract=article.abstract or preprint.abstract,
        sources=(*article.sources, *preprint.sources),
        standing=article.standing or preprint.standing,
        remarks=tuple(remarks),
    )


def titles_alike(first: str, second: str) -> bool:
    """Whether two titles have enough in common to be of one work."""
    matcher = difflib.SequenceMatcher(None, fold(first), fold(second), autojunk=False)
    return matcher.ratio() >= _ALIKE


def _preprint(web: Web, arxiv: ArxivId) -> Facts:
    """A preprint, by its own DOI (which tells given from family names) and by arXiv itself.

    Only arXiv knows of withdrawals and of the article's DOI; only the DOI is answered always.
    """
    try:
        registered = facts_of_doi(web, Doi(f"10.48550/arXiv.{arxiv.key}"))
    except FetchError:
        return facts_of_arxiv(web, arxiv)
    try:
        own = facts_of_arxiv(web, arxiv)
    except NothingThereError:
        raise
    except FetchError as error:
        remark = f"withdrawal and published version were not looked up: {error}"
        return _remarked(dataclasses.replace(registered, arxiv=arxiv), remark)
    is_better = not own.authors or len(own.authors) == len(registered.authors)
    return dataclasses.replace(own, authors=registered.authors if is_better else own.authors)


def _with_article(web: Web, preprint: Facts, doi: Doi) -> Facts:
    try:
        return together(preprint, facts_of_doi(web, doi))
    except NothingThereError as error:
        return _remarked(dataclasses.replace(preprint, doi=None), f"arXiv lists a DOI, but {error}")


def _remarked(facts: Facts, remark: str) -> Facts:
    return dataclasses.replace(facts, remarks=(*facts.remarks, remark))
