"""The matrix: for every choice of two or three facets a page, the first three on the main one."""

from collections.abc import Iterator
from functools import partial

from vlm_survey.site.page import Content, Page, PageKind, Part
from vlm_survey.urls import matrix_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.matrix import Matrix, choices, matrix


def _main(edition: Edition) -> Matrix | None:
    facets = tuple(edition.catalog.taxonomy.facets)[:3]
    return matrix(facets, edition.catalog) if len(facets) > 1 else None


def _pages(edition: Edition) -> Iterator[Page]:
    for facets in choices(edition.catalog):
        yield Page(matrix_url(*facets), partial(_content, facets, edition))


def _content(facets: tuple[str, ...], edition: Edition) -> Content:
    view = matrix(facets, edition.catalog)
    description = f"How many papers of the catalog stand where terms cross: {view.title}."
    return Content(f"{view.title} (matrix)", description, view)


MATRIX = Part("matrix", "matrix.html", _main)
MATRICES = PageKind("matrix_page.html", "matrix/", _pages)
