"""The pictures on the page for contributors: form, pull request, page of the record.

`python -m tests.site.way`, or `make pictures`, draws them into `docs/assets/`. They show what the
software makes of a record of this catalog; only the frame around the comment is GitHub's, redrawn.
"""

import dataclasses
import functools
import http.server
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import cmarkgfm
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import REPOSITORY
from tests.site.conftest import Gzipped, built
from tests.tools import chromium, git
from vlm_survey import Record, load_catalog

RECORD = "adaclip"
FOLDER = REPOSITORY / "docs" / "assets"
SIZE = {"width": 1280, "height": 720}

COMMENT = """<!doctype html><meta charset="utf-8"><style>
body {{ font: 15px/1.5 sans-serif; margin: 24px; color: #1f2328; background: #fff }}
.box {{ border: 1px solid #d1d9e0; border-radius: 6px; padding: 4px 20px }}
.head {{ background: #f6f8fa; margin: -4px -20px 0; padding: 8px 20px; border-bottom: 1px solid #d1d9e0 }}
h2 {{ border-bottom: 1px solid #d1d9e0; padding-bottom: 6px }}
table {{ border-collapse: collapse }} td, th {{ border: 1px solid #d1d9e0; padding: 5px 12px; vertical-align: top }}
</style><div class="box"><p class="head"><strong>github-actions</strong> commented</p>{}</div>"""


def main() -> None:
    """Build the site, and picture the three stations of a record."""
    catalog = load_catalog(REPOSITORY)
    record = catalog[RECORD]
    others = tuple(other for other in catalog if RECORD not in (other.id, *other.builds_on))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for name, records in (("before", others), ("after", catalog.records)):
            (Path(folder) / name).mkdir()
            version = dataclasses.replace(catalog, records=records)
            built(version, REPOSITORY / "docs", Path(folder) / name)
        handler = functools.partial(Gzipped, directory=folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        form = opened(browser, f"{url}/before/site/submit/")
        fill(form, record)
        form.get_by_label("I compared every fact").check()
        form.evaluate("document.querySelector('[data-facet]').scrollIntoView()")
        form.screenshot(path=FOLDER / "way-form.png")
        comment = opened(browser, "about:blank")
        html = cmarkgfm.github_flavored_markdown_to_html(review(Path(folder) / "repository"))
        comment.set_content(COMMENT.format(html))
        comment.locator(".box").screenshot(path=FOLDER / "way-comment.png")
        page = opened(browser, f"{url}/after/site/papers/{RECORD}/")
        page.screenshot(path=FOLDER / "way-page.png")
        browser.close()
        server.shutdown()
        server.server_close()


def opened(browser: Browser, url: str) -> Page:
    """A page of the pictures' size."""
    page = browser.new_context(viewport=SIZE, color_scheme="light").new_page()  # type: ignore[arg-type]
    page.goto(url, wait_until="networkidle")
    return page


def fill(form: Page, record: Record) -> None:
    """Type what the record says."""
    typed = {
        "title": record.title,
        "authors": "\n".join(record.authors),
        "name": record.name or "",
        "year": str(record.year),
        "arxiv": record.identifiers.arxiv or "",
        "doi": record.identifiers.doi or "",
        "link-code": record.links.code or "",
        "sources": "\n".join(record.sources),
        "summary": record.summary or "",
        "builds_on": ", ".join(record.builds_on),
        "datasets": "\n".join(f"{name}: {role}" for name, role in record.datasets.items()),
    }
    for name, text in typed.items():
        form.locator(f"#submit [name='{name}']").fill(text)
    for name in ("venue", "kind", "domain"):
        form.locator(f"#submit [name='{name}']").select_option(str(getattr(record, name)))
    for facet, term, evidence in record.all_tags():
        form.locator(f"[data-facet='{facet}'] [name=tag][value='{term}']").check()
        form.locator(f"#submit-{facet}-{term}").fill(evidence or "")


def review(folder: Path) -> str:
    """What is said of a pull request that adds the record."""
    shutil.copytree(REPOSITORY / "papers", folder / "papers")
    shutil.copy(REPOSITORY / "taxonomy.yaml", folder)
    path = folder / "papers" / f"{RECORD}.yaml"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    git("init", "--quiet", folder=folder)
    git("add", "--all", folder=folder)
    git("commit", "--quiet", "--message=Before", folder=folder)
    path.write_text(text, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "vlm-survey"), "review", "HEAD"]
    outcome = subprocess.run(
        [*command, "--format", "markdown", "--catalog", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    return outcome.stdout


if __name__ == "__main__":
    main()
