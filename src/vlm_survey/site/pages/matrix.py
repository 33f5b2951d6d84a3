"""The matrix: for every choice of two or three facets a page, the first three on the main one."""

from collections.abc import Iterator

from vlm_survey.site.page import Page, PageKind, Part
from vlm_survey.urls import matrix_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.matrix import Matrix, choices, matrix


def _main(edition: Edition) -> Matrix | None:
    facets = tuple(edition.catalog.taxonomy.facets)[:3]
    return matrix(facets, edition.catalog) if len(facets) > 1 else None


def _pages(number: int) -> PageKind:
    def pages(edition: Edition) -> Iterator[Page]:
        for facets in choices(edition.catalog):
            if len(facets) == number:
                view = matrix(facets, edition.catalog)
                description = (
                    f"How many papers of the catalog stand where terms cross: {view.title}."
                )
                yield Page(matrix_url(*facets), f"{view.title} (matrix)", description, view)

    return PageKind("matrix_page.html", number + 1, pages)


MATRIX = Part("matrix", "matrix.html", _main)
MATRIX_OF_TWO = _pages(2)
MATRIX_OF_THREE = _pages(3)
