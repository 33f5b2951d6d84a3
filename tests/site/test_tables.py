"""Tables and charts in a real browser: whole, or visibly cut, on every window and on paper."""

from typing import Any

import pytest

from vlm_survey import Catalog
from vlm_survey.urls import matrix_url
from vlm_survey.views.matrix import choices

pytestmark = pytest.mark.browser

FRAMES = """() => [...document.querySelectorAll(".scrolls")].map(frame => {
    frame.scrollLeft = 0;
    const right = frame.getBoundingClientRect().right;
    const fade = getComputedStyle(frame, "::after");
    return {
        cut: frame.querySelector("table").getBoundingClientRect().right > right + 0.5,
        fades: fade.position === "sticky" && fade.backgroundImage.includes("gradient"),
        wide: frame.scrollWidth > frame.clientWidth,
    };
})"""


@pytest.mark.parametrize("width", [1280, 1920])
def test_every_matrix_fits_a_large_window(
    width: int, page: Any, real_url: str, real: Catalog
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("", "matrix/", "trends/", *(matrix_url(*facets) for facets in choices(real))):
        page.goto(real_url + path)
        for button in page.locator(".twin summary").all():
            button.click()
        frames = page.evaluate(FRAMES)
        assert frames and not any(frame["cut"] or frame["wide"] for frame in frames), path


def test_the_homes_matrix_fits_a_phone(page: Any, real_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(real_url)

    (frame,) = page.evaluate(FRAMES)
    assert not frame["wide"]


def test_a_cut_table_fades_and_keeps_its_names(page: Any, real_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(real_url + "matrix/")
    (frame,) = page.evaluate(FRAMES)
    assert frame["cut"] and frame["fades"]

    corner, name, head = (
        page.locator(f".matrix {cell}").first
        for cell in ("thead td", "tbody th", "thead th:last-child")
    )
    before = name.bounding_box(), corner.bounding_box()
    page.evaluate("document.querySelector('.scrolls').scrollTo(9999, 9999)")
    page.wait_for_timeout(100)
    frame_box = page.locator(".scrolls").bounding_box()
    assert corner.bounding_box() == {**before[1], "y": frame_box["y"]}
    assert name.bounding_box()["x"] == before[0]["x"]
    assert head.bounding_box()["y"] == frame_box["y"]
    # At its end the fade covers no cell.
    assert head.bounding_box()["x"] + head.bounding_box()["width"] <= frame_box["x"] + frame_box["width"] - 20  # fmt: skip


@pytest.mark.parametrize("path", ["matrix/", "matrix/adaptation_strategy/task/modality/"])
def test_a_matrix_is_printed_whole(path: str, page: Any, real_url: str) -> None:
    # A4 without its margins.
    page.set_viewport_size({"width": 680, "height": 1000})
    page.goto(real_url + path)
    page.emulate_media(media="print")

    assert page.evaluate(
        """() => [...document.querySelectorAll(".matrix")].every(table =>
            table.getBoundingClientRect().right <= innerWidth
            && getComputedStyle(table.parentElement).overflow === "visible")"""
    )


def test_empty_cells_tell_a_search_from_none(page: Any, real_url: str) -> None:
    page.goto(real_url + "matrix/learning_strategy/task/")
    searched = page.locator("td.searched").first

    assert searched.evaluate("cell => cell.textContent") == "0a"
    assert searched.locator("a").get_attribute("aria-label").startswith("0a, none: ")
    searched.locator("a").click()
    assert page.locator(":target").get_attribute("id") == "note-1"
    # Nothing is read out for each of the many cells that nobody has searched.
    assert page.locator("td.empty").first.aria_snapshot() == "- cell"
    assert page.locator(".matrix__legend").count() == 1


def test_trends_show_shares_or_numbers(page: Any, real_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(real_url + "trends/")
    share, count = page.locator(".charts .chart--share"), page.locator(".charts .chart--count")
    assert share.first.is_visible() and not count.first.is_visible()

    bar = share.first.locator("a").last
    bar.locator(".chart__reach").hover()
    said = bar.locator("text").last
    assert "%" in said.text_content() and said.evaluate("e => getComputedStyle(e).opacity") == "1"

    page.locator(".measure__count").check()
    assert count.first.is_visible() and not share.first.is_visible()
    assert page.evaluate(
        """() => [...document.querySelectorAll(".chart text")].every(text =>
            text.getClientRects().length === 0 || parseFloat(getComputedStyle(text).fontSize) >= 12
            && text.getScreenCTM().a === 1)"""
    )
    count.first.locator("a .chart__reach").last.click()
    page.wait_for_url("**/browse/?*year=*")


def test_papers_without_a_year_are_found(page: Any, real_url: str, real: Catalog) -> None:
    page.goto(real_url + "years/")
    page.get_by_role("link", name="Year not known").click()

    without = sum(record.year is None for record in real)
    assert page.locator("article.paper").count() == without
