"""What the list of papers costs its reader: bytes, and time until she sees something.

`python -m benchmarks.browse [SIZE …]`, by default 250, 10,000 and 100,000 records,
writes the results into `docs/performance.md`, between its marks. Bytes are counted
as a server sends them with gzip, and as they are. Times end when the browser has painted: those of a
filter begin with the click, those of words with the last letter, so with the pause in which the page
waits for another one. The screen's own beat is switched off: a screen adds up to one of its frames.
"""

import functools
import gzip
import http.server
import random
import statistics
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, ClassVar
from unittest import mock

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import report
from benchmarks.generate import generated
from tests.tools import chromium
from vlm_survey import Catalog, load_catalog
from vlm_survey.search.text import folded_words
from vlm_survey.site import build_site
from vlm_survey.site.pages.browse import BROWSE_DATA

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"
OPENED = 5
CLICKED = 30
PAUSE = 100
SEED = 7
_BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-frame-rate-limit", "--disable-gpu-vsync"]

_WATCH_READY = """
new MutationObserver(() => {
    if (!window.readyAfter && document.querySelector("[data-ready]")) window.readyAfter = performance.now();
}).observe(document, { attributes: true, childList: true, subtree: true });
"""

_DONE = """async act => {
    const results = document.querySelector(".results");
    const replaced = new Promise(resolve => {
        let isNew = false;
        new MutationObserver((changes, observer) => {
            isNew ||= changes.some(change => change.type === "childList");
            if (!isNew || results.hasAttribute("aria-busy")) return;
            observer.disconnect();
            resolve();
        }).observe(results, { attributes: true, childList: true });
    });
    const start = performance.now();
    act();
    await replaced;
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - start;
}"""
_CLICK = f"number => ({_DONE})(() => document.querySelectorAll('.choice input')[number].click())"
_TYPE = f"""text => ({_DONE})(() => {{
    const field = document.querySelector("#words");
    field.value = text;
    field.dispatchEvent(new Event("input", {{ bubbles: true }}));
}})"""


class Counted(http.server.SimpleHTTPRequestHandler):
    """Sends files as a host does, and counts them."""

    protocol_version = "HTTP/1.1"
    gzipped: ClassVar[dict[Path, bytes]] = {}
    sent = plain = 0

    def do_GET(self) -> None:
        """Send a file with gzip; what was packed before is ready."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        if path not in self.gzipped:
            self.gzipped[path] = gzip.compress(path.read_bytes(), 6, mtime=0)
        body = self.gzipped[path]
        Counted.sent += len(body)
        Counted.plain += path.stat().st_size
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        # As the host does: without it the page's icon is fetched anew with every address.
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Cost:
    """What was sent since this began."""

    def __init__(self) -> None:
        """Begin now."""
        self._before = Counted.sent, Counted.plain

    def __str__(self) -> str:
        sent, plain = self._before
        return f"{(Counted.sent - sent) / 1e3:.0f} ({(Counted.plain - plain) / 1e3:.0f})"


HEAD = (
    "Records",
    "before first use, KB",
    "ready, ms",
    "filter: median, ms",
    "95 % within",
    "longest",
    "a word, KB",
    "ms",
    "misspelt, KB",
    "ms",
    "two words, KB",
    "ms",
)


def main() -> None:
    """Measure each size, and write the page."""
    real = load_catalog(ROOT)
    rows = []
    for size in [int(size) for size in sys.argv[1:]] or [250, 10_000, 100_000]:
        catalog = generated(real, size)
        with tempfile.TemporaryDirectory() as folder:
            print(f"{size:,} records: the list", file=sys.stderr)
            site = built(catalog, Path(folder))
            server = http.server.ThreadingHTTPServer(
                ("127.0.0.1", 0), functools.partial(Counted, directory=str(site))
            )
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}/browse/"
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=_BROWSER)
                rows.append([f"{size:,}", *measure(browser, address, catalog)])
                browser.close()
            server.shutdown()
            server.server_close()
        Counted.gzipped.clear()
    command = " ".join(["python -m benchmarks.browse", *sys.argv[1:]])
    text = f"{report.measured_with(command)}\n\n{report.table(HEAD, rows)}"
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(report.between(page, "list", text), encoding="utf-8")


def built(catalog: Catalog, root: Path) -> Path:
    """The site with its list of papers alone: the other pages play no part in it."""
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    del config["nav"]
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (root / "templates").symlink_to(ROOT / "templates")
    (root / "docs").mkdir()
    for name in ("index.md", "browse.md"):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        text = text.replace("<!-- catalog: overview -->", "")
        (root / "docs" / name).write_text(text, encoding="utf-8")
    with (
        mock.patch("vlm_survey.site.plan.page_kinds", return_value=()),
        mock.patch("vlm_survey.site.plan.file_kinds", return_value=(BROWSE_DATA,)),
    ):
        build_site(catalog, root)
    return root / "site"


def measure(browser: Browser, address: str, catalog: Catalog) -> list[str]:
    """Open the list, filter it, search in it; the cells of the table are returned."""
    ready = []
    for _ in range(OPENED):
        cost = Cost()
        page = opened(browser, address)
        ready.append(page.evaluate("window.readyAfter"))
        before_use = str(cost)
        page.context.close()
    cells = [before_use, f"{statistics.median(ready):.0f}"]
    page = opened(browser, address)
    times = sorted(clicks(page))
    worst = times[int(0.95 * len(times))], times[-1]
    cells += [f"{took:.1f}" for took in (statistics.median(times), *worst)]
    page.context.close()
    for words in searches(catalog):
        page = opened(browser, address)
        cost = Cost()
        took = page.evaluate(_TYPE, words)
        cells += [str(cost), f"{took:.0f}"]
        page.context.close()
    return cells


def opened(browser: Browser, address: str) -> Page:
    """The list, for a reader who was never there."""
    page = browser.new_context().new_page()
    page.add_init_script(_WATCH_READY)
    page.goto(address, wait_until="networkidle")
    page.locator("[data-ready]").wait_for(state="attached")
    return page


def clicks(page: Page) -> list[float]:
    """Choose something, choose something else besides, take back the first, then the second."""
    chance = random.Random(SEED)  # nosec B311  # noqa: S311 - nothing secret
    count = page.locator(".choice input").count()
    times = []
    for _ in range(CLICKED):
        one, other = chance.sample(range(count), 2)
        for number in (one, other, one, other):
            times.append(page.evaluate(_CLICK, number))
            # Nobody clicks again before what lies below the window is drawn, too.
            page.wait_for_timeout(PAUSE)
    return times


def searches(catalog: Catalog) -> tuple[str, str, str]:
    """Words to look for: one from the middle of the catalog, that one misspelt, and two."""
    summaries = (record.summary or "" for record in catalog.records[len(catalog) // 2 :])
    word = max(folded_words(next(text for text in summaries if text)), key=len)
    return word, word[:3] + word[4:], f"{word} learning"


if __name__ == "__main__":
    main()
