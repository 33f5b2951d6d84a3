"""Pictures of every kind of page, for eyes: phone and desktop, light and dark.

`python -m tests.site.screenshots`, or `make screenshots`, puts them into `screenshots/`.
"""

import functools
import http.server
import re
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.conftest import REPOSITORY
from tests.site.conftest import Gzipped, built
from tests.site.test_judges import KINDS
from tests.tools import chromium
from vlm_survey import load_catalog

FOLDER = REPOSITORY / "screenshots"


def main() -> None:
    """Build the site, serve it, and look at it."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = built(load_catalog(REPOSITORY), REPOSITORY / "docs", Path(folder))
        (Path(folder) / "served").mkdir()
        (Path(folder) / "served" / "catalog").symlink_to(site)
        handler = functools.partial(Gzipped, directory=f"{folder}/served")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for kind, path in KINDS.items():
            picture(browser, kind, f"http://127.0.0.1:{server.server_port}/catalog/{path}")
        browser.close()
        server.shutdown()
        server.server_close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")


def picture(browser: Browser, kind: str, url: str) -> None:
    """One page at two widths in two colour schemes."""
    name = re.sub(r"\W+", "-", kind)
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
            )
            page = context.new_page()
            page.goto(url, wait_until="networkidle")
            page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png")
            context.close()


if __name__ == "__main__":
    main()
