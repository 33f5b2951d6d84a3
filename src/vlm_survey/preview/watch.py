"""Noticing that a catalog's files change."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from vlm_survey.load import GAPS, PAPERS, RELEASES, RETIRED, TAXONOMY
from vlm_survey.settings import PATH as SETTINGS
from vlm_survey.site.drawing import DOCS
from vlm_survey.templating import template_folder

WATCHED = (PAPERS, TAXONOMY, GAPS, RETIRED, RELEASES, DOCS, SETTINGS)

_PAUSE = 0.03
"""Seconds without a change after which what an editor or git writes is taken to be whole."""


@contextlib.contextmanager
def watching(root: Path, refresh: Callable[[set[Path]], None]) -> Iterator[None]:
    """Call `refresh` with the files that change in the catalog at `root`, or among the templates."""
    changes = _Changes(root)
    observer = Observer()
    observer.schedule(changes, str(root), recursive=False)
    for folder in [root / name for name in WATCHED] + [template_folder()]:
        if folder.is_dir():
            observer.schedule(changes, str(folder), recursive=True)
    worker = threading.Thread(target=changes.work, args=(refresh,), daemon=True)
    observer.start()
    worker.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()
        changes.stop()
        worker.join()


class _Changes(FileSystemEventHandler):
    """Gathers what changes, until there is a pause."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._paths: set[Path] = set()
        self._news = threading.Condition()
        self._is_over = False

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.is_directory or event.event_type in ("opened", "closed_no_write"):
            return
        paths = [Path(str(name)) for name in (event.src_path, event.dest_path) if name]
        wanted = {path for path in paths if self._matters(path)}
        if wanted:
            with self._news:
                self._paths |= wanted
                self._news.notify_all()

    def work(self, refresh: Callable[[set[Path]], None]) -> None:
        """Hand over what has changed, after each pause, until it is stopped."""
        while True:
            with self._news:
                self._news.wait_for(lambda: self._paths or self._is_over)
                before = None
                while before != self._paths and not self._is_over:
                    before = set(self._paths)
                    self._news.wait_for(lambda: self._paths != before or self._is_over, _PAUSE)  # noqa: B023
                if self._is_over:
                    return
                paths, self._paths = self._paths, set()
            refresh(paths)

    def stop(self) -> None:
        """End the work."""
        with self._news:
            self._is_over = True
            self._news.notify_all()

    def _matters(self, path: Path) -> bool:
        if path.name.startswith(".") or path.name.endswith(("~", ".tmp", ".swp")):
            return False
        if path.is_relative_to(template_folder()):
            return True
        return path.is_relative_to(self._root) and path.relative_to(self._root).parts[0] in WATCHED
