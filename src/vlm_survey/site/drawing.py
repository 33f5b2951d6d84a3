"""What MkDocs draws: the hand-written pages, the theme's files, and the frames of all other pages."""

import html
import logging
import os
import shutil
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

from vlm_survey.errors import CatalogError
from vlm_survey.settings import hosted, read_settings
from vlm_survey.site.frame import DEEPEST, FOLDER, Frame, write_stubs
from vlm_survey.site.page import page_kinds
from vlm_survey.site.theme import is_unused, tidied
from vlm_survey.templating import template_folder

DOCS = "docs"


class Drawing:
    """A drawn site without records.

    Attributes:
        hosted_at: Where it says that it is hosted; empty while that is not known.
    """

    def __init__(self, folder: Path, hosted_at: str) -> None:
        self.hosted_at = hosted_at
        self._folder = folder

    def frame(self, depth: int, section: str) -> Frame:
        """The frame of pages that lie `depth` folders deep and belong to `section` of the menu.

        Raises:
            CatalogError: Pages do not lie so deep.
        """
        if not 1 <= depth <= DEEPEST:
            raise CatalogError(f"pages lie at most {DEEPEST} folders deep")
        return Frame(self.page(f"{FOLDER}/" * depth + "index.html"), section)

    def paths(self) -> Iterator[str]:
        """The hand-written pages and the theme's files."""
        for path in sorted(self._folder.rglob("*")):
            name = path.relative_to(self._folder).as_posix()
            if path.is_file() and not name.startswith(f"{FOLDER}/") and not is_unused(name):
                yield name

    def page(self, path: str) -> str:
        """A page of it, without what our layer over the theme does without.

        Raises:
            CatalogError: The theme has changed.
        """
        return tidied((self._folder / path).read_text(encoding="utf-8"))

    def file(self, path: str) -> bytes:
        """A file of it."""
        return (self._folder / path).read_bytes()


def draw(root: Path, work: Path, site_url: str | None = None) -> Drawing:
    """Let MkDocs draw the pages in `docs/` of the catalog in `root`, into folders in `work`.

    Args:
        site_url: Where the site will be hosted, instead of what `mkdocs.yml` or the environment says.

    Raises:
        CatalogError: There is nothing to draw, or MkDocs reported a problem.
    """
    for needed in (DOCS, "mkdocs.yml"):
        if not (root / needed).exists():
            raise CatalogError(
                f"no {needed} in {root.resolve()}: the site needs docs/ and mkdocs.yml"
            )
    # Material's advertisement for its successor would drown our own lines.
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from jinja2 import TemplateError
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    docs, site = work / "docs", work / "drawn"
    try:
        # Hidden files are no pages to MkDocs either; an editor's lock may even be a link to nothing.
        shutil.copytree(root / DOCS, docs, ignore=shutil.ignore_patterns(".*"))
    except OSError as error:
        raise CatalogError(f"{DOCS}/ cannot be copied: {error}") from error
    _refuse_other_encodings(docs, DOCS)
    write_stubs(docs, {kind.section for kind in page_kinds()})
    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(complaints)
    try:
        settings = hosted(read_settings(root))
        config = load_config(
            str(root / "mkdocs.yml"),
            docs_dir=str(docs),
            site_dir=str(site),
            site_url=settings.site_url if site_url is None else site_url,
        )
        config.extra["repository"] = settings.repository
        if not config.use_directory_urls:
            message = (
                "mkdocs.yml: the addresses of records have no .html; delete use_directory_urls"
            )
            raise CatalogError(message)
        # The theme writes them into HTML as they are.
        config.site_name = html.escape(config.site_name)
        config.site_description = html.escape(config.site_description or "")
        # The frame is ours, whatever else the catalog's own `custom_dir` replaces in it.
        own = config.theme.custom_dir
        if own:
            _refuse_other_encodings(Path(own), os.path.relpath(own, root))
        config.theme.dirs.insert(int(bool(own)), str(template_folder() / "theme"))
        build(config)
    except TemplateError as error:
        raise CatalogError(f"{_place(error, config.theme.dirs, root)}: {error.message}") from error
    except (MkDocsException, SystemExit) as error:
        raise CatalogError(f"MkDocs: {complaints.text() or error}") from error
    finally:
        logger.removeHandler(complaints)
    if complaints.messages:
        raise CatalogError(f"MkDocs: {complaints.text()}")
    return Drawing(site, config.site_url or "")


def _refuse_other_encodings(folder: Path, shown: str) -> None:
    """Name the first page or template in `folder` that MkDocs and we could not read."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in _TEXTS and path.is_file():
            try:
                path.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                name = f"{shown}/{path.relative_to(folder).as_posix()}"
                raise CatalogError(f"{name} is not UTF-8; save it as UTF-8") from error


_TEXTS = frozenset({".md", ".markdown", ".html"})


def _place(error: Exception, folders: Iterable[str], root: Path) -> str:
    """The template and its line that `error` comes from: what stands last in the traceback."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if any(Path(frame.filename).is_relative_to(folder) for folder in folders):
            return f"{os.path.relpath(frame.filename, root)}:{frame.lineno}"
    return "a template of the theme"


class _Complaints(logging.Handler):
    """Keeps MkDocs' warnings: a broken link must fail the build, not scroll by."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def text(self) -> str:
        return "; ".join(self.messages)
