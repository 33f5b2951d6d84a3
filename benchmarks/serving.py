"""How long after a change the preview shows it: from the write of a file to the page with the change."""

import contextlib
import dataclasses
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from vlm_survey import Catalog
from vlm_survey.layout import record_text
from vlm_survey.store import VARIABLE
from vlm_survey.templating import template_folder
from vlm_survey.urls import record_url, term_url

TIMES = 5

_PATIENCE = 120
"""Seconds until what does not answer has failed."""


@dataclasses.dataclass(frozen=True)
class Shown:
    """A sort of change, and the seconds until it was seen, time after time."""

    change: str
    seconds: tuple[float, ...]


def shown(catalog: Catalog, written: Path, cache: Path) -> tuple[Shown, ...]:
    """Change the catalog that is written in a folder in each way, while its preview is looked at."""
    record = next(record for record in catalog if record.summary and len(record.summary) < 500)
    facet_id, facet = next(iter(catalog.taxonomy.facets.items()))
    term_id, term = next(iter(facet.terms.items()))
    paper, page = written / "papers" / f"{record.id}.yaml", written / "docs" / "about.md"
    words = (written / "taxonomy.yaml").read_text(encoding="utf-8")
    name = f"name: {term.name}"

    def change_record(mark: str) -> None:
        changed = record.model_copy(update={"summary": f"{record.summary} {mark}"})
        paper.write_text(record_text(changed), encoding="utf-8")

    def change_term(mark: str) -> None:
        changed = words.replace(name, f"{name} {mark}", 1)
        (written / "taxonomy.yaml").write_text(changed, encoding="utf-8")

    def change_page(mark: str) -> None:
        page.write_text(f"# About\n\n{mark}\n", encoding="utf-8")

    changes: dict[str, tuple[str, Callable[[str], None]]] = {
        "a record": (record_url(record.id), change_record),
        "a term": (term_url(facet_id, term_id), change_term),
        "a page": ("about/", change_page),
    }
    with _served(written, cache) as address:
        results = [
            Shown(name, tuple(_timed(address, url, change, n) for n in range(TIMES)))
            for name, (url, change) in changes.items()
        ]
        template = template_folder() / "site" / "record.html"
        # It is the project's own: that it seems to be changed is enough to read it anew.
        touched = [
            _timed(address, record_url(record.id), lambda _: template.touch()) for _ in range(TIMES)
        ]
        return (*results, Shown("a template", tuple(touched)))


@contextlib.contextmanager
def _served(written: Path, cache: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).parent / "vlm-survey"
    process = subprocess.Popen(  # nosec B603  # noqa: S603 - the benchmark's own command
        [str(program), "serve", "--port", str(port), "--catalog", str(written)],
        env=os.environ | {VARIABLE: str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        cast("IO[bytes]", process.stdout).readline()
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


def _timed(
    address: str, url: str, change: Callable[[str], None], number: int | None = None
) -> float:
    """Seconds from a change to the page that shows it; with a number, it is a mark with that number."""
    _fetched(address + url)
    known = _fetched(address + url).rpartition('data-version="')[2].partition('"')[0]
    mark = f"Changed{number}" if number is not None else ""
    with _opened(f"{address}preview/changes?{known}") as changes:
        start = time.perf_counter()
        change(mark)
        for line in changes:
            version = line.decode().removeprefix("data: ").strip()
            if version and version != known:
                break
        page = _fetched(address + url)
        seconds = time.perf_counter() - start
    if mark not in page:
        raise RuntimeError(f"{url} does not show {mark}")
    return seconds


def _fetched(address: str) -> str:
    with _opened(address) as answer:
        text: str = answer.read().decode()
        return text


def _opened(address: str):  # type: ignore[no-untyped-def]
    return urllib.request.urlopen(address, timeout=_PATIENCE)  # nosec B310  # noqa: S310 - this machine's own


if __name__ == "__main__":
    from vlm_survey import load_catalog

    folder = Path(sys.argv[1])
    for result in shown(load_catalog(folder), folder, Path(sys.argv[2])):
        print(result.change, [round(seconds, 2) for seconds in result.seconds])
