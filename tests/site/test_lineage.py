"""The drawing of the lineage in a real browser."""

import itertools
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.site.test_browser import _CONTRASTS
from vlm_survey import Catalog
from vlm_survey.views.lineage import linked_papers

pytestmark = pytest.mark.browser

PAPER = ".lineage__paper"


def drawn(page: Any) -> set[str]:
    page.locator(f"{PAPER}[tabindex='0']").wait_for()
    return set(page.locator(PAPER).evaluate_all("all => all.map(node => node.dataset.id)"))


def on(catalog: Catalog, base: str) -> set[str]:
    """All papers built on one, directly or indirectly."""
    children = catalog.built_on.get(base, ())
    return {*children}.union(*(on(catalog, child) for child in children))


def test_the_first_look_shows_what_others_build_on(page: Any, real_url: str, real: Catalog) -> None:
    page.goto(real_url + "lineage/")

    assert drawn(page) == set(real.built_on)
    clip = page.locator(f"{PAPER}[data-id=clip]")
    assert clip.locator("text").text_content() == f"CLIP {len(on(real, 'clip'))}"
    lines = sum(base in real.built_on for id_ in real.built_on for base in real[id_].builds_on)
    assert page.locator(".lineage__drawing path").count() == lines
    assert page.complaints == []


def test_years_go_from_left_to_right_and_size_is_the_number_built_on_it(
    page: Any, real_url: str, real: Catalog
) -> None:
    page.goto(real_url + "lineage/")
    marks = page.locator(PAPER).evaluate_all(
        """all => all.map(node => [node.dataset.id, ...["cx", "r"].map(name =>
            Number(node.querySelector("circle").getAttribute(name)))])"""
    )

    for (one, x, radius), (other, other_x, other_radius) in itertools.permutations(marks, 2):
        assert (real[one].year or 0) >= (real[other].year or 0) or x < other_x
        assert len(on(real, one)) <= len(on(real, other)) or radius > other_radius


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("query", ["", "?builds_on=clip", "?modality=x-ray", "?task=vqa"])
def test_no_label_lies_on_another(width: int, query: str, page: Any, real_url: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(real_url + "lineage/" + query)
    drawn(page)
    boxes = page.locator(f"{PAPER} text").evaluate_all(
        "all => all.map(node => node.getBoundingClientRect().toJSON())"
    )

    assert min(box["height"] for box in boxes) >= 11
    for one, other in itertools.combinations(boxes, 2):
        beside = one["right"] < other["left"] or other["right"] < one["left"]
        assert beside or one["bottom"] <= other["top"] + 3 or other["bottom"] <= one["top"] + 3


def test_filters_show_every_paper_and_stand_in_the_address(
    page: Any, real_url: str, real: Catalog
) -> None:
    page.goto(real_url + "lineage/")
    drawn(page)
    page.get_by_role("combobox", name="Modality").select_option("pathology")
    page.get_by_role("combobox", name="Base model").select_option("clip")

    assert page.url == real_url + "lineage/?modality=pathology&builds_on=clip"
    shown = drawn(page)
    matches = {i for i in on(real, "clip") if "pathology" in real[i].terms("modality")}
    assert matches < shown <= on(real, "clip") | {"clip"}
    context = page.locator(f"{PAPER}--context")
    assert set(context.evaluate_all("all => all.map(a => a.dataset.id)")) == shown - matches
    link = page.locator(".lineage__list")
    assert link.get_attribute("href") == "../browse/?modality=pathology&builds_on=clip"

    page.reload()
    assert drawn(page) == shown
    expect(page.get_by_role("combobox", name="Base model")).to_have_value("clip")
    page.get_by_role("button", name="Clear filters").click()
    page.wait_for_url(real_url + "lineage/")
    assert drawn(page) == set(real.built_on)
    assert page.complaints == []


def test_values_that_are_no_choice_are_ignored(page: Any, real_url: str, real: Catalog) -> None:
    page.goto(real_url + "lineage/?modality=nothing&builds_on=nobody&other=1")

    assert drawn(page) == set(real.built_on)


def test_the_drawing_is_one_stop_and_arrows_lead_along_it(
    page: Any, real_url: str, real: Catalog
) -> None:
    page.goto(real_url + "lineage/")
    drawn(page)
    focused = "document.activeElement.dataset.id"
    page.locator("[data-zoom='0']").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "clip"
    page.keyboard.press("ArrowRight")
    child = page.evaluate(focused)
    assert "clip" in real[child].builds_on
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(focused) == "clip"
    page.keyboard.press("End")
    last = page.evaluate(focused)
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) != last
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.lineage__drawing')") is None
    page.keyboard.press("Shift+Tab")
    first = page.evaluate(focused)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/papers/{first}/")


def test_a_paper_is_lit_with_what_it_builds_on_and_what_builds_on_it(
    page: Any, real_url: str, real: Catalog
) -> None:
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(real_url + "lineage/")
    shown = drawn(page)
    page.locator(f"{PAPER}[data-id=llava]").hover()
    lit = page.locator(f"{PAPER}.lineage__lit").evaluate_all("all => all.map(a => a.dataset.id)")

    assert set(lit) == {"llava", *real["llava"].builds_on, *on(real, "llava") & shown}
    about = page.locator(".lineage__about")
    expect(about.get_by_role("link", name=real["llava"].title)).to_be_visible()
    page.mouse.move(2, 2)
    expect(page.locator(".lineage__lit")).to_have_count(0)


def test_the_first_tap_tells_of_a_paper_and_the_second_opens_it(
    browser: Any, real_url: str
) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(real_url + "lineage/")
    clip = page.locator(f"{PAPER}[data-id=clip]")
    clip.tap()
    expect(page.locator(".lineage__about a")).to_have_attribute("href", f"{real_url}papers/clip/")
    assert page.url == real_url + "lineage/"
    clip.tap()
    page.wait_for_url("**/papers/clip/")
    context.close()


def test_a_phone_begins_at_the_paper_with_most_built_on_it(page: Any, real_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(real_url + "lineage/")
    drawn(page)
    frame = page.locator(".lineage__frame").bounding_box()
    clip = page.locator(f"{PAPER}[data-id=clip]").bounding_box()

    assert page.locator(".lineage__frame").evaluate("node => node.scrollLeft") > 0
    assert frame["x"] <= clip["x"]
    assert clip["x"] + clip["width"] <= frame["x"] + frame["width"]
    assert clip["height"] >= 24


def test_the_drawing_is_zoomed_and_dragged(page: Any, real_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(real_url + "lineage/")
    drawn(page)
    frame = page.locator(".lineage__frame")

    def width() -> float:
        return page.locator(".lineage__drawing").bounding_box()["width"]

    before = width()
    page.get_by_role("button", name="Zoom in").click()
    assert width() == pytest.approx(1.25 * before, abs=1)
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    page.mouse.move(box["x"] + 400, box["y"] + 200)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    page.wait_for_function(
        f"document.querySelector('.lineage__drawing').getBoundingClientRect().width > {1.3 * before}"
    )
    left = frame.evaluate("node => node.scrollLeft")
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 200, steps=4)
    page.mouse.up()
    assert frame.evaluate("node => node.scrollLeft") == pytest.approx(left + 100, abs=2)
    assert page.url == real_url + "lineage/"
    page.get_by_role("button", name="Reset").click()
    assert width() == pytest.approx(before, abs=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_can_be_seen(scheme: str, page: Any, real_url: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(real_url + "lineage/")
    drawn(page)
    stroke = page.locator(".lineage__drawing path").first.evaluate(
        "node => getComputedStyle(node).stroke"
    )
    page.locator(".lineage__frame").evaluate("(node, color) => (node.style.color = color)", stroke)

    assert page.evaluate(_CONTRASTS, ".lineage__frame")[0] >= 3


def test_the_text_stands_without_scripts(browser: Any, real_url: str, real: Catalog) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(real_url + "lineage/")

    expect(page.locator(".lineage")).to_be_hidden()
    ids = page.locator("[data-id]").evaluate_all("all => all.map(node => node.dataset.id)")
    assert set(ids) == {record.id for record in linked_papers(real)}
    page.locator("summary").first.click()
    expect(page.locator("#tree-clip > a")).to_be_visible()
    context.close()


def test_a_reference_opens_the_tree_that_it_leads_to(page: Any, real_url: str) -> None:
    page.goto(real_url + "lineage/")
    page.locator("details:has(a[href='#tree-llava']) > summary").first.click()
    page.locator("a[href='#tree-llava']").first.click()

    expect(page.locator("#tree-llava > a")).to_be_in_viewport()
