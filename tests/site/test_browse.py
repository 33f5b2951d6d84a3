"""The filtered list in a real browser: the same grammar as the command line, and a reader's stories."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import REPOSITORY
from tests.tools import missing
from tests.views.test_query import CASES
from vlm_survey import Catalog, Query
from vlm_survey.settings import read_settings

pytestmark = pytest.mark.browser


def opened(page: Any, url: str) -> Any:
    """The page, once its scripts have done what its address asks for."""
    page.goto(url)
    page.locator("[data-ready]").wait_for()
    return page


def ids(page: Any) -> list[str]:
    """The records in the list, in order, also those that come only when the reader nears them."""
    links = page.locator(".results .paper__title a, .results tbody th a")
    count = int((page.locator(".browse__count").text_content() or "").split()[0])
    page.locator(".results:not([aria-busy])").wait_for()
    for _ in range(500):
        if links.count() == count:
            break
        page.evaluate("document.querySelector('.browse__more').scrollIntoView()")
        page.wait_for_timeout(20)
    assert links.count() == count
    hrefs = links.evaluate_all("all => all.map(a => a.href)")
    return [href.rstrip("/").rpartition("/")[2] for href in hrefs]


@pytest.fixture
def small_page(page: Any, small_url: str) -> Any:
    return opened(page, small_url + "browse/")


_RUN_CASE = """async query => {
    const { parseQuery, printQuery } = await import("../assets/browse/grammar.js");
    const { Catalog } = await import("../assets/browse/catalog.js");
    const page = document.querySelector(".browse");
    const catalog = await Catalog.load(page.dataset.data, page.dataset.version);
    const { query: parsed, problems } = parseQuery(query, catalog.known, catalog.former);
    const { positions } = catalog.select(parsed, await catalog.words.find(parsed.words));
    const cards = await Promise.all(Array.from(positions, at => catalog.card(at)));
    return { problems, canonical: printQuery(parsed), ids: cards.map(card => card.id) };
}"""


@pytest.mark.parametrize("case", CASES, ids=[case["query"] or "everything" for case in CASES])
def test_the_browser_speaks_the_command_lines_grammar(
    case: dict[str, Any], small_page: Any
) -> None:
    outcome = small_page.evaluate(_RUN_CASE, case["query"])

    if "error" in case:
        assert len(outcome["problems"]) == 1
        assert case["error"] in outcome["problems"][0]
        return
    assert outcome == {"problems": [], "canonical": case["canonical"], "ids": case["selects"]}


REAL_QUERIES = [
    "learning_strategy=prompt-learning&task=segmentation&year=2023..&has=code",
    "task=vqa&task=report-generation&kind=!evaluation&sort=-year",
    "modality=!multi&domain=medical&q=radiology+report",
    "q=retreival&sort=added",
    "venue=miccai&venue=tmi&sort=-title&view=table",
    "status=imported",
]


@pytest.mark.parametrize("query", REAL_QUERIES)
def test_the_page_lists_what_the_command_line_does(
    query: str, page: Any, real_url: str, real: Catalog
) -> None:
    expected = [record.id for record in Query.from_address(query, real.taxonomy).apply(real)]

    opened(page, f"{real_url}browse/?{query}")

    assert ids(page) == expected
    assert page.locator(".browse__count").text_content() == f"{len(expected)} of {len(real)} papers"


def test_counts_say_what_a_click_would_bring(page: Any, real_url: str) -> None:
    """Within a field any further choice is added, so that its counts ignore the field itself."""
    opened(page, real_url + "browse/?task=segmentation")
    choice = page.locator("[data-field=learning_strategy] [data-value=prompt-learning]")
    promised = int(choice.locator(".count").text_content())
    other = page.locator("[data-field=task] [data-value=registration]")
    added = int(other.locator(".count").text_content())

    other.locator("input").check()
    page.wait_for_url("**task=registration&task=segmentation")
    both = len(ids(page))
    other.locator("input").uncheck()
    alone = len(ids(page))
    choice.locator("input").check()

    assert len(ids(page)) == promised
    assert alone < both <= alone + added


def test_back_forward_and_reload_keep_the_view(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/")
    page.locator("[data-field=task] [data-value=vqa] input").check()
    page.locator("#sort").select_option("-year")
    asked = ids(page)
    page.locator("[data-field=task] [data-value=vqa] .choice__not").click()
    assert page.url.endswith("?task=%21vqa&sort=-year") or page.url.endswith(
        "?task=!vqa&sort=-year"
    )
    assert not set(asked) & set(ids(page))

    page.go_back()

    assert ids(page) == asked
    page.reload()
    page.locator("[data-ready]").wait_for()
    assert ids(page) == asked
    assert page.locator("[data-field=task] [data-value=vqa] input").is_checked()
    assert page.locator("#sort").input_value() == "-year"


def test_back_brings_the_words_back_into_the_field(page: Any, real_url: str) -> None:
    """Also while the reader is in it, and what she typed last is not asked for any more."""
    opened(page, real_url + "browse/?q=clip")
    page.locator("[data-field=learning_strategy] input").first.check()
    page.wait_for_url("**learning_strategy=*")
    words = page.locator("#words")
    words.fill("llava")
    page.wait_for_url("**q=llava*")
    words.press_sequentially("x")
    page.evaluate("history.back()")
    page.wait_for_url("**/browse/?q=clip")

    expect(words).to_have_value("clip")
    expect(words).to_be_focused()
    page.go_forward()
    expect(words).not_to_have_value("clip")


def test_a_filter_is_removed_where_it_is_named(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/?task=vqa&has=code&year=2024&q=chest")

    for name in ("Remove Task: Visual question answering", "Remove 2024", "Remove “chest”"):
        page.get_by_role("button", name=name).click()

    assert page.url.endswith("?has=code")


def test_an_empty_result_says_which_filter_to_drop(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/?task=registration&has=weights")
    assert page.locator(".browse__count").text_content().startswith("0 of")
    way = page.get_by_role("button", name="Without Has: Weights")
    promised = int(re.search(r"(\d+) papers?", way.locator("..").text_content())[1])  # type: ignore[index]

    way.click()

    assert len(ids(page)) == promised > 0


def test_what_an_address_asks_in_vain_is_named(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/?task=vqqa&colour=red&kind=survey")

    told = page.locator(".browse__problem").text_content()
    assert "task='vqqa': use one of" in told
    assert "unknown field 'colour'" in told
    assert ids(page)


def test_a_slip_is_forgiven_and_said(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/")
    page.locator("#words").press_sequentially("segmnetation")
    page.wait_for_url("**q=segmnetation")

    expect(page.locator(".browse__problem")).to_contain_text("these say “segmentation”")
    assert len(ids(page)) > 10


def test_years_are_brushed(page: Any, real_url: str, real: Catalog) -> None:
    opened(page, real_url + "browse/")
    page.get_by_label("From year").fill("2023")
    page.get_by_label("To year").fill("2024")
    page.wait_for_url("**year=2023..2024")
    bar = page.locator(".brush__bar[data-year='2022']").bounding_box()
    page.mouse.move(bar["x"] + 3, bar["y"] + bar["height"] - 3)
    page.mouse.down()
    end = page.locator(".brush__bar[data-year='2023']").bounding_box()
    page.mouse.move(end["x"] + 3, end["y"] + end["height"] - 3)
    page.mouse.up()
    page.wait_for_url("**year=2022..2023")

    assert len(ids(page)) == sum(record.year in (2022, 2023) for record in real)


def test_the_question_of_the_catalog_is_answered_and_shared(
    page: Any, browser: Any, real_url: str, real: Catalog
) -> None:
    """Which papers adapt a VLM by prompts for segmentation, with code, since 2023?"""
    page.goto(real_url)
    page.get_by_role("link", name="Browse", exact=True).click()
    page.locator("[data-ready]").wait_for()
    page.locator("[data-field=learning_strategy]").get_by_label(
        "Prompt learning", exact=False
    ).first.check()
    page.locator("[data-field=task]").get_by_label("Segmentation", exact=False).first.check()
    has = page.locator("[data-field=has]")
    if has.get_attribute("open") is None:
        has.locator("summary").click()
    has.get_by_label("Code", exact=False).first.check()
    page.get_by_label("From year").fill("2023")
    page.wait_for_url("**year=2023..*")
    found = ids(page)

    other = browser.new_context()
    shared = opened(other.new_page(), page.url)
    assert ids(shared) == found
    other.close()
    assert found
    for record_id in found:
        record = real[record_id]
        assert "prompt-learning" in record.tags["learning_strategy"]
        assert "segmentation" in record.tags["task"]
        assert record.links.code
        assert record.year is not None and record.year >= 2023


def test_four_papers_are_ticked_compared_and_cited(
    page: Any, real_url: str, real: Catalog, tmp_path: Path
) -> None:
    opened(page, real_url + "browse/?task=anomaly-detection")
    chosen = ids(page)[:4]
    for tick in page.locator(".paper__tick").all()[:4]:
        tick.check()
    page.reload()
    page.locator("[data-ready]").wait_for()
    assert page.locator(".tray__count").text_content() == "4 ticked"
    page.locator(".tray__compare").click()
    page.wait_for_url("**/compare/?id=*")
    page.locator("[data-ready]").wait_for()
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


@pytest.mark.parametrize(("form", "starts"), [("RIS", "TY  - "), ("CSV", "id,title,")])
def test_the_view_is_taken_along(form: str, starts: str, page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/?task=registration")
    count = len(ids(page))

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
    opened(page, real_url + "browse/?task=anomaly-detection&sort=-year")
    listed = ids(page)
    page.locator(".paper__title a").nth(1).click()

    assert page.locator("[data-along-list]").text_content() == f"Your list, 2 of {len(listed)}"
    page.get_by_role("link", name="Next").click()
    page.wait_for_url(f"**/papers/{listed[2]}/")
    page.locator("[data-along-list]").click()
    page.locator("[data-ready]").wait_for()
    assert ids(page) == listed


def test_a_record_leads_on_past_what_the_list_had_fetched(
    page: Any, real_url: str, real: Catalog
) -> None:
    query = Query.from_address("kind=method&sort=-year", real.taxonomy)
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

    page.get_by_role("button", name="Print the whole list").click()
    page.locator("[data-printed]").wait_for()

    count = int((page.locator(".browse__count").text_content() or "").split()[0])
    assert page.locator(".results article").count() == count
    places = page.locator(".results article").evaluate_all("all => all.map(a => a.ariaPosInSet)")
    assert places == [str(place + 1) for place in range(count)]


def test_the_keyboard_alone_filters_and_opens(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.type("adaclip")
    page.wait_for_url("**q=adaclip")
    page.keyboard.press("Shift+Tab")
    for _ in range(200):
        page.keyboard.press("Tab")
        if (page.evaluate("document.activeElement.href") or "").endswith("papers/adaclip/"):
            break
    page.keyboard.press("Enter")

    page.wait_for_url("**/papers/adaclip/")


def test_without_scripts_terms_and_pairs_are_reached(
    browser: Any, real_url: str, real: Catalog
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(real_url + "browse/")
    assert page.locator(".results article.paper").count() == len(real)
    page.locator("[data-field=task]").get_by_role("link", name="Segmentation").click()
    page.locator(".partners").get_by_role("link", name=re.compile("^Prompt learning")).click()

    expected = Query.from_address(
        "learning_strategy=prompt-learning&task=segmentation", real.taxonomy
    )
    assert page.locator("article.paper").count() == len(expected.apply(real))
    context.close()


def test_without_its_data_the_page_is_what_it_is_without_scripts(
    page: Any, real_url: str, real: Catalog
) -> None:
    page.route("**/core.json*", lambda route: route.abort())
    page.goto(real_url + "browse/", wait_until="networkidle")

    assert page.locator(".results article.paper").count() == len(real)
    assert page.locator("[data-field=task]").get_by_role("link", name="Segmentation").is_visible()
    assert not page.locator("#words").is_visible()


def test_the_page_names_all_modules_that_it_needs(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/")
    modules = {url for url in page.requests if "/assets/browse/" in url}
    named = page.locator("link[rel=modulepreload]").evaluate_all("all => all.map(a => a.href)")

    assert {*named, f"{real_url}assets/browse/main.js"} == modules
    assert len(page.requests) == len(set(page.requests))


def test_what_cannot_be_fetched_is_said(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/")
    page.route("**/cards-*.json*", lambda route: route.abort())
    page.locator("#sort").select_option("-title")

    told = page.locator(".results__failed")
    told.wait_for()
    assert "could not be fetched" in (told.text_content() or "")
    page.unroute("**/cards-*.json*")
    page.locator("#sort").select_option("-year")
    told.wait_for(state="detached")
    assert ids(page)
