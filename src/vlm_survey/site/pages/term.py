"""A page for each term: its codebook entry and its papers."""

from collections.abc import Iterator

from vlm_survey.model.catalog import Catalog
from vlm_survey.site.page import Page, PageKind
from vlm_survey.urls import term_url
from vlm_survey.views.terms import term_view


def _pages(catalog: Catalog) -> Iterator[Page]:
    for facet_id, facet in catalog.taxonomy.facets.items():
        for term_id, term in facet.terms.items():
            yield Page(
                url=term_url(facet_id, term_id),
                title=f"{term.name} ({facet.name})",
                description=term.definition,
                content=term_view(facet_id, term_id, catalog),
                search_text=" ".join((term.definition, *term.aliases)),
            )


TERM = PageKind("term.html", 3, _pages)
