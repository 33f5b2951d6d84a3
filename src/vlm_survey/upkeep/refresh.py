"""What the sources say of records by now: an article appeared, a work was withdrawn, a version is new.

Proposals only. Whoever looks after the catalog reads them as a change of files, like any other.
"""

import dataclasses
from collections.abc import Iterator
from typing import Any

from vlm_survey.intake.arxiv import facts_of_arxiv
from vlm_survey.intake.csl import facts_of_doi
from vlm_survey.intake.facts import Facts
from vlm_survey.intake.lookup import together
from vlm_survey.intake.venues import venue_named
from vlm_survey.intake.web import FetchError, NothingThereError, Web
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.model.url import Url

_LONGEST_NOTE = 600


@dataclasses.dataclass(frozen=True)
class News:
    """What is new about one record.

    Attributes:
        record: As it is proposed; as it was where nothing of it should change.
        told: What happened, in words, for whoever decides.
        not_asked: Why a source could not be asked.
    """

    record: Record
    told: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()


def news_of(record: Record, web: Web, taxonomy: Taxonomy) -> News:
    """Ask the sources about one record. A source that fails is named, and the others still asked."""
    found = _Found(record, taxonomy)
    preprint = article = None
    identifiers = record.identifiers
    if identifiers.arxiv:
        try:
            preprint = facts_of_arxiv(web, identifiers.arxiv)
        except NothingThereError as error:
            found.told.append(str(error))
        except FetchError as error:
            found.not_asked.append(str(error))
    doi = identifiers.doi or (preprint.doi if preprint else None)
    if doi:
        try:
            article = facts_of_doi(web, doi)
        except NothingThereError as error:
            found.told.append(str(error))
        except FetchError as error:
            found.not_asked.append(str(error))
    if preprint:
        found.new_version(preprint)
        if article and not identifiers.doi:
            found.article(preprint, article)
    for facts in (preprint, article):
        if facts and facts.standing:
            found.standing(facts.standing)
    return found.news()


class _Found:
    """Collects what is new; the record changes along."""

    def __init__(self, record: Record, taxonomy: Taxonomy) -> None:
        self.record = record
        self.taxonomy = taxonomy
        self.told: list[str] = []
        self.not_asked: list[str] = []

    def news(self) -> News:
        return News(self.record, tuple(self.told), tuple(self.not_asked))

    def new_version(self, preprint: Facts) -> None:
        named = self.record.identifiers.arxiv
        if named and named.version and preprint.version and preprint.version > named.version:
            self.told.append(
                f"the record has version {named.version} of {named.key}, but arXiv has version "
                f"{preprint.version}; check whether the facts have changed"
            )

    def article(self, preprint: Facts, article: Facts) -> None:
        """The preprint has become an article, which leads from now on."""
        try:
            whole = together(preprint, article)
        except FetchError as error:
            self.told.append(str(error))
            return
        self.told.append(f"published version: {whole.doi}")
        update = dict(_filled_from(whole, self.record))
        venue = venue_named(whole.appeared_in, self.taxonomy)
        if venue:
            update["venue"] = venue
        elif whole.appeared_in:
            self.told.append(f'it appeared in "{whole.appeared_in[0]}"; set venue')
        if whole.title != self.record.title:
            self.told.append(f'the article is titled "{whole.title}"')
        if whole.authors and whole.authors != self.record.authors:
            self.told.append(f"author names in the published version: {'; '.join(whole.authors)}")
        self.record = self.record.model_copy(update=update)

    def standing(self, text: str) -> None:
        """Withdrawn or retracted: the record stays, and says so."""
        note = self.record.note or ""
        if text in note:
            return
        self.told.append(text)
        longer = f"{note} {text}".strip()
        if len(longer) <= _LONGEST_NOTE:
            self.record = self.record.model_copy(update={"note": longer})


def _filled_from(article: Facts, record: Record) -> Iterator[tuple[str, Any]]:
    """Fields that follow the version of record."""
    yield "identifiers", record.identifiers.model_copy(update={"doi": article.doi})
    if article.year:
        yield "year", article.year
    page = article.links.get("paper")
    if page and (record.links.paper is None or record.links.paper.is_below("arxiv.org")):
        yield "links", record.links.model_copy(update={"paper": page})
    new = tuple(Url(url) for url in article.sources if url not in record.sources)
    yield "sources", (*record.sources, *new)
