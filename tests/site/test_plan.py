"""What a site consists of: long lists in parts, what is kept, what stands first."""

import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TODAY, Cli
from vlm_survey import Catalog, Slug, read_catalog
from vlm_survey.site import build_site, sitemap
from vlm_survey.site import plan as plans
from vlm_survey.site.fragment import render_fragment
from vlm_survey.store import VARIABLE
from vlm_survey.urls import term_url
from vlm_survey.views import paging, terms
from vlm_survey.views.terms import term_parts, term_view

Built = dict[str, bytes]


def many(small: Catalog, number: int) -> Catalog:
    """A catalog of so many records like one of the small one, each with an id and title of its own."""
    like = small["adaclip"]
    records = [
        like.model_copy(update={"id": Slug(f"r{n:04}"), "title": f"Title {n:04}"})
        for n in range(number)
    ]
    return Catalog(small.taxonomy, tuple(records))


@pytest.mark.parametrize("number", [0, 1, 250, 251, 600])
def test_a_long_list_is_shown_in_parts(number: int, small: Catalog) -> None:
    catalog = many(small, number)
    facet, term = next((f, t) for f, terms in small["adaclip"].tags.items() for t in terms)
    urls = term_parts(facet, term, catalog)
    views = [term_view(facet, term, catalog, number) for number in range(1, len(urls) + 1)]
    pages = [view.papers for view in views]

    assert [record_id for page in pages for record_id in page.ids] == [r.id for r in catalog]
    assert [page.number for page in pages] == list(range(1, max(1, -(-number // 250)) + 1))
    assert tuple(page.url for page in pages) == urls
    assert pages[0].url == term_url(facet, term)
    assert len({page.url for page in pages}) == len(pages)
    assert all(page.total == number and len(page.ids) <= paging.LISTED for page in pages)
    assert [page.after for page in pages] == [*(page.url for page in pages[1:]), ""]
    assert [page.before for page in pages] == ["", *(page.url for page in pages[:-1])]
    assert all(view.count == number for view in views)
    assert not any(view.years or view.partners for view in views[1:])


def test_the_parts_of_a_list_lead_to_each_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (paging, terms):
        monkeypatch.setattr(module, "LISTED", 1)
    new_record(folder)
    other = (folder / "papers" / "adaclip.yaml").read_text(encoding="utf-8")
    (folder / "papers" / "b.yaml").write_text(other.replace('title: "', 'title: "B '), "utf-8")
    site = built(folder)
    lists = [path for path in site if path.startswith(("years/", "venues/", "authors/"))]
    parted = [path for path in lists if path.count("/") > 2]
    assert parted
    for path in parted:
        assert b'aria-current="page"' in site[path]
        assert b'rel="prev"' in site[path]
    pairs = [site[path] for path in site if path.startswith("terms/") and path.count("/") == 5]
    assert any(b"These are the newest 1 of 2 papers" in page for page in pairs)


def built(folder: Path) -> Built:
    reading = read_catalog(folder, today=TODAY)
    build_site(reading.catalog, folder, "https://example.org/", reading=reading)
    site = folder / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def changes(name: str, before: str, after: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    return change


def new_record(folder: Path) -> None:
    text = (folder / "papers" / "clip.yaml").read_text(encoding="utf-8")
    name = "builds_on: [clip]\n"
    text = "\n".join(
        line for line in text.splitlines() if not line.startswith(("identifiers", "builds_on"))
    )
    text = text.replace("title: ", "title: A New ")
    (folder / "papers" / "a-new-one.yaml").write_text(f"{text}\n{name}", encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a title": changes("papers/clip.yaml", "title: Learning", "title: Unlearning"),
    "a summary": changes("papers/clip.yaml", "Tells which", "Knows which"),
    "a term's name": changes("taxonomy.yaml", "name: Visual question", "name: Seen question"),
    "a venue's name": changes("taxonomy.yaml", "name: International", "name: Intergalactic"),
    "where a former id leads": changes("retired.yaml", "now: clip", "now: adaclip"),
    "the repository": changes("mkdocs.yml", 'repository: ""', "repository: https://github.com/a/b"),
    "who an author is": lambda folder: (folder / "authors.yaml").write_text(
        "authors: {Alec Radford: [Yunkang Cao]}\n", encoding="utf-8"
    ),
    "a new record": new_record,
    "a record less": lambda folder: (folder / "papers" / "adaclip.yaml").unlink(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_kept_changes_no_page(
    name: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    first = built(folder)
    assert built(folder) == first

    CHANGES[name](folder)
    again = built(folder)

    monkeypatch.setenv(VARIABLE, "")
    assert built(folder) == again
    assert again != first
    assert set(again) - set(first) or any(first[path] != again[path] for path in again)


def test_pages_of_records_are_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    first = built(folder)
    made: list[str] = []

    def counted(template: str, *rest: object) -> object:
        made.append(template)
        return render_fragment(template, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(plans, "render_fragment", counted)
    monkeypatch.setattr("vlm_survey.processes._can_fork", lambda: False)
    assert built(folder) == first
    assert "record.html" not in made

    CHANGES["a summary"](folder)
    built(folder)
    assert made.count("record.html") == 1


def test_another_process_finds_what_was_kept(cli: Cli, tmp_path: Path) -> None:
    def build(seed: str) -> list[tuple[bytes, bytes]]:
        environment = os.environ | {VARIABLE: str(tmp_path / "cache"), "PYTHONHASHSEED": seed}
        cli("site", env=environment)
        (path,) = (tmp_path / "cache").iterdir()
        with contextlib.closing(sqlite3.connect(path)) as database:
            return sorted(database.execute("SELECT key, value FROM kept"))

    first = build("1")

    assert [key for key, _ in first if key.startswith(b"pages ")]
    assert build("2") == first


def test_a_long_sitemap_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = ["", "a/", "b/", "c/ü/", "d/"]
    whole = dict(sitemap.files(addresses, "https://example.org/x", dict))
    monkeypatch.setattr(sitemap, "MOST", 2)
    cut = dict(sitemap.files(addresses, "https://example.org/x", dict))

    assert list(whole) == ["sitemap.xml"]
    assert list(cut) == ["sitemap.xml", *(f"sitemap-{number}.xml" for number in (1, 2, 3))]
    index = cut["sitemap.xml"]()
    assert all(f"<loc>https://example.org/x/{name}</loc>" in index for name in list(cut)[1:])
    pages = "".join(cut[name]() for name in list(cut)[1:])
    assert pages.count("<loc>") == whole["sitemap.xml"]().count("<loc>") == 5
    assert "https://example.org/x/c/%C3%BC/" in pages
    assert not dict(sitemap.files(addresses, "", dict))
