"""What the site consists of, and how kinds of pages and files are found.

Pages and files are listed first and made later, each when it is wanted: by one of several processes
that build the site, or by the preview's server.
"""

import dataclasses
import functools
from collections.abc import Callable, Iterable

from vlm_survey.discovery import definitions
from vlm_survey.views.edition import Edition
from vlm_survey.views.head import Head


@dataclasses.dataclass(frozen=True, slots=True)
class Content:
    """What a page shows.

    Attributes:
        title: For the browser's tab.
        description: A sentence for search engines.
        view: What the template shows: a prepared view.
        head: What the page's head says to programs besides.
    """

    title: str
    description: str
    view: object
    head: Head | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """One page to be filled into the theme's frame.

    Attributes:
        url: Relative to the site's root, ending with `/`.
        content: Makes what it shows.
        record: Id of the one record that it is about, if there is one.
        beside: Makes what it shows besides that record.
    """

    url: str
    content: Callable[[], Content]
    record: str = ""
    beside: Callable[[], object] = lambda: None

    @property
    def path(self) -> str:
        """The path of its file, relative to the site's root."""
        return f"{self.url}index.html"


@dataclasses.dataclass(frozen=True)
class PageKind:
    """All pages of one kind: `template` shows each of `pages`.

    Attributes:
        template: File in `templates/site/`.
        below: The folder that all of them lie in, ending with `/`.
        pages: The kind's pages for an edition.
        is_listed: Whether search engines are told of them.
        index: The page that lists them, if it is not the one at `below`.
    """

    template: str
    below: str
    pages: Callable[[Edition], Iterable[Page]]
    is_listed: bool = True
    index: str = ""

    @property
    def section(self) -> str:
        """Address of the page that the menu marks as current on them."""
        return self.index or self.below


@dataclasses.dataclass(frozen=True)
class Part:
    """Something that a hand-written page asks for with `<!-- catalog: name -->`.

    Attributes:
        name: As the page writes it.
        template: File in `templates/site/`.
        content: What the template shows, for an edition.
        shares: Names what it is made of, if that is worth working out but once for several: all that
            share it are made by one process.
    """

    name: str
    template: str
    content: Callable[[Edition], object]
    shares: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site that is no page.

    Attributes:
        path: Relative to the site's root.
        content: Makes all of it; a text is written as UTF-8.
        shares: See `Part`.
    """

    path: str
    content: Callable[[], str | bytes]
    shares: str = ""


@dataclasses.dataclass(frozen=True)
class FileKind:
    """Files of one kind: data for scripts, downloads, feeds.

    Attributes:
        below: The folder that all of them lie in, ending with `/`; empty if they lie in several.
        files: The kind's files for an edition.
    """

    below: str
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
