"""Rivals get the same content: whatever a title holds reaches their pages as text."""

import html
import json
import re
import subprocess
from pathlib import Path

import markdown
import pytest
import yaml

from benchmarks.generate import generated
from benchmarks.rivals import frame, hugo, mkdocs
from tests.conftest import REPOSITORY
from vlm_survey import Catalog
from vlm_survey.settings import read_settings
from vlm_survey.urls import record_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.indexes import all_by_title
from vlm_survey.views.record_page import RecordPage, RecordPages
from vlm_survey.views.terms import term_view

TITLE = (
    """1. A <b>bold</b> & "quoted" 'one' {{ .Site }} {% raw %} *of* `all` [kinds](x) </script>"""
)
SIZE = 20


@pytest.fixture(scope="module")
def edition(real: Catalog) -> Edition:
    records = list(generated(real, SIZE).records)
    records[7] = records[7].model_copy(update={"title": TITLE, "name": None, "summary": TITLE})
    settings = read_settings(REPOSITORY)
    return Edition(Catalog(real.taxonomy, tuple(records)), settings, ())


@pytest.fixture(scope="module")
def pages(edition: Edition) -> list[RecordPage]:
    made = RecordPages(edition)
    return [made.page(record) for record in all_by_title(edition.catalog)]


@pytest.fixture(scope="module")
def odd(pages: list[RecordPage]) -> RecordPage:
    return next(page for page in pages if page.record.item.title == TITLE)


def test_markdown_shows_a_title_as_it_is(odd: RecordPage) -> None:
    _, head, body = mkdocs.record_text(odd).split("---\n", 2)

    shown = markdown.markdown(body, extensions=["fenced_code"])
    assert html.unescape(yaml.safe_load(head)["title"]) == TITLE
    for element in ("h1", "p"):
        assert TITLE in map(_text, re.findall(f"<{element}>(.*?)</{element}>", shown, re.DOTALL))


def test_a_card_in_markdown_shows_it_too(odd: RecordPage, edition: Edition) -> None:
    field, term = next((tag.facet, tag.term) for page in [odd] for tag in page.record.item.tags)

    view = term_view(field, term, edition.catalog)
    shown = markdown.markdown(mkdocs.term_text(view, edition))

    assert TITLE in map(_text, re.findall("<h3>(.*?)</h3>", shown))


def test_mkdocs_gets_a_page_for_each_record_and_term(
    edition: Edition, pages: list[RecordPage], tmp_path: Path
) -> None:
    mkdocs.prepare(pages, edition, tmp_path)

    files = {path.relative_to(tmp_path / "docs").as_posix() for path in tmp_path.rglob("*.md")}
    terms = {
        f"terms/{field}/{term}.md"
        for field, facet in edition.catalog.taxonomy.vocabulary.items()
        for term in facet.terms
    }
    assert files == {"index.md", *terms, *(f"papers/{record.id}.md" for record in edition.catalog)}


def test_front_matter_holds_a_title_as_it_is(odd: RecordPage, edition: Edition) -> None:
    data = json.loads(hugo.record_text(odd, edition, 1))

    assert data["title"] == data["params"]["summary"] == TITLE
    assert data["f_kind"] == [edition.catalog[odd.record.item.id].kind]


@pytest.mark.skipif(hugo.program() is None, reason="Hugo is not installed")
def test_hugo_makes_the_same_pages(
    odd: RecordPage, edition: Edition, pages: list[RecordPage], tmp_path: Path
) -> None:
    frame.prepare(tmp_path / "ours")
    own = frame.draw(tmp_path / "ours", tmp_path / "drawn")
    hugo.prepare(pages, edition, own, tmp_path / "drawn", tmp_path / "hugo")
    site = tmp_path / "site"

    program = hugo.program()
    assert program
    subprocess.run(hugo.command(program, tmp_path / "hugo", site), check=True)

    for page in pages:
        assert (site / record_url(page.record.item.id) / "index.html").is_file()
    text = (site / record_url(odd.record.item.id) / "index.html").read_text(encoding="utf-8")
    assert _text(re.findall("<h1[^>]*>(.*?)</h1>", text)[0]) == TITLE
    for field, facet in edition.catalog.taxonomy.vocabulary.items():
        for term in facet.terms:
            papers = term_view(field, term, edition.catalog).papers
            text = (site / papers.url / "index.html").read_text(encoding="utf-8")
            cards = re.findall('<article class="paper" id="paper-([^"]+)">', text)
            assert cards == list(papers.ids)


def test_no_frame_is_left_among_the_drawn_files(tmp_path: Path) -> None:
    frame.prepare(tmp_path / "ours")

    frame.draw(tmp_path / "ours", tmp_path / "drawn")

    assert (tmp_path / "drawn" / "index.html").is_file()
    assert not list((tmp_path / "drawn").rglob("catalogslot*"))


def _text(markup: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", markup)).strip()
