"""A page for each term, and for each pair of terms of two facets that some record carries."""

from collections.abc import Iterator

from vlm_survey.exports.registry import all_exports
from vlm_survey.site.page import FileKind, Page, PageKind, SiteFile
from vlm_survey.urls import pair_url, papers_url, term_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.items import by_title
from vlm_survey.views.query import values_of
from vlm_survey.views.terms import pair_view, populated_pairs, term_view


def _terms(edition: Edition) -> Iterator[Page]:
    for field_id, field in edition.catalog.taxonomy.vocabulary.items():
        for term_id, term in field.terms.items():
            yield Page(
                url=term_url(field_id, term_id),
                title=f"{term.name} ({field.name})",
                description=term.definition,
                content=term_view(field_id, term_id, edition.catalog),
            )


def _pairs(edition: Edition) -> Iterator[Page]:
    for pair, records in populated_pairs(edition.catalog).items():
        view = pair_view(pair, records, edition.catalog)
        names = " and ".join(term.name for term in view.terms)
        yield Page(
            url=pair_url(*pair),
            title=names,
            description=f"Papers tagged with both: {names}.",
            content=view,
        )


def _papers(edition: Edition) -> Iterator[SiteFile]:
    """Each term's papers in every form that is text."""
    catalog = edition.catalog
    for field_id, field in catalog.taxonomy.vocabulary.items():
        for term_id, term in field.terms.items():
            records = [record for record in catalog if term_id in values_of(record, field_id)]
            for form in all_exports().values():
                if form.entries:
                    data = form.render(by_title(records), catalog)
                    # Who fetches the file by an id that the term had before cannot be redirected.
                    for known_as in (term_id, *term.formerly):
                        page = term_url(field_id, known_as)
                        yield SiteFile(papers_url(page, form.suffix), data)


TERM = PageKind("term.html", 3, _terms)
PAIR = PageKind("pair.html", 5, _pairs)
PAPERS = FileKind(_papers)
