"""The preview shows what a build would, and every change of it at once."""

import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import REPOSITORY
from vlm_survey import CatalogError, Finding, load_catalog
from vlm_survey.preview import Preview, serving, watching
from vlm_survey.site import build_site
from vlm_survey.site.build import edition_of
from vlm_survey.site.drawing import draw
from vlm_survey.site.pieces import Pieces
from vlm_survey.site.plan import Plan

RELOADS = b'<script src="/preview/reload.js"'


class Author:
    """Whoever works on the catalog, with the preview's address and what it told her."""

    def __init__(self, folder: Path, url: str, said: list[str], found: list[Finding]) -> None:
        self.folder, self.url, self.said, self.found = folder, url, said, found

    def changes(self, name: str, before: str, after: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture
def author(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Author]:
    # Templates of her own, which she may change.
    (folder / "templates").unlink()
    shutil.copytree(REPOSITORY / "templates", folder / "templates")
    for module in ("templating", "site.drawing", "preview.preview", "preview.watch"):
        monkeypatch.setattr(f"vlm_survey.{module}.template_folder", lambda: folder / "templates")
    said: list[str] = []
    found: list[Finding] = []
    preview = Preview(folder, said.append, found.append)
    with serving(preview, 0) as server, watching(folder, preview.refresh):
        preview.refresh()
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Author(folder, f"http://127.0.0.1:{server.server_port}/", said, found)
        server.shutdown()
        thread.join()
    preview.close()


def test_it_shows_what_a_build_makes(folder: Path) -> None:
    catalog = load_catalog(folder)
    build_site(catalog, folder, site_url="")
    preview = Preview(folder, print, print)
    preview.refresh()
    built = {
        path.relative_to(folder / "site").as_posix(): path.read_bytes()
        for path in (folder / "site").rglob("*")
        if path.is_file()
    }
    for path, data in built.items():
        shown = preview.content(path)
        assert shown, path
        before, _, after = shown[1].partition(RELOADS)
        assert before + after.partition(b"</script>")[2] == data, path
        assert bool(after) == path.endswith(".html"), path
    assert preview.content("nothing") is None
    preview.close()


def test_a_plan_finds_just_what_it_lists(folder: Path, tmp_path: Path) -> None:
    catalog = load_catalog(folder)
    drawing = draw(folder, tmp_path, "https://example.org/")
    pieces = Pieces(catalog)
    edition = edition_of(catalog, folder, drawing, pieces)
    plans = [Plan(edition, drawing, pieces) for _ in range(2)]

    assert all(plans[0].content(path) is not None for path in plans[1].paths)
    assert plans[0].content("papers/nothing/index.html") is None


@pytest.mark.parametrize(
    ("page", "name", "before", "after"),
    [
        ("papers/clip/", "papers/clip.yaml", "Tells which caption", "Knows which caption"),
        ("terms/task/vqa/", "taxonomy.yaml", "name: Visual question", "name: Seen question"),
        ("terms/task/vqa/", "templates/site/term.html", "Decision rule", "How to decide"),
        ("about/", "docs/about.md", "# About", "# On it all"),
        (
            "papers/clip/",
            "templates/theme/assets/catalog.css",
            ":root",
            "h1 { color: red !important }\n:root",
        ),
    ],
)
def test_an_open_page_shows_a_change(
    page: str, name: str, before: str, after: str, author: Author, browser: object
) -> None:
    context = browser.new_context()  # type: ignore[attr-defined]
    opened: Page = context.new_page()
    opened.goto(author.url + page)
    author.changes(name, before, after)
    if name.endswith(".css"):
        expect(opened.locator("h1")).to_have_css("color", "rgb(255, 0, 0)")
    else:
        expect(opened.locator("body")).to_contain_text(after.removeprefix("name: ").lstrip("# "))
    context.close()
    assert not author.said


def test_what_is_wrong_is_told_once_and_mended(author: Author) -> None:
    path = author.folder / "papers" / "clip.yaml"
    good = path.read_text(encoding="utf-8")
    (author.folder / "papers" / "bad.yaml").write_text("title: [", encoding="utf-8")
    assert eventually(lambda: [finding.code for finding in author.found] == ["yaml-syntax"])
    author.changes("taxonomy.yaml", "facets:", "fassets:")
    assert eventually(lambda: bool(author.said))
    assert "taxonomy.yaml has errors" in author.said[0]
    assert eventually(lambda: "taxonomy.yaml" in {finding.path for finding in author.found})
    author.changes("taxonomy.yaml", "fassets:", "facets:")
    path.write_text(good.replace("Tells which", "Knows which"), encoding="utf-8")
    assert eventually(lambda: b"Knows which" in fetched(author.url + "papers/clip/")[1])
    assert len(author.said) == 1
    assert {finding.path for finding in author.found} == {"papers/bad.yaml", "taxonomy.yaml"}


def test_changes_are_shown_after_a_page_that_nobody_can_read(author: Author) -> None:
    path = author.folder / "docs" / "about.md"
    path.write_bytes(b"# \xdcber\n")
    assert eventually(lambda: bool(author.said))
    path.write_text("# On it all\n", encoding="utf-8")
    assert eventually(lambda: b"On it all" in fetched(author.url + "about/")[1])
    assert author.said == ["cannot show the site: docs/about.md is not UTF-8; save it as UTF-8"]


def test_changes_are_shown_after_an_error_that_nobody_thought_of(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("vlm_survey.preview.preview.Pieces", None)
        author.changes("papers/clip.yaml", "Tells which", "Says which")
        assert eventually(lambda: bool(author.said))
    author.changes("papers/clip.yaml", "Says which", "Knows which")
    assert eventually(lambda: b"Knows which" in fetched(author.url + "papers/clip/")[1])
    assert author.said == [
        """cannot show the site: TypeError("'NoneType' object is not callable")"""
    ]


def test_other_sites_cannot_read_it(author: Author) -> None:
    assert fetched(author.url + "papers/clip/")[0] == 200
    # Browsers leave out port 80.
    assert fetched(author.url + "papers/clip/", {"Host": "localhost"})[0] == 200
    assert fetched(author.url + "papers/clip/", {"Host": "evil.example:80"})[0] == 403
    assert fetched(author.url + "preview/changes", {"Host": "evil.example"})[0] == 403


def test_a_port_for_the_administrator_is_not_called_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_server: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("http.server.ThreadingHTTPServer.server_bind", refused)

    with (
        pytest.raises(
            CatalogError, match="port 80 is reserved for the administrator; choose another"
        ),
        serving(Preview(folder, print, print), 80),
    ):
        pass


def test_addresses_are_as_on_a_server_of_files(author: Author) -> None:
    status, page = fetched(author.url + "papers/clip")
    assert (status, b"Learning Transferable" in page) == (200, True)
    assert fetched(author.url + "papers/../../taxonomy.yaml")[0] == 404
    status, page = fetched(author.url + "nothing")
    assert (status, b"md-header" in page) == (404, True)
    asked = urllib.request.Request(author.url, method="HEAD")
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert int(answer.headers["Content-Length"]) > 1000


def fetched(url: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    try:
        asked = urllib.request.Request(url, headers=headers or {})
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def eventually(happened: Callable[[], bool]) -> bool:
    waited = threading.Event()
    return any(happened() or waited.wait(0.1) for _ in range(100)) or happened()
