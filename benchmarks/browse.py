"""What the list of papers costs its reader: bytes before its first use, script time of a filter.

`python -m benchmarks.browse [SIZE …]`, by default 250 and 10,000 records. Bytes are what a server with
gzip sends. Script time is what a click keeps the page busy, drawing not included; a frame later the
reader sees the result.
"""

import functools
import http.server
import statistics
import sys
import tempfile
import threading
from pathlib import Path
from unittest import mock

import yaml
from playwright.sync_api import sync_playwright

from benchmarks.generate import generated
from tests.site.conftest import Gzipped
from tests.tools import chromium
from vlm_survey import Catalog, load_catalog
from vlm_survey.site import build_site
from vlm_survey.site.page import PageKind
from vlm_survey.site.pages.browse import BROWSE_DATA

ROOT = Path(__file__).parents[1]
ROUNDS = 15

_CLICK = """async selector => {
    const box = document.querySelector(selector);
    const start = performance.now();
    box.click();
    const script = performance.now() - start;
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
    return [script, performance.now() - start];
}"""


def main() -> None:
    """Print a line for each size."""
    real = load_catalog(ROOT)
    print("records | KB before use | first filter, ms | script of later ones, median and most, ms")
    for size in [int(size) for size in sys.argv[1:]] or [250, 10_000]:
        with tempfile.TemporaryDirectory() as folder:
            site = built(generated(real, size), Path(folder))
            print(f"{size:7} | {measured(site)}")


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
    no_pages = PageKind("record.html", 2, lambda _edition: ())
    with (
        mock.patch("vlm_survey.site.build.page_kinds", return_value=[no_pages]),
        mock.patch("vlm_survey.site.build.file_kinds", return_value=[BROWSE_DATA]),
    ):
        build_site(catalog, root)
    return root / "site"


def measured(site: Path) -> str:
    """Open the list, wait until it is ready and quiet, then filter it."""
    Gzipped.sent = 0
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Gzipped, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/browse/", wait_until="networkidle")
            page.locator("[data-ready]").wait_for(state="attached")
            kilobytes = Gzipped.sent / 1024
            boxes = page.locator(".choice input").count()
            times = []
            for number in range(ROUNDS):
                field = page.locator(".choice input").nth(number % boxes)
                field.evaluate("node => node.id = 'measured'")
                times.append(page.evaluate(_CLICK, "#measured"))
                times.append(page.evaluate(_CLICK, "#measured"))
                field.evaluate("node => node.removeAttribute('id')")
            browser.close()
    finally:
        server.shutdown()
        server.server_close()
    scripts = [script for script, _ in times[1:]]
    return (
        f"{kilobytes:13.0f} | {times[0][1]:16.1f} | "
        f"{statistics.median(scripts):.1f}, {max(scripts):.1f}"
    )


if __name__ == "__main__":
    main()
