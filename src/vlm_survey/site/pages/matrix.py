"""The matrix: a page for every choice of two or three facets, the main one of two facets."""

from collections.abc import Iterator
from functools import partial

from vlm_survey.site.page import Content, Page, PageKind, Part
from vlm_survey.urls import matrix_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.matrix import Matrix, choices, main_choice, matrix


def _main(edition: Edition) -> Matrix | None:
    facets = main_choice(edition.catalog)
    return matrix(facets, edition.catalog) if facets else None


def _pages(edition: Edition) -> Iterator[Page]:
    for facets in choices(edition.catalog):
        yield Page(matrix_url(*facets), partial(_content, facets, edition))


def _content(facets: tuple[str, ...], edition: Edition) -> Content:
    view = matrix(facets, edition.catalog)
    description = f"Number of papers for each combination of tags: {view.title}."
    return Content(f"{view.title} (matrix)", description, view)


MATRIX = Part("matrix", "matrix.html", _main)
MATRICES = PageKind("matrix_page.html", "matrix/", _pages)
