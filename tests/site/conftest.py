"""The built site, served as it will be hosted: below a folder of another site."""

import functools
import gzip
import http.server
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import REPOSITORY, SMALL
from tests.hostile import Texts, hostile_catalog, hostile_text, plain_text, write_catalog
from tests.tools import chromium
from vlm_survey import Catalog, load_catalog
from vlm_survey.site import build_site

# As long as Playwright waits for everything else: a busy machine is no fault of the page.
expect.set_options(timeout=30_000)

HOSTED_AT = "https://example.org/catalog/"

BROWSER_OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository's catalog."""
    return built(load_catalog(REPOSITORY), REPOSITORY / "docs", tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small catalog."""
    root = tmp_path_factory.mktemp("small")
    return built(load_catalog(SMALL), small_docs(root), root)


def small_docs(folder: Path) -> Path:
    """The hand-written pages, without links to records that the small catalog lacks."""
    docs = folder / "own-docs"
    docs.mkdir(parents=True)
    shutil.copytree(REPOSITORY / "docs" / "assets", docs / "assets")
    for path in (REPOSITORY / "docs").glob("*.md"):
        (docs / path.name).write_text(
            re.sub(r"<!-- record: .*? -->", "a record", path.read_text(encoding="utf-8")),
            encoding="utf-8",
        )
    return docs


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose every text is an attack or an accident, built as its owner would."""
    return from_files(hostile_text, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with texts that mean no harm."""
    return from_files(plain_text, tmp_path_factory.mktemp("plain"))


def from_files(text: Texts, folder: Path) -> Path:
    """The site of a catalog on disk, built by the command."""
    write_catalog(hostile_catalog(text=text), folder / "catalog", text)
    command = [str(Path(sys.executable).parent / "vlm-survey"), "build", "--site-url", HOSTED_AT]
    subprocess.run(command, cwd=folder / "catalog", check=True, capture_output=True)
    return folder / "catalog" / "site"


def built(catalog: Catalog, docs: Path, root: Path) -> Path:
    shutil.copytree(docs, root / "docs", dirs_exist_ok=True)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    (root / "templates").symlink_to(REPOSITORY / "templates")
    build_site(catalog, root, HOSTED_AT)
    return root / "site"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        # By this header linkchecker learns that it need not be considerate.
        self.send_header("LinkChecker", "welcome")
        super().end_headers()


class Gzipped(_Quiet):
    """Sends what a server with gzip would, and counts it."""

    sent = 0

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 9, mtime=0)
        type(self).sent += len(body)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def gzipped() -> type[Gzipped]:
    return Gzipped


@pytest.fixture(scope="session")
def gzipped_url(serve: Any, real_site: Path) -> str:
    return serve(real_site, Gzipped)


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Serve a folder at `/catalog/` of a local address, which is returned."""
    servers = []

    def start(site: Path, handler_type: type[_Quiet] = _Quiet) -> str:
        top = tmp_path_factory.mktemp("served")
        (top / "catalog").symlink_to(site)
        handler = functools.partial(handler_type, directory=str(top))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/catalog/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def real_url(serve: Any, real_site: Path) -> str:
    return serve(real_site)


@pytest.fixture(scope="session")
def small_url(serve: Any, small_site: Path) -> str:
    return serve(small_site)


@pytest.fixture(scope="session")
def hostile_url(serve: Any, hostile_site: Path) -> str:
    return serve(hostile_site)


@pytest.fixture(scope="session")
def plain_url(serve: Any, plain_site: Path) -> str:
    return serve(plain_site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_OPTIONS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that remembers where its requests went and what its scripts complained of."""
    context = browser.new_context()
    opened: Any = context.new_page()
    opened.requests = []
    opened.complaints = []
    opened.on("request", lambda request: opened.requests.append(request.url))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    # What the page's own security policy refuses is told on the console.
    opened.on("console", lambda told: told.type == "error" and opened.complaints.append(told.text))
    yield opened
    context.close()


@pytest.fixture
def form(page: Any, small_url: str) -> Any:
    page.goto(f"{small_url}submit/")
    page.wait_for_selector("#submit:not([hidden])", timeout=5000)
    return page


@pytest.fixture
def in_module(form: Any, small_url: str) -> Callable[[str, str, Any], Any]:
    """Call a function of one of the page's modules for each of a list of arguments."""

    def call(module: str, function: str, arguments: Any) -> Any:
        return form.evaluate(
            """async ([address, name, list]) => {
                const module = await import(address);
                return list.map((given) => module[name](...given));
            }""",
            [f"{small_url}assets/submit/{module}.js", function, arguments],
        )

    return call
