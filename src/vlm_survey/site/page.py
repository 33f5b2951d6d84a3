"""What a page is, and how kinds of pages are found."""

import dataclasses
import functools
from collections.abc import Callable, Iterable

from vlm_survey.discovery import definitions
from vlm_survey.model.catalog import Catalog


@dataclasses.dataclass(frozen=True)
class Page:
    """One page to be filled into the theme's frame.

    Attributes:
        url: Relative to the site's root, ending with `/`.
        title: For the browser's tab and the search.
        description: A sentence for search engines.
        content: What the template shows: a prepared view.
        search_text: What the header's search finds the page by, besides the title; None keeps the
            page out of the search.
    """

    url: str
    title: str
    description: str
    content: object
    search_text: str | None = None


@dataclasses.dataclass(frozen=True)
class PageKind:
    """All pages of one kind: `template` shows each of `pages`.

    Attributes:
        template: File in `templates/site/`.
        pages: The kind's pages for a catalog.
        folder_depth: How many folders below the root the pages lie: the theme's relative links
            are drawn for it.
    """

    template: str
    folder_depth: int
    pages: Callable[[Catalog], Iterable[Page]]


@dataclasses.dataclass(frozen=True)
class Part:
    """Something that a hand-written page asks for with `<!-- catalog: name -->`.

    Attributes:
        name: As the page writes it.
        template: File in `templates/site/`.
        content: What the template shows, for a catalog.
    """

    name: str
    template: str
    content: Callable[[Catalog], object]


@functools.cache
def page_kinds() -> tuple[PageKind, ...]:
    """Every kind of page that the modules of `vlm_survey.site.pages` define."""
    return tuple(definitions(_PAGES, PageKind))


@functools.cache
def parts() -> dict[str, Part]:
    """Every part that the modules of `vlm_survey.site.pages` define, by name."""
    return {part.name: part for part in definitions(_PAGES, Part)}


_PAGES = "vlm_survey.site.pages"
