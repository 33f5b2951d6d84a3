"""Building the site: draw the frames, fill the pages, put the whole in place in one move."""

import logging
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from markupsafe import Markup

from vlm_survey.errors import CatalogError
from vlm_survey.model.catalog import Catalog
from vlm_survey.site import search, sitemap
from vlm_survey.site.frame import FOLDER, Frame, write_stub
from vlm_survey.site.page import Page, page_kinds, parts
from vlm_survey.site.urls import record_url, root_from, term_url
from vlm_survey.templating import render_html

SITE = "site"
DOCS = "docs"
_PART = re.compile(r"<!-- catalog: ([a-z-]+) -->")

Progress = Callable[[Iterable[Page]], Iterable[Page]]


def build_site(
    catalog: Catalog, root: Path, site_url: str | None = None, progress: Progress = iter
) -> int:
    """Build `site/` in the catalog's folder; what was there is replaced when the new one is whole.

    Args:
        catalog: What the pages are filled from.
        root: The catalog's folder, with `docs/` and `mkdocs.yml`.
        site_url: Where the site will be hosted, instead of what `mkdocs.yml` says.
        progress: Wraps the loop over the pages, to show how far it is.

    Returns:
        The number of filled pages.

    Raises:
        CatalogError: MkDocs reported a problem, or a page asks for a part that there is none of.
    """
    for needed in (DOCS, "mkdocs.yml"):
        if not (root / needed).exists():
            raise CatalogError(
                f"no {needed} in {root.resolve()}: the site needs docs/ and mkdocs.yml"
            )
    work = Path(tempfile.mkdtemp(prefix=".site-", dir=root))
    try:
        site = work / "site"
        hosted_at = _draw(root, work / "docs", site, site_url)
        _fill_parts(catalog, site)
        frames = {
            kind.folder_depth: Frame.drawn_in(site, kind.folder_depth) for kind in page_kinds()
        }
        shutil.rmtree(site / FOLDER)
        pages = []
        for page, html in _filled(catalog, frames, progress):
            path = site / page.url / "index.html"
            path.parent.mkdir(parents=True)
            path.write_text(html, encoding="utf-8")
            pages.append(page)
        search.add_pages(site, pages)
        sitemap.write(site, hosted_at)
        _replace(root / SITE, site, work / "old")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return len(pages)


def _draw(root: Path, docs: Path, site: Path, site_url: str | None) -> str:
    """Let MkDocs draw the hand-written pages and the frames; where they are hosted is returned."""
    # Material's advertisement for its successor would drown our own lines.
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    shutil.copytree(root / DOCS, docs)
    for depth in {kind.folder_depth for kind in page_kinds()}:
        write_stub(docs, depth)
    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(complaints)
    try:
        given = {} if site_url is None else {"site_url": site_url}
        config = load_config(
            str(root / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(site), **given
        )
        build(config)
    except (MkDocsException, SystemExit) as error:
        raise CatalogError(f"MkDocs: {complaints.text() or error}") from error
    finally:
        logger.removeHandler(complaints)
    if complaints.messages:
        raise CatalogError(f"MkDocs: {complaints.text()}")
    return config.site_url or ""


class _Complaints(logging.Handler):
    """Keeps MkDocs' warnings: a broken link must fail the build, not scroll by."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def text(self) -> str:
        return "; ".join(self.messages)


def _fill_parts(catalog: Catalog, site: Path) -> None:
    """Put the catalog's parts where hand-written pages ask for them."""
    for path in sorted(site.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        if not _PART.search(html):
            continue
        url = path.relative_to(site).as_posix().removesuffix("index.html")

        def part(match: re.Match[str], url: str = url) -> str:
            found = parts().get(match[1])
            if found is None:
                known = ", ".join(parts())
                raise CatalogError(f"docs: no part is named {match[1]!r}; use one of: {known}")
            return str(_render(found.template, found.content(catalog), url))

        path.write_text(_PART.sub(part, html), encoding="utf-8")


def _filled(
    catalog: Catalog, frames: dict[int, Frame], progress: Progress
) -> Iterator[tuple[Page, str]]:
    for kind in page_kinds():
        for page in progress(list(kind.pages(catalog))):
            content = _render(kind.template, page.content, page.url)
            yield page, frames[kind.folder_depth].fill(page, content)


def _render(template: str, content: object, url: str) -> Markup:
    return render_html(
        f"site/{template}",
        view=content,
        root=root_from(url),
        record_url=record_url,
        term_url=term_url,
    )


def _replace(target: Path, new: Path, old: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise CatalogError(f"{target} is not a folder; remove it, then build again")
    if target.exists():
        target.rename(old)
    new.rename(target)
