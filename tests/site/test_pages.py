"""The site as files: everything linked is there, nothing leaves it, every record has its page."""

import html
import html.parser
import re
import subprocess
import sys
import urllib.parse
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import SMALL
from tests.hostile import hostile_catalog
from tests.site.conftest import HOSTED_AT, built, small_docs
from tests.site.some import some_pages
from vlm_survey import Catalog, CatalogError, PersonName, load_catalog
from vlm_survey.site import build_site
from vlm_survey.site.theme import tidied
from vlm_survey.urls import author_url, record_url, root_from, term_url
from vlm_survey.views.browse import FIRST
from vlm_survey.views.items import newest_first


def text_of(path: Path) -> str:
    """What a reader sees of a page's content, roughly."""
    content = path.read_text(encoding="utf-8").partition("<article")[2]
    return html.unescape(re.sub(r"<[^>]+>", " ", content))


def test_every_record_and_every_term_has_its_page(real_site: Path, real: Catalog) -> None:
    for record in real:
        page = (real_site / record_url(record.id) / "index.html").read_text(encoding="utf-8")
        assert f"<title>{html.escape(record.title, quote=False)}" in page.replace(
            "&#39;", "'"
        ).replace("&#34;", '"')
        for author in record.authors:
            assert author.display in html.unescape(page)
    for facet_id, facet in real.taxonomy.facets.items():
        for term_id, term in facet.terms.items():
            text = text_of(real_site / term_url(facet_id, term_id) / "index.html")
            for part in (term.name, term.definition, term.rule, term.look_alike, *term.aliases):
                # An id in backticks is shown as the name of its term.
                assert all(piece in text for piece in part.split("`")[::2])


def test_a_person_has_one_page_whatever_the_spelling(real_site: Path) -> None:
    text = re.sub(r"\s+", " ", text_of(real_site / "authors" / "christian-bluthgen" / "index.html"))
    index = (real_site / "authors" / "index.html").read_text(encoding="utf-8")

    assert re.search(r"Christian Blüthgen .*\d papers in this catalog", text)
    assert re.search(r"Also printed as Christian Bluethgen ?\.", text)
    for record, printed in (("radvlm", "Christian Blüthgen"), ("ct-clip", "Christian Bluethgen")):
        page = (real_site / "papers" / record / "index.html").read_text(encoding="utf-8")
        assert f'<a href="../../authors/christian-bluthgen/" dir="auto">{printed}</a>' in page
    assert 'href="../authors/christian-bluthgen/"' in index
    assert "Bluethgen" not in index
    assert not (real_site / "authors" / "christian-bluethgen").exists()


def test_an_author_of_one_paper_has_no_page(real_site: Path, real: Catalog) -> None:
    papers = Counter(real.person(name) for record in real for name in {*record.authors})
    pages = {path.parent.name for path in (real_site / "authors").glob("*/index.html")}
    page = (real_site / "papers" / "adaclip" / "index.html").read_text(encoding="utf-8")
    index = (real_site / "authors" / "index.html").read_text(encoding="utf-8")

    assert pages == {
        author_url(person.display).split("/")[1] for person, count in papers.items() if count > 1
    }
    assert papers[PersonName("Luca Frittoli")] == 1
    link = '<a href="../../browse/?q=%22Luca+Frittoli%22" dir="auto">Luca Frittoli</a>'
    assert link in page
    assert "Frittoli" not in index
    assert 'href="../browse/">search</a>' in index


def test_what_is_not_known_is_said_to_be_not_stated(tmp_path: Path) -> None:
    site = built(load_catalog(SMALL), small_docs(tmp_path), tmp_path)
    text = text_of(site / "papers" / "unread" / "index.html")

    assert text.count("not stated") >= 8
    assert "Incomplete." in text
    assert re.search(r"Missing\s+authors, year, venue,", text)
    assert "None applies" not in text
    assert "None applies" in text_of(site / "papers" / "clip" / "index.html")


def test_a_record_shows_its_tags_with_evidence_and_its_lineage(tmp_path: Path) -> None:
    site = built(load_catalog(SMALL), small_docs(tmp_path), tmp_path)
    text = text_of(site / "papers" / "adaclip" / "index.html")

    assert "abstract: static and dynamic prompts are optimised" in text
    assert "Anomaly Detection, number 1, as printed" in text
    assert re.search(r"Builds on\s+CLIP\s+2021", text)
    base = text_of(site / "papers" / "clip" / "index.html")
    assert re.search(r"Built on by\s+AdaCLIP\s+2024", base)
    # What others build on needs no base of its own.
    assert "Builds on" not in base


def test_a_term_page_announces_its_own_feed(small_site: Path) -> None:
    page = (small_site / "terms" / "task" / "vqa" / "index.html").read_text()
    feeds = re.findall(
        r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]+)"', page
    )

    assert sorted(feeds) == ["../../../feed.xml", "../../../terms/task/vqa/feed.xml"]
    assert '<meta property="og:type" content="website">' in page
    assert "application/ld+json" not in page


def test_a_data_set_has_a_page_with_its_papers_and_their_roles(small_site: Path) -> None:
    text = " ".join(text_of(small_site / "datasets" / "mvtec-ad" / "index.html").split())

    for fact in ("MVTec Database", "Anomaly detection", "after registration", "CC BY-NC-SA 4.0"):
        assert fact in text
    assert re.search(r"Papers that use MVTec AD 2 ", text)
    # Newest first.
    assert re.search(
        r"AdaCLIP: .* Role of the data set: train and test .* Natural Language Supervision .*"
        r" Role of the data set: test",
        text,
    )
    page = (small_site / "datasets" / "mvtec-ad" / "index.html").read_text()
    assert 'href="../../browse/?dataset=mvtec-ad"' in page
    assert 'href="https://example.org/mvtec"' in page


def test_the_index_of_data_sets_names_those_that_papers_use(small_site: Path) -> None:
    page = small_site / "datasets" / "index.html"
    rows = re.findall(r"<tr>(.*?)</tr>", page.read_text(), re.DOTALL)
    cells = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]

    assert cells == [
        "Data set Task Papers",
        "MVTec AD Anomaly detection Visual question answering 2",
        "VisA not stated 1",
    ]
    assert not (small_site / "datasets" / "unused-set").exists()
    assert "datasets/mvtec-ad/" in (small_site / "sitemap.xml").read_text()


def test_the_index_of_venues_is_a_table_with_the_most_papers_first(real_site: Path) -> None:
    rows = re.findall(
        r"<tr>(.*?)</tr>", (real_site / "venues" / "index.html").read_text(), re.DOTALL
    )
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    counts = [int(count) for _, _, count in cells[1:]]

    assert cells[0] == ["Venue", "Type", "Papers"]
    assert counts == sorted(counts, reverse=True)


def test_a_record_shows_its_data_sets_with_their_roles(small_site: Path) -> None:
    page = small_site / "papers" / "adaclip" / "index.html"

    assert re.search(r"MVTec AD\s+\(train and test\)\s+VisA\s+\(test\)", text_of(page))
    assert 'href="../../datasets/visa/"' in page.read_text()
    assert re.search(
        r"Data sets\s+not stated", text_of(small_site / "papers" / "unread" / "index.html")
    )


def test_the_browse_page_lists_the_first_records_once(real_site: Path, real: Catalog) -> None:
    page = (real_site / "browse" / "index.html").read_text(encoding="utf-8")

    listed = re.findall(r'id="paper-([a-z0-9-]+)"', page)
    assert listed == [record.id for record in newest_first(real)][:FIRST]


def test_all_links_of_the_small_site_resolve(small_url: str, tmp_path: Path) -> None:
    """A checker of its own goes through every page, as a reader would."""
    (tmp_path / "linkcheckerrc").write_text("[checking]\nmaxrequestspersecond=1000\nthreads=4\n")
    program = str(Path(sys.executable).parent / "linkchecker")
    command = [program, f"--config={tmp_path}/linkcheckerrc", "--no-status", "--no-warnings"]

    outcome = subprocess.run([*command, small_url], capture_output=True, text=True, timeout=500)

    assert outcome.returncode == 0, outcome.stdout[-3000:]
    checked = re.search(r"(\d+) links? in (\d+) URLs? checked", outcome.stdout)
    assert checked is not None
    assert int(checked[2]) > 50


def test_all_addresses_within_the_site_resolve(real_site: Path) -> None:
    """Every `href` and `src` of every page, by the files alone: a crawler would take minutes."""
    files = {path.relative_to(real_site).as_posix() for path in real_site.rglob("*")}
    broken = set()
    for path in real_site.rglob("*.html"):
        place = path.relative_to(real_site).as_posix()
        text = path.read_text(encoding="utf-8")
        for address in set(re.findall(r'\b(?:href|src)="([^"#?]+)', text)):
            target = urllib.parse.urljoin(HOSTED_AT + place, html.unescape(address))
            if not target.startswith(HOSTED_AT):
                continue
            wanted = urllib.parse.unquote(target.removeprefix(HOSTED_AT))
            if wanted.endswith("/") or not wanted:
                wanted += "index.html"
            if wanted not in files:
                broken.add((place, address))

    assert broken == set()


def test_anchors_within_the_site_resolve(real_site: Path) -> None:
    ids: dict[Path, set[str]] = {}
    for path in real_site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        ids[path] = set(re.findall(r'\sid="([^"]+)"', text))
        assert len(re.findall(r'\sid="([^"]+)"', text)) == len(ids[path]), (
            f"an id stands twice in {path}"
        )
    for path, own in ids.items():
        for anchor in re.findall(r'<a [^>]*href="#([^"]+)"', path.read_text(encoding="utf-8")):
            assert anchor in own, f"{path}: #{anchor}"


def test_no_page_asks_for_anything_from_elsewhere(real_site: Path) -> None:
    asking = re.compile(
        r"<(?:script|img|iframe|source|video|audio)[^>]*\ssrc=\"https?:|<link[^>]*rel=\"(?:stylesheet|preconnect|icon)\"[^>]*href=\"https?:"
    )
    for path in real_site.rglob("*.html"):
        assert not asking.search(path.read_text(encoding="utf-8")), path


def test_pages_say_where_they_are_hosted(real_site: Path) -> None:
    page = (real_site / "papers" / "clip" / "index.html").read_text(encoding="utf-8")
    term = (real_site / "terms" / "task" / "vqa" / "index.html").read_text(encoding="utf-8")

    assert f'<link rel="canonical" href="{HOSTED_AT}papers/clip/">' in page
    assert f'<link rel="canonical" href="{HOSTED_AT}terms/task/vqa/">' in term


def test_the_sitemap_names_every_page(real_site: Path) -> None:
    tree = ElementTree.parse(real_site / "sitemap.xml")
    named = [
        element.text or ""
        for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    pages = [
        path.relative_to(real_site).as_posix().removesuffix("index.html")
        for path in real_site.rglob("index.html")
        if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")
    ]

    assert named == sorted(named) == [HOSTED_AT + page for page in sorted(pages)]


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("", "Vision-Language Models for Medical Image Analysis"),
        ("404.html", "Page not found · Medical VLM Catalog"),
        ("about/", "About · Medical VLM Catalog"),
        ("years/2024/", "2024 · Medical VLM Catalog"),
    ],
)
def test_titles_end_with_the_short_name(url: str, title: str, small_site: Path) -> None:
    path = small_site / (url if url.endswith(".html") else f"{url}index.html")

    assert re.findall(r"<title>(.*?)</title>", path.read_text(encoding="utf-8")) == [title]


@pytest.mark.parametrize(
    ("url", "marked"),
    [
        ("papers/clip/", [("browse/", "true")]),
        ("papers/not-a-paper/", [("browse/", "true")]),
        ("terms/task/vqa/", [("terms/", "true")]),
        ("years/2024/", [("matrix/", "true"), ("years/", "true")]),
        ("datasets/visa/", [("matrix/", "true"), ("datasets/", "true")]),
        ("matrix/learning_strategy/task/", [("matrix/", "true"), ("matrix/", "true")]),
        ("venues/", [("matrix/", "true"), ("venues/", "page")]),
        ("browse/", [("browse/", "page")]),
        ("404.html", []),
    ],
)
def test_the_menu_marks_where_a_page_belongs(
    url: str, marked: list[tuple[str, str]], small_site: Path
) -> None:
    path = small_site / (url if url.endswith(".html") else f"{url}index.html")
    (menu,) = re.findall(r'<nav class="tabs".*?</nav>', path.read_text("utf-8"), re.DOTALL)
    found = re.findall(r'href="([^"]*)" aria-current="(\w+)"', menu)

    shown = [(urllib.parse.urljoin(f"/catalog/{url}", address), mark) for address, mark in found]
    assert shown == [(f"/catalog/{address}", mark) for address, mark in marked]


def test_pages_of_lists_lead_back_to_their_index(small_site: Path) -> None:
    for url in ("years/2024/", "venues/eccv/"):
        page = (small_site / url / "index.html").read_text(encoding="utf-8")
        index = url.partition("/")[0]
        assert f'aria-label="Breadcrumb"><a href="../../{index}/">' in page


def test_the_page_for_missing_pages_works_at_any_depth(small_site: Path) -> None:
    page = (small_site / "404.html").read_text(encoding="utf-8")

    for address in re.findall(r'\b(?:href|src|action)="([^"]+)"', page):
        assert address.startswith(("/catalog/", "https://", "#")), address
    assert re.search(r'role="search" action="/catalog/browse/">.*?name="q"', page, re.DOTALL)


def test_the_home_page_shows_the_newest_papers_and_its_figures(
    real_site: Path, real: Catalog
) -> None:
    page = (real_site / "index.html").read_text(encoding="utf-8")
    newest = page.partition('id="newest"')[2].partition("</ul>")[0]
    bases = page.partition('id="base-models"')[2].partition("</section>")[0]

    assert re.findall(r'href="./papers/([^/]+)/"', newest) == [
        record.id for record in newest_first(real)[:8]
    ]
    assert re.search(rf"catalog of {len(real):,}\s+papers", page)
    clip = len(real.descendants["clip"])
    assert re.search(rf'href="./papers/clip/".*?class="count">{clip}<', bases)
    assert f'<time datetime="{max(record.added for record in real)}">' in page


def test_no_trace_of_the_frames_is_left(real_site: Path) -> None:
    for path in real_site.rglob("*"):
        assert "catalogslot" not in path.name
        if path.suffix in (".html", ".json", ".xml"):
            assert "catalogslot" not in path.read_text(encoding="utf-8"), path


def test_hostile_texts_are_shown_as_they_are(hostile_site: Path) -> None:
    for record in hostile_catalog():
        page = (hostile_site / "papers" / record.id / "index.html").read_text(encoding="utf-8")
        title = record.title
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
        assert heading and html.unescape(heading[1]) == title
        shown = re.search(r"<title>(.*) · .*?</title>", page, re.DOTALL)
        assert shown and html.unescape(shown[1]).startswith(title[:10])


def test_two_builds_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    catalog = load_catalog(SMALL)
    first, second = (
        built(catalog, small_docs(tmp_path / name), tmp_path / name) for name in ("a", "b")
    )
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())

    assert files == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    for file in files:
        assert (first / file).read_bytes() == (second / file).read_bytes(), file


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("# A\n\n[gone](gone.md)\n", "gone.md"),
        ("# A\n\n<!-- catalog: nothing -->\n", "no part is named 'nothing'; use one of: browse"),
        ("# A\n\nSee <!-- record: gone -->.\n", "a record that is not there: 'gone'"),
        ("# A\n\nSee\n<!-- record: clip -->.\n", "<!-- record: clip --> begins a line"),
        ("# A\n\n - <!--record:clip-->\n\n  <!-- Record: clip -->", "<!-- Record: clip --> begins"),
    ],
)
def test_a_faulty_page_fails_the_build_and_leaves_the_old_site(
    page: str, message: str, folder: Path
) -> None:
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("old")
    (folder / "docs" / "about.md").write_text(page, encoding="utf-8")

    with pytest.raises(CatalogError) as caught:
        build_site(load_catalog(folder), folder)

    assert message in str(caught.value)
    assert (folder / "site" / "index.html").read_text() == "old"
    left = [path.name for path in folder.iterdir() if path.name.startswith(".site")]
    assert left == [".site-next"]


def test_the_way_back_to_the_root() -> None:
    assert [
        root_from(url) for url in ("", "browse/", "papers/clip/", "terms/task/vqa/", "404.html")
    ] == ["./", "../", "../../", "../../../", "./"]


def test_a_changed_theme_is_noticed() -> None:
    with pytest.raises(CatalogError, match="the theme has changed"):
        tidied('<body><div class="md-container" data-md-component="container"></div></body>')


class Own(html.parser.HTMLParser):
    """Collects what a page would run or style by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        is_data = ("type", "application/ld+json") in attrs
        if tag == "style" or (tag == "script" and "src" not in names and not is_data):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]


def test_no_page_holds_a_script_or_a_style_of_its_own(real_site: Path, hostile_site: Path) -> None:
    for path in (*some_pages(real_site), *hostile_site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert "Content-Security-Policy" in text, path
        assert Own(text).found == [], path


def test_retired_ids_lead_on_or_say_why(small_site: Path) -> None:
    moved = (small_site / "papers" / "contrastive-pretraining" / "index.html").read_text()
    gone = (small_site / "papers" / "not-a-paper" / "index.html").read_text()
    sitemap = (small_site / "sitemap.xml").read_text()

    assert '<meta http-equiv="refresh" content="0; url=../../papers/clip/">' in moved
    assert '<link rel="canonical" href="../../papers/clip/">' in moved
    assert "<h1>This record was retired</h1>" in gone
    assert "No such paper exists." in gone
    assert "papers/clip/" in sitemap
    assert "contrastive-pretraining" not in sitemap
    assert "not-a-paper" not in sitemap


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("terms/task/question-answering", "terms/task/vqa"),
        ("venues/european-conference", "venues/eccv"),
        ("datasets/mvtec", "datasets/mvtec-ad"),
        (
            "terms/learning_strategy/prompt-learning/task/question-answering",
            "terms/learning_strategy/prompt-learning/task/vqa",
        ),
    ],
)
def test_former_ids_of_terms_lead_on(old: str, now: str, small_site: Path) -> None:
    page = (small_site / old / "index.html").read_text()
    target = re.search(r'url=([^"]+)"', page)[1]  # type: ignore[index]

    assert (small_site / old / target).resolve() == (small_site / now).resolve()
    assert (small_site / now / "index.html").is_file()
    assert f"{old}/" not in (small_site / "sitemap.xml").read_text()


def test_files_of_a_term_stay_under_its_former_ids(small_site: Path) -> None:
    old, now = (small_site / "terms" / "task" / name for name in ("question-answering", "vqa"))

    assert (old / "papers.bib").read_bytes() == (now / "papers.bib").read_bytes()
    assert "<entry>" in (old / "feed.xml").read_text()
