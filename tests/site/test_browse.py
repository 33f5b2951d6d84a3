"""The filtered list in a real browser: the same grammar as the command line, and a reader's stories."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.search.test_search import QUERIES, fulfils
from tests.site.browse import ids, opened, settle
from tests.views.test_query import CASES
from vlm_survey import Catalog, Query
from vlm_survey.views.browse import FIRST

pytestmark = pytest.mark.browser


@pytest.fixture
def small_page(page: Any, small_url: str) -> Any:
    return opened(page, small_url + "browse/")


_RUN_CASE = """async query => {
    const { parseQuery, printQuery } = await import("../assets/browse/grammar.js");
    const { Catalog } = await import("../assets/browse/catalog.js");
    const page = document.querySelector(".browse");
    const catalog = await Catalog.load(page.dataset.data, page.dataset.version);
    const { query: parsed, problems } = parseQuery(query, catalog.known, catalog.former);
    const { positions } = await catalog.select(parsed, await catalog.search.find(parsed.text));
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


def test_the_browser_ranks_as_the_command_line_does(
    page: Any, real_url: str, real: Catalog
) -> None:
    opened(page, real_url + "browse/")
    for case in QUERIES:
        query = Query(text=case["query"])
        found = page.evaluate(_RUN_CASE, str(query))["ids"]

        assert found == [record.id for record in query.apply(real)], case
        assert fulfils(case, found, real), case


REAL_QUERIES = [
    "learning_strategy=prompt-learning&task=segmentation&year=2023..&has=code",
    "task=vqa&task=report-generation&kind=!evaluation&sort=-year",
    "modality=!multi&domain=medical&q=radiology+report",
    "builds_on=clip&modality=pathology",
    "q=Wang+2024",
    "q=retreival&sort=added",
    "venue=miccai&venue=tmi&sort=-title&view=table",
    "status=imported",
]


@pytest.mark.parametrize("query", REAL_QUERIES)
def test_the_page_lists_what_the_command_line_does(
    query: str, page: Any, real_url: str, real: Catalog
) -> None:
    expected = [record.id for record in Query.from_address(query, real).apply(real)]

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
    page.locator("#sort").select_option("-added")
    asked = ids(page)
    page.locator("[data-field=task] [data-value=vqa] input").press("-")
    expect(page).to_have_url(re.compile(r"\?task=(!|%21)vqa&sort=-added$"))
    assert not set(asked) & set(ids(page))

    page.go_back()

    assert ids(page) == asked
    page.reload()
    assert ids(page) == asked
    assert page.locator("[data-field=task] [data-value=vqa] input").is_checked()
    assert page.locator("#sort").input_value() == "-added"


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
    page.wait_for_url("**/browse/?learning_strategy=*&q=clip")

    expect(words).to_have_value("clip")
    expect(words).to_be_focused()
    page.go_forward()
    expect(words).not_to_have_value("clip")


def test_back_leads_over_what_was_typed_or_slid_at_once(page: Any, real_url: str) -> None:
    """What was done before stays a step of its own."""
    opened(page, real_url + "browse/")
    page.locator("[data-field=task] [data-value=vqa] input").check()
    page.wait_for_url("**/browse/?task=vqa")
    words = page.locator("#words")
    for typed in ("c", "ch", "chest"):
        words.fill(typed)
        page.wait_for_url(f"**?task=vqa&q={typed}")
    for year in ("2022", "2023"):
        page.get_by_label("From year").fill(year)
        page.wait_for_url(f"**&year={year}..")

    for address in ("?task=vqa&q=chest", "?task=vqa", ""):
        page.go_back()
        page.wait_for_url(f"{real_url}browse/{address}")
        settle(page)
    page.go_forward()
    page.wait_for_url("**/browse/?task=vqa")
    words.fill("chest")

    page.wait_for_url("**?task=vqa&q=chest")
    page.go_back()
    page.wait_for_url("**/browse/?task=vqa")


def test_a_filter_is_removed_where_it_is_named(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/?task=vqa&has=code&year=2024&q=chest")

    for name in ("Remove Task: Visual question answering", "Remove 2024", "Remove “chest”"):
        page.get_by_role("button", name=name).click()

    expect(page).to_have_url(re.compile(r"\?has=code$"))


def test_an_empty_result_says_which_filter_to_drop(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/?task=registration&has=weights")
    assert page.locator(".browse__count").text_content().startswith("0 of")
    way = page.get_by_role("button", name="Without Available: Weights")
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

    note = page.locator(".browse__note")
    expect(note).to_contain_text("Showing results for “segmentation”")
    assert len(ids(page)) > 10
    note.get_by_role("button").click()
    expect(page.locator("#words")).to_have_value('"segmnetation"')
    expect(page.locator(".browse__count")).to_have_text(re.compile("^0 of"))


def test_the_query_stays_as_it_was_written(page: Any, real_url: str) -> None:
    written = 'zero-shot X-ray "report generation" 2024'
    page.goto(real_url)
    page.locator("#hero-words").fill(written)
    page.keyboard.press("Enter")
    page.wait_for_url("**/browse/?q=*")
    settle(page)
    expect(page.locator("#words")).to_have_value(written)

    page.locator("[data-field=task] input").first.check()
    page.wait_for_url("**task=*")
    page.reload()
    settle(page)

    expect(page.locator("#words")).to_have_value(written)


def test_a_person_is_offered_and_a_model_is_not_replaced(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/?q=Langlotzz")
    note = page.locator(".browse__note")
    expect(note).to_contain_text("Did you mean")
    note.get_by_role("button").click()
    settle(page)
    assert ids(page)

    opened(page, real_url + "browse/?q=Med-PaLM")
    expect(page.locator(".browse__count")).to_have_text(re.compile("^0 of"))


def test_the_results_are_reached_by_one_link(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/")
    page.get_by_role("link", name="Skip to results").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('#results') !== null")


def test_more_papers_come_by_button_and_the_footer_is_reachable(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/")
    shown = page.locator(".results article")
    page.locator(".md-footer").scroll_into_view_if_needed()
    expect(page.locator(".md-footer")).to_be_in_viewport()
    expect(shown).to_have_count(20)

    page.get_by_role("button", name=re.compile("^Show 20 more")).click()

    expect(shown).to_have_count(40)


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


@pytest.mark.parametrize(
    ("start", "beyond", "years"), [(2021, -30, "..2021"), (2022, 30, "2022..")]
)
def test_a_drag_past_an_end_leaves_that_end_open(
    start: int, beyond: int, years: str, page: Any, real_url: str
) -> None:
    opened(page, real_url + "browse/")
    page.locator(".brush").scroll_into_view_if_needed()
    bar = page.locator(f".brush__bar[data-year='{start}']").bounding_box()
    chart = page.locator(".brush").bounding_box()
    page.mouse.move(bar["x"] + 3, bar["y"] + 3)
    page.mouse.down()
    edge = chart["x"] + (chart["width"] if beyond > 0 else 0)
    page.mouse.move(edge + beyond, chart["y"] + chart["height"] + 20)
    page.mouse.up()

    page.wait_for_url(f"**/browse/?year={years}")


def test_a_drag_that_the_browser_takes_over_chooses_nothing(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/")
    page.evaluate(
        """() => {
            const bars = document.querySelector(".brush");
            const at = (year) => bars.querySelector(`[data-year="${year}"]`).getBoundingClientRect();
            bars.setPointerCapture = () => {};
            const tell = (kind, year) =>
                bars.dispatchEvent(new PointerEvent(kind, { clientX: at(year).left + 3 }));
            tell("pointerdown", 2021);
            tell("pointercancel", 2022);
            tell("pointerup", 2022);
            tell("pointerdown", 2023);
            tell("pointerup", 2024);
        }"""
    )

    page.wait_for_url("**/browse/?year=2023..2024")
    assert page.evaluate("history.length") == 3


def test_the_keyboard_stays_where_a_filter_was_removed(page: Any, real_url: str) -> None:
    opened(page, real_url + "browse/?task=vqa&kind=method&q=image")
    page.get_by_role("button", name="Remove Type: Method").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove Task")).to_be_focused()
    page.get_by_role("button", name="Clear all").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_focused()

    opened(page, real_url + "browse/?task=registration&has=weights")
    page.get_by_role("button", name="Without Available: Weights").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/browse/?task=registration")
    expect(page.locator(".browse__count")).to_be_focused()


@pytest.mark.parametrize("signs", ["%", "🙂", "-"])
def test_signs_alone_are_not_searched_for(signs: str, page: Any, real_url: str) -> None:
    told = page.locator(".browse__note")
    page.goto(real_url + "about/")
    page.locator("#header-words").fill(signs)
    page.keyboard.press("Enter")
    expect(told).to_have_text(f"“{signs}” has no word to search for.")

    page.locator("#words").fill("clip")
    expect(told).to_be_hidden()
    page.locator("#words").fill(signs)
    expect(told).to_contain_text("no word to search for")


def test_the_question_of_the_catalog_is_answered_and_shared(
    page: Any, browser: Any, real_url: str, real: Catalog
) -> None:
    """Which papers adapt a VLM by prompts for segmentation, with code, since 2023?"""
    page.goto(real_url)
    page.locator(".tabs").get_by_role("link", name="Browse", exact=True).click()
    page.wait_for_url("**/browse/")
    settle(page)
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
    assert page.locator(".results article.paper").count() == FIRST
    page.locator("[data-field=task]").get_by_role("link", name="Segmentation").click()
    page.locator(".partners").get_by_role("link", name=re.compile("^Prompt learning")).click()
    page.wait_for_url("**/terms/learning_strategy/prompt-learning/task/segmentation/")

    expected = Query.from_address("learning_strategy=prompt-learning&task=segmentation", real)
    expect(page.locator("article.paper")).to_have_count(len(expected.apply(real)))
    context.close()


def test_without_its_data_the_page_is_what_it_is_without_scripts(page: Any, real_url: str) -> None:
    page.route("**/core.json*", lambda route: route.abort())
    page.goto(real_url + "browse/", wait_until="networkidle")

    assert page.locator(".results article.paper").count() == FIRST
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
    expect(told).to_contain_text("could not be loaded")
    page.unroute("**/cards-*.json*")
    page.locator("#sort").select_option("-year")
    told.wait_for(state="detached")
    assert ids(page)
