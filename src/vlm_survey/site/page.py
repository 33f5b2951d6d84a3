"""What a page is, and how kinds of pages are found."""

import dataclasses
import functools
from collections.abc import Callable, Iterable

from vlm_survey.discovery import definitions
from vlm_survey.views.edition import Edition
from vlm_survey.views.head import Head


@dataclasses.dataclass(frozen=True)
class Page:
    """One page to be filled into the theme's frame.

    Attributes:
        url: Relative to the site's root, ending with `/`.
        title: For the browser's tab.
        description: A sentence for search engines.
        content: What the template shows: a prepared view.
        head: What the page's head says to programs besides.
    """

    url: str
    title: str
    description: str
    content: object
    head: Head | None = None


@dataclasses.dataclass(frozen=True)
class PageKind:
    """All pages of one kind: `template` shows each of `pages`.

    Attributes:
        template: File in `templates/site/`.
        pages: The kind's pages for an edition.
        folder_depth: How many folders below the root the pages lie: the theme's relative links
            are drawn for it.
    """

    template: str
    folder_depth: int
    pages: Callable[[Edition], Iterable[Page]]


@dataclasses.dataclass(frozen=True)
class Part:
    """Something that a hand-written page asks for with `<!-- catalog: name -->`.

    Attributes:
        name: As the page writes it.
        template: File in `templates/site/`.
        content: What the template shows, for an edition.
    """

    name: str
    template: str
    content: Callable[[Edition], object]


@dataclasses.dataclass(frozen=True)
class SiteFile:
    """A file of the site that is no page.

    Attributes:
        path: Relative to the site's root.
        content: All of it; a text is written as UTF-8.
    """

    path: str
    content: str | bytes


@dataclasses.dataclass(frozen=True)
class FileKind:
    """Files of one kind: data for scripts, downloads, feeds."""

    files: Callable[[Edition], Iterable[SiteFile]]


@functools.cache
def page_kinds() -> tuple[PageKind, ...]:
    """Every kind of page that the modules of `vlm_survey.site.pages` define."""
    return tuple(definitions(_PAGES, PageKind))


@functools.cache
def file_kinds() -> tuple[FileKind, ...]:
    """Every kind of file that the modules of `vlm_survey.site.pages` define."""
    return tuple(definitions(_PAGES, FileKind))


@functools.cache
def parts() -> dict[str, Part]:
    """Every part that the modules of `vlm_survey.site.pages` define, by name."""
    return {part.name: part for part in definitions(_PAGES, Part)}


_PAGES = "vlm_survey.site.pages"
