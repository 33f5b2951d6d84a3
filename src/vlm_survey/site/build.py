"""Building the site: draw the frames, fill the pages, put the whole in place in one move."""

import dataclasses
import html
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from vlm_survey.errors import CatalogError
from vlm_survey.load import load_releases
from vlm_survey.model.catalog import Catalog
from vlm_survey.settings import read_settings
from vlm_survey.site import sitemap, theme
from vlm_survey.site.fragment import render_fragment
from vlm_survey.site.frame import FOLDER, Frame, write_stub
from vlm_survey.site.handwritten import fill_parts
from vlm_survey.site.page import Page, file_kinds, page_kinds
from vlm_survey.templating import template_folder
from vlm_survey.urls import record_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.history import last_changes

SITE = "site"
DOCS = "docs"

Progress = Callable[[Iterable[Page]], Iterable[Page]]


def build_site(
    catalog: Catalog,
    root: Path,
    site_url: str | None = None,
    progress: Progress = iter,
    *,
    preview: bool = False,
) -> int:
    """Build `site/` in the catalog's folder; what was there is replaced when the new one is whole.

    Args:
        catalog: What the pages are filled from.
        root: The catalog's folder, with `docs/` and `mkdocs.yml`.
        site_url: Where the site will be hosted, instead of what `mkdocs.yml` says.
        progress: Wraps the loop over the pages, to show how far it is.
        preview: Whether the pages are for a preview's server, which writes scripts into them.

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
    work = Path(tempfile.mkdtemp(prefix=".site-", dir=root.resolve()))
    try:
        site = work / "site"
        hosted_at = _draw(root, work / "docs", site, site_url)
        settings = dataclasses.replace(read_settings(root), site_url=hosted_at)
        edition = Edition(catalog, settings, load_releases(root))
        theme.tidy(site, preview=preview)
        fill_parts(edition, site)
        frames = {
            kind.folder_depth: Frame.drawn_in(site, kind.folder_depth) for kind in page_kinds()
        }
        shutil.rmtree(site / FOLDER)
        pages = 0
        for page, text in _filled(edition, frames, progress):
            _write(site / page.url / "index.html", text)
            pages += 1
        # What only leads on, or says that something is gone, is nothing to find.
        unlisted = {record_url(old) for old in catalog.retired}
        for kind in file_kinds():
            for file in kind.files(edition):
                _write(site / file.path, file.content)
                unlisted.add(file.path.removesuffix("index.html"))
        sitemap.write(site, hosted_at, without=unlisted, changed=last_changes(edition))
        _replace(root / SITE, site, work / "old")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return pages


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


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
        # The theme writes them into HTML as they are.
        config.site_name = html.escape(config.site_name)
        config.site_description = html.escape(config.site_description or "")
        # The frame is ours, whatever else the catalog's own `custom_dir` replaces in it.
        own = int(bool(config.theme.custom_dir))
        config.theme.dirs.insert(own, str(template_folder() / "theme"))
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


def _filled(
    edition: Edition, frames: dict[int, Frame], progress: Progress
) -> Iterator[tuple[Page, str]]:
    for kind in page_kinds():
        for page in progress(list(kind.pages(edition))):
            content = render_fragment(kind.template, page.content, page.url)
            head = render_fragment("head.html", page.head, page.url)
            yield page, frames[kind.folder_depth].fill(page, content, head)


def _replace(target: Path, new: Path, old: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise CatalogError(f"{target} is not a folder; remove it, then build again")
    if target.exists():
        target.rename(old)
    new.rename(target)
