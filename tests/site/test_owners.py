"""What the owners of a catalog do to its pages and settings: it works, or is refused with the way out."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from vlm_survey import CatalogError, load_catalog, read_catalog
from vlm_survey.settings import read_settings
from vlm_survey.site import build_site
from vlm_survey.templating import template_folder


def built(folder: Path) -> Path:
    build_site(load_catalog(folder), folder)
    return folder / "site"


def set_up(folder: Path, before: str, after: str) -> None:
    """Change one thing in `mkdocs.yml`."""
    path = folder / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("records", [0, 1])
def test_a_catalog_may_have_no_record_or_none_with_a_year(records: int, folder: Path) -> None:
    for path in (folder / "papers").iterdir():
        path.unlink()
    if records:
        (folder / "papers" / "a.yaml").write_text(
            "title: A\nstatus: imported\nadded: 2026-01-01\n", encoding="utf-8"
        )
    (folder / "docs" / "about.md").write_text("# About\n", encoding="utf-8")
    (folder / "retired.yaml").unlink()

    page = (built(folder) / "trends" / "index.html").read_text(encoding="utf-8")

    assert "over the years" not in page


def test_what_programs_are_told_is_found_while_nobody_knows_where_the_site_is(folder: Path) -> None:
    site = built(folder)
    told: list[tuple[Path, str]] = []
    for path in site.rglob("feed.xml"):
        links = ElementTree.parse(path).iter("{http://www.w3.org/2005/Atom}link")
        told += [(path, str(link.get("href"))) for link in links]
    for path in (site / "api").rglob("*.json"):
        pages = re.findall(r'"page":"([^"]+)"', path.read_text(encoding="utf-8"))
        told += [(path, page) for page in pages]
    guide = site / "llms.txt"
    guided = re.findall(r"\]\(([^)]+)\)", guide.read_text(encoding="utf-8"))
    told += [(guide, link) for link in guided]

    assert {path.suffix for path, _ in told} == {".xml", ".json", ".txt"}
    for path, link in told:
        found = path.parent / link
        assert not link.startswith("/"), path
        assert found.is_file() or (found / "index.html").is_file(), (path, link)
    data = (site / "data" / "index.html").read_text(encoding="utf-8")
    assert "sha256" in data and "contentUrl" not in data


def test_hidden_files_are_no_pages(folder: Path) -> None:
    """An editor's lock is a link to nothing."""
    (folder / "docs" / ".#about.md").symlink_to("somebody@somewhere:1")
    (folder / "papers" / ".#clip.yaml").symlink_to("somebody@somewhere:1")

    assert not list(built(folder).rglob(".*"))
    assert not any(file.problems for file in read_catalog(folder).files)


def test_addresses_with_html_are_refused(folder: Path) -> None:
    set_up(folder, "strict: true\n", "strict: true\nuse_directory_urls: false\n")

    with pytest.raises(CatalogError, match="delete use_directory_urls"):
        built(folder)


@pytest.mark.parametrize(
    ("marker", "said"),
    [
        ("<!--catalog:overview-->", ""),
        ("<!-- Catalog:  stats -->", "page 'about/': no part is named 'stats'"),
        ("<!-- catalog: Overview -->", "page 'about/': no part is named 'Overview'"),
        ("<!-- record : clip -->", ""),
        ("<!-- record: Clip -->", "page 'about/' links to a record that is not there: 'Clip'"),
    ],
)
def test_a_marker_is_answered_however_it_is_written(marker: str, said: str, folder: Path) -> None:
    (folder / "docs" / "about.md").write_text(f"# About\n\nSee {marker}.\n", encoding="utf-8")

    if said:
        with pytest.raises(CatalogError, match=re.escape(said)):
            built(folder)
    else:
        page = (built(folder) / "about" / "index.html").read_text(encoding="utf-8")
        assert marker not in page


def test_the_list_may_stand_on_any_page(folder: Path) -> None:
    (folder / "docs" / "about.md").write_text("# About\n\n<!-- catalog: browse -->\n")

    page = (built(folder) / "about" / "index.html").read_text(encoding="utf-8")

    (data,) = re.findall(r'data-data="([^"]+)"', page)
    assert (folder / "site" / "about" / data / "core.json").is_file()


def test_pages_without_the_theme_are_left_alone(folder: Path) -> None:
    slides = "<!doctype html><title>Slides</title><p>One"
    (folder / "docs" / "slides.html").write_text(slides)

    assert (built(folder) / "slides.html").read_text() == slides


def test_an_announcement_may_be_made(folder: Path) -> None:
    own = folder / "own"
    own.mkdir()
    ours = (template_folder() / "theme" / "main.html").read_text(encoding="utf-8")
    (own / "main.html").write_text(ours + "{% block announce %}Great news{% endblock %}")
    set_up(folder, "theme:\n", "theme:\n  custom_dir: own\n")

    assert "Great news" in (built(folder) / "about" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("docs/about.md", "# Über\n", "docs/about.md is not UTF-8; save it as UTF-8"),
        ("docs/slides.html", "<p>Über", "docs/slides.html is not UTF-8; save it as UTF-8"),
        ("my/own/main.html", "{# Über #}", "my/own/main.html is not UTF-8; save it as UTF-8"),
        ("my/own/main.html", "\n{% if %}", "my/own/main.html:2: Expected an expression"),
        ("my/own/main.html", "\n{{ our.logo }}", "my/own/main.html:2: 'our' is undefined"),
        ("my/own/404.html", "{% extends 'no.html' %}", "my/own/404.html:1: 'no.html' not found"),
    ],
)
def test_a_slip_in_a_page_or_template_is_named(
    name: str, text: str, said: str, folder: Path
) -> None:
    (folder / "my" / "own").mkdir(parents=True)
    set_up(folder, "theme:\n", "theme:\n  custom_dir: my/own\n")
    (folder / name).write_text(text, encoding="latin-1")

    with pytest.raises(CatalogError, match=f"^{re.escape(said)}"):
        built(folder)


def test_pages_of_a_third_level_are_reached(folder: Path) -> None:
    for name in ("one", "two"):
        (folder / "docs" / f"{name}.md").write_text(f"# {name}\n", encoding="utf-8")
    path = folder / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("nav:\n", "nav:\n  - Guide:\n      - Deep: [one.md, two.md]\n", 1),
        encoding="utf-8",
    )

    page = (built(folder) / "about" / "index.html").read_text(encoding="utf-8")

    (tabs,) = re.findall(r'<nav class="tabs".*?</nav>', page, re.DOTALL)
    assert '<a href="../one/">Guide</a>' in tabs
    assert '<a href="../two/">' in page


@pytest.mark.parametrize("said", ["release: 1.0", "release: 2024-01-01", "site_url: 1"])
def test_what_is_no_text_to_yaml_asks_for_quotes(said: str, folder: Path) -> None:
    name = said.partition(":")[0]
    path = folder / "mkdocs.yml"
    path.write_text(re.sub(rf"{name}: .*", said, path.read_text(), count=1), encoding="utf-8")

    with pytest.raises(CatalogError, match="is not text; put it in quotes"):
        read_settings(folder)
