"""The site of a catalog as of its last change."""

import contextlib
import gc
import html
import mimetypes
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path

from vlm_survey.checks import run_checks
from vlm_survey.errors import CatalogError
from vlm_survey.files import unfinished
from vlm_survey.load import Reading, read_catalog
from vlm_survey.model.finding import Finding, Severity
from vlm_survey.settings import PATH as SETTINGS
from vlm_survey.site.build import edition_of
from vlm_survey.site.drawing import DOCS, Drawing, draw
from vlm_survey.site.pieces import Pieces
from vlm_survey.site.plan import Plan
from vlm_survey.templating import forget_templates, template_folder

SCRIPT = "preview/reload.js"
"""Where the script lies that waits for a change."""

_THEME, _TEMPLATE = "the theme", "a template"

_GRACE = 1.0
"""Seconds after a change in which pages are asked for, before the records are judged."""

_PATIENCE = 15
"""Seconds after which a waiting page is told that nothing has changed, or found to be gone."""


class Preview:
    """The site of the catalog in a folder, as of its last change."""

    def __init__(
        self, root: Path, say: Callable[[str], None], report: Callable[[Finding], None]
    ) -> None:
        """Begin with nothing; `refresh` makes the plan.

        Args:
            root: The catalog's folder.
            say: Tells the author what happened.
            report: Tells of an error in the records.
        """
        self._root, self._say, self._report = root, say, report
        self._plan: Plan | None = None
        self._drawing: Drawing | None = None
        self._reading: Reading | None = None
        self._problem = ""
        self._making = threading.RLock()
        self._changed = threading.Condition()
        self._works: list[contextlib.ExitStack] = []
        self._reported: list[Finding] = []
        self._later = threading.Timer(_GRACE, self._judge)
        self.version = ""

    def refresh(self, changed: Iterable[Path] | None = None) -> None:
        """Take in what has changed: these files, or everything."""
        names = None if changed is None else {self._kind_of(path) for path in changed}
        try:
            with self._making:
                if names is None or names & {_TEMPLATE, _THEME}:
                    forget_templates()
                drawing, reading = self._drawing, self._reading
                if drawing is None or names is None or names & {_THEME, DOCS, SETTINGS}:
                    drawing = self._drawing = self._drawn()
                if reading is None or names is None or names - {_TEMPLATE, _THEME, DOCS, SETTINGS}:
                    reading = self._reading = read_catalog(self._root, before=reading)
                catalog = reading.catalog
                pieces = Pieces(catalog)
                edition = edition_of(catalog, self._root, drawing, pieces)
                self._plan = Plan(edition, drawing, pieces)
                self._problem = ""
        except (CatalogError, OSError) as error:
            self._not_shown(str(error))
        except Exception as error:  # noqa: BLE001 - who watches goes on, or no change is shown any more
            self._not_shown(repr(error))
        with self._changed:
            self.version = uuid.uuid4().hex
            self._changed.notify_all()
        # The page that is waited for goes first.
        self._later.cancel()
        self._later = threading.Timer(_GRACE, self._judge)
        self._later.daemon = True
        self._later.start()

    def wait(self, known: str) -> str:
        """The version, once it is another than `known` or a while has passed."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != known, _PATIENCE)
            return self.version

    def content(self, path: str) -> tuple[str, bytes] | None:
        """Media type and bytes of the file at `path`; None if there is none.

        Raises:
            CatalogError: The site, or this page, cannot be made.
        """
        if path == SCRIPT:
            return "text/javascript", (template_folder() / "preview.js").read_bytes()
        with self._making:
            if self._plan is None:
                raise CatalogError(self._problem)
            data = self._plan.content(path)
        if data is None:
            return None
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if kind == "text/html":
            data = self._reloading(data)
        return kind, data

    def problem_page(self, problem: str) -> bytes:
        """A page that says why there is none, until it is mended."""
        text = (
            f"<!doctype html><title>Not shown</title><body><pre>{html.escape(problem)}</pre></body>"
        )
        return self._reloading(text.encode())

    def close(self) -> None:
        """Remove what was drawn."""
        self._later.cancel()
        for work in self._works:
            work.close()

    def _not_shown(self, problem: str) -> None:
        self._problem = problem
        self._say(f"cannot show the site: {problem}")

    def _drawn(self) -> Drawing:
        work = Path(tempfile.mkdtemp(prefix="vlm-survey-"))
        self._works.append(contextlib.ExitStack())
        self._works[-1].enter_context(unfinished(work))
        # Links of a preview must not lead to where the site is hosted.
        drawing = draw(self._root, work, site_url="")
        while len(self._works) > 1:
            self._works.pop(0).close()
        return drawing

    def _judge(self) -> None:
        if self._reading is None:
            return
        try:
            findings = run_checks(self._reading)
        except CatalogError:
            # A file has changed again: once that is taken in, all are judged.
            return
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        for finding in errors:
            if finding not in self._reported:
                self._report(finding)
        self._reported = errors
        # Whoever turned off the search for waste did so to be fast; now there is time.
        gc.collect()

    def _kind_of(self, path: Path) -> str:
        if path.is_relative_to(template_folder()):
            return _THEME if path.is_relative_to(template_folder() / "theme") else _TEMPLATE
        return path.relative_to(self._root).parts[0]

    def _reloading(self, page: bytes) -> bytes:
        # A file of its own: the security policy lets no script run that stands in a page.
        script = f'<script src="/{SCRIPT}" data-version="{self.version}"></script></body>'
        return script.encode().join(page.rsplit(b"</body>", 1))
