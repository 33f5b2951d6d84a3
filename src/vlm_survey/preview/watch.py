"""Noticing that a catalog's files change."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import Change, watch

from vlm_survey.load import AUTHORS, GAPS, PAPERS, REJECTED, RELEASES, RETIRED, TAXONOMY
from vlm_survey.settings import PATH as SETTINGS
from vlm_survey.site.drawing import DOCS
from vlm_survey.templating import template_folder

WATCHED = (PAPERS, TAXONOMY, GAPS, RETIRED, AUTHORS, REJECTED, RELEASES, DOCS, SETTINGS)

_PAUSE = 30
"""Milliseconds without a change after which what an editor or git writes is taken to be whole."""


@contextlib.contextmanager
def watching(root: Path, refresh: Callable[[set[Path]], None]) -> Iterator[None]:
    """Call `refresh` with the files that change in the catalog at `root`, or among the templates."""
    over = threading.Event()
    folders = [folder for name in WATCHED if (folder := root / name).is_dir()]
    # Files of the catalog's own folder are replaced as often as they are written: it is watched whole,
    # without what is built into it.
    watched = ((False, [root]), (True, [*folders, template_folder()]))

    def matters(_change: Change, name: str) -> bool:
        path = Path(name)
        if path.name.startswith(".") or path.name.endswith(("~", ".tmp")):
            return False
        if path.is_relative_to(template_folder()):
            return True
        return path.is_relative_to(root) and path.relative_to(root).parts[0] in WATCHED

    def work(paths: list[Path], recursive: bool) -> None:
        news = watch(
            *paths,
            watch_filter=matters,
            debounce=10 * _PAUSE,
            step=_PAUSE,
            stop_event=over,
            recursive=recursive,
        )
        for changes in news:
            refresh({Path(name) for _, name in changes})

    threads = [
        threading.Thread(target=work, args=(paths, recursive), daemon=True)
        for recursive, paths in watched
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
