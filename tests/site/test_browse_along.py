"""What a reader takes along from the filtered list: citations, comparisons, the way on, a print."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import REPOSITORY
from tests.site.browse import ids, opened, settle
from tests.tools import missing
from vlm_survey import Catalog, Query
from vlm_survey.settings import read_settings

pytestmark = pytest.mark.browser


def test_four_papers_are_ticked_compared_and_cited(
    page: Any, real_url: str, real: Catalog, tmp_path: Path
) -> None:
    opened(page, real_url + "browse/?task=anomaly-detection")
    chosen = ids(page)[:4]
    for tick in page.locator(".paper__tick").all()[:4]:
        tick.check()
    page.reload()
    expect(page.locator(".tray__count")).to_have_text("4 selected")
    page.locator(".tray__compare").click()
    page.wait_for_url("**/compare/?id=*")
    settle(page)
    heads = page.locator(".compare__table thead a:not(.soft)").all_text_contents()
    assert heads == [real[record_id].title for record_id in chosen]

    with page.expect_download() as waiting:
        page.get_by_role("button", name="BibTeX", exact=True).click()
    path = tmp_path / "papers.bib"
    waiting.value.save_as(path)

    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^@\w+\{([^,]+),", text, re.M) == chosen
    bibtex_accepts(path, len(chosen))


def bibtex_accepts(path: Path, entries: int) -> None:
    """The classic program and its successor read all entries without a complaint."""
    for program in ("bibtex", "biber"):
        if not shutil.which(program):
            missing(program)
    aux = path.with_suffix(".aux")
    aux.write_text(f"\\citation{{*}}\n\\bibstyle{{plain}}\n\\bibdata{{{path.stem}}}\n")
    classic = subprocess.run(["bibtex", aux.name], cwd=path.parent, capture_output=True, text=True)
    assert classic.returncode == 0, classic.stdout
    assert "Warning" not in classic.stdout, classic.stdout
    assert path.with_suffix(".bbl").read_text(encoding="utf-8").count("\\bibitem") == entries
    command = ["biber", "--tool", "--validate-datamodel", path.name, "-O", "out.bib"]
    modern = subprocess.run(command, cwd=path.parent, capture_output=True, text=True)
    assert modern.returncode == 0, modern.stdout
    assert "WARN" not in modern.stdout, modern.stdout


WAYS = {
    "list": (".take", ".take__said"),
    "tray": (".tray", ".tray__count"),
    "compare": (".compare", ".take__said"),
}
"""Where citations are taken, and where that is told."""


def with_citations(page: Any, url: str, way: str) -> tuple[Any, Any]:
    """A page with citations of two papers: where they are taken, and where that is told."""
    if way == "compare":
        page.goto(f"{url}compare/?id=clip&id=flair")
        page.locator("[data-ready]").wait_for()
    else:
        opened(page, f"{url}browse/?task=registration")
        for tick in page.locator(".paper__tick").all()[:2]:
            tick.check()
    if way == "list":
        page.locator(".take summary").click()
    place, told = (page.locator(selector) for selector in WAYS[way])
    return place, told


@pytest.mark.parametrize("way", WAYS)
def test_citations_that_do_not_come_are_told(way: str, page: Any, real_url: str) -> None:
    place, told = with_citations(page, real_url, way)
    page.route("**/browse/data/**", lambda route: route.abort())
    place.get_by_role("button", name="RIS", exact=True).click()

    expect(told).to_contain_text("The citations could not be loaded.")


@pytest.mark.parametrize("clipboard", ["undefined", "{ writeText: async () => { throw 0; } }"])
@pytest.mark.parametrize("way", WAYS)
def test_a_clipboard_that_refuses_is_told(
    way: str, clipboard: str, page: Any, real_url: str
) -> None:
    page.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})")
    place, told = with_citations(page, real_url, way)
    copies = place.get_by_role("button", name=re.compile("^Copy"))
    for copy in copies.all():
        copy.click()
        expect(told).to_contain_text("The browser refuses to copy.")


@pytest.mark.parametrize("way", WAYS)
def test_what_was_taken_is_told(way: str, page: Any, real_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    place, told = with_citations(page, real_url, way)
    with page.expect_download():
        place.get_by_role("button", name="BibTeX", exact=True).click()
    expect(told).to_contain_text("Downloaded 2 citations.")
    place.get_by_role("button", name=re.compile("^Copy")).first.click()

    expect(told).to_contain_text("Copied 2 citations.")
    assert page.evaluate("navigator.clipboard.readText()").count("\n@") == 1


@pytest.mark.parametrize("missing", ["core", "ids", "records-"])
def test_a_comparison_that_does_not_come_is_told(missing: str, page: Any, real_url: str) -> None:
    page.route(f"**/browse/data/{missing}*", lambda route: route.abort())
    page.goto(f"{real_url}compare/?id=clip&id=flair")

    told = page.locator(".compare").get_by_role("alert")
    expect(told).to_contain_text("These papers could not be loaded.")
    expect(page.locator(".compare__none")).to_have_count(0)


def ticked(page: Any) -> list[str]:
    """The ids of the papers that the browser keeps as ticked."""
    kept = "JSON.parse(localStorage.getItem('catalog-selection /catalog/'))"
    found: list[str] = page.evaluate(kept)
    return found


def tick_in_store(page: Any, url: str, chosen: list[str]) -> None:
    page.goto(f"{url}about/")
    keep = "ids => localStorage.setItem('catalog-selection /catalog/', JSON.stringify(ids))"
    page.evaluate(keep, chosen)
    opened(page, f"{url}browse/")


def test_ticks_of_papers_that_are_gone_go_too(page: Any, real_url: str) -> None:
    tick_in_store(page, real_url, ["clip", "gone", "biomedclip"])
    expect(page.locator(".tray__count")).to_have_text("2 selected")
    assert ticked(page) == ["clip", "biomedclip"]

    tick_in_store(page, real_url, ["gone"])
    expect(page.locator(".tray")).to_be_hidden()


def renamed(route: Any) -> None:
    """The lookup of ids, with one that CLIP had before."""
    response = route.fetch()
    pairs = response.json()
    place = dict(pairs).get("clip")
    route.fulfill(json=pairs if place is None else sorted([*pairs, ["clip-before", place]]))


def test_a_paper_is_known_by_the_id_it_had_before(page: Any, real_url: str) -> None:
    page.route(re.compile(r"/ids-\d+\.json"), renamed)
    tick_in_store(page, real_url, ["clip-before", "clip", "flair"])
    expect(page.locator(".tray__count")).to_have_text("2 selected")
    assert sorted(ticked(page)) == ["clip", "flair"]

    page.goto(f"{real_url}compare/?id=clip-before&id=flair&id=clip&id=gone")
    page.locator("[data-ready]").wait_for()
    expect(page.locator(".compare__table thead th")).to_have_count(2)
    expect(page.locator(".compare").get_by_role("alert")).to_have_text("Not in this catalog: gone.")
    page.locator(".compare__remove").first.click()
    page.wait_for_url("**/compare/?id=flair")


def test_compared_papers_show_all_links_and_identifiers(page: Any, real_url: str) -> None:
    """Those that follow from an identifier, too."""
    page.goto(f"{real_url}compare/?id=clip&id=conch")
    page.locator("[data-ready]").wait_for()
    row = page.get_by_role("row", name=re.compile("^Links"))
    conch = row.get_by_role("cell").nth(1)

    expect(conch.get_by_role("link", name="Paper of A visual-language")).to_have_attribute(
        "href", "https://doi.org/10.1038/s41591-024-02856-4"
    )
    expect(conch.get_by_role("link", name="arXiv of")).to_be_visible()
    identifiers = page.get_by_role("row", name=re.compile("^Identifiers")).get_by_role("cell")
    expect(identifiers.nth(1)).to_have_text("arXiv 2307.12914DOI 10.1038/s41591-024-02856-4")


def test_rows_in_which_papers_are_equal_can_be_hidden(page: Any, real_url: str) -> None:
    page.goto(f"{real_url}compare/?id=clip&id=sam")
    page.locator("[data-ready]").wait_for()
    kind, year = (page.get_by_role("row", name=re.compile(f"^{name}")) for name in ("Type", "Year"))
    expect(kind).to_be_visible()
    page.get_by_label("Hide equal rows").check()

    expect(kind).to_be_hidden()
    expect(year).to_be_visible()


def test_the_empty_comparison_offers_selected_papers_and_examples(
    page: Any, real_url: str, real: Catalog
) -> None:
    tick_in_store(page, real_url, ["clip", "sam"])
    page.goto(f"{real_url}compare/")
    page.locator("[data-ready]").wait_for()
    examples = page.locator(".compare__none li a")
    assert examples.count() == 3
    for example in examples.all():
        ids = re.findall(r"id=([^&]+)", example.get_attribute("href"))
        assert len(ids) == 4
        assert all(record_id in real for record_id in ids)
    page.locator(".compare__selected a").click()
    page.wait_for_url("**/compare/?id=clip&id=sam")

    expect(page.locator(".compare__table thead th")).to_have_count(2)
    expect(page.locator(".compare__none")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
def test_many_papers_are_compared_in_readable_columns(
    width: int, page: Any, real_url: str, real: Catalog
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    chosen = "&".join(f"id={record.id}" for record in real.records[:25])
    page.goto(f"{real_url}compare/?{chosen}")
    page.locator("[data-ready]").wait_for()
    head = page.locator(".compare__table thead th").last
    head.scroll_into_view_if_needed()

    assert head.bounding_box()["width"] >= 175
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # What a row is about stays beside it.
    assert page.locator(".compare__table tbody th").first.bounding_box()["x"] >= 0


@pytest.mark.parametrize(("form", "starts"), [("RIS", "TY  - "), ("CSV", "id,title,")])
def test_the_view_is_taken_along(form: str, starts: str, page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/?task=registration")
    count = len(ids(page))

    page.locator(".take summary").click()
    with page.expect_download() as waiting:
        page.locator(".take").get_by_role("button", name=form, exact=True).click()

    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert text.startswith(starts)
    assert (text.count("TY  - ") or len(text.splitlines()) - 1) == count


def test_a_view_is_cited_with_release_filter_and_count(
    page: Any, real_url: str, real: Catalog
) -> None:
    opened(page, real_url + "browse/?sort=-year&task=vqa&q=chest")
    count = len(ids(page))
    cited = page.locator(".take__cite").text_content()

    release = read_settings(REPOSITORY).release
    assert f"release {release}: {count} of {len(real)} papers (filter task=vqa&q=chest)." in cited
    assert cited.endswith("browse/?task=vqa&q=chest")


def test_a_record_leads_on_within_the_list(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/?task=anomaly-detection&sort=title")
    listed = ids(page)
    page.locator(".paper__title a").nth(1).click()

    page.wait_for_url(f"**/papers/{listed[1]}/")
    expect(page.locator("[data-along-list]")).to_have_text(f"Your list, 2 of {len(listed)}")
    page.get_by_role("link", name="Next").click()
    page.wait_for_url(f"**/papers/{listed[2]}/")
    page.locator("[data-along-list]").click()
    page.wait_for_url("**/browse/?*")
    assert ids(page) == listed


def test_a_record_leads_on_past_what_the_list_had_fetched(
    page: Any, real_url: str, real: Catalog
) -> None:
    query = Query.from_address("kind=method&sort=-year", real)
    expected = [record.id for record in query.apply(real)]
    opened(page, f"{real_url}browse/?{query}")
    shown = page.locator(".paper__title a").count()
    assert shown < len(expected)

    page.goto(f"{real_url}papers/{expected[shown - 1]}/")
    for place in range(shown, shown + 3):
        page.locator(".along [rel=next]").click()
        page.wait_for_url(f"**/papers/{expected[place]}/")
        along = page.locator("[data-along-list]")
        expect(along).to_have_text(f"Your list, {place + 1} of {len(expected)}")


def test_ticked_papers_do_not_cover_the_filters_of_a_phone(page: Any, real_url: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    opened(page, real_url + "browse/")
    page.locator(".paper__tick").first.check()
    page.locator(".browse__open").click()
    close = page.locator(".browse__close")
    on_top = """node => {
        const { x, y, width, height } = node.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2) === node;
    }"""

    expect(close).to_be_in_viewport(ratio=1)
    assert close.evaluate(on_top)
    expect(page.locator(".tray")).not_to_be_in_viewport()
    close.click()
    expect(page.locator(".tray")).to_be_in_viewport(ratio=1)


def test_a_list_is_printed_whole(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/?kind=method")
    page.evaluate("() => { window.print = () => { document.body.dataset.printed = ''; }; }")

    page.locator(".take summary").click()
    page.locator(".take").get_by_role("button", name="Print").click()
    page.locator("[data-printed]").wait_for()

    count = int((page.locator(".browse__count").text_content() or "").split()[0])
    assert page.locator(".results article").count() == count
    places = page.locator(".results article").evaluate_all("all => all.map(a => a.ariaPosInSet)")
    assert places == [str(place + 1) for place in range(count)]
