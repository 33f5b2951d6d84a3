"""What readers come for, and in how many clicks they get there from the home page."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.site.browse import ids, settle
from vlm_survey import Catalog, Query

pytestmark = pytest.mark.browser


class Reader:
    """Somebody who uses the mouse; counts the clicks."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.clicks = 0

    def click(self, target: Any) -> None:
        self.clicks += 1
        target.click()


def select(page: Any, record: Catalog, query: str) -> None:
    settle(page)
    expected = [found.id for found in Query.from_address(query, record).apply(record)]
    assert ids(page) == expected


def test_prompt_learning_for_segmentation_with_code_since_2023(
    page: Any, real_url: str, real: Catalog
) -> None:
    page.goto(real_url)
    reader = Reader(page)
    row = page.locator(".home__matrix tbody tr", has_text="Segmentation")
    reader.click(row.get_by_role("link", name=re.compile("Prompt learning")))
    reader.click(page.get_by_role("link", name="Filter these papers"))
    page.wait_for_url("**/browse/?*")
    settle(page)
    reader.click(page.locator("[data-field=has] [data-value=code] input"))
    page.wait_for_url("**has=code*")
    reader.clicks += 1
    page.get_by_label("From year").fill("2023")
    page.wait_for_url("**year=2023..*")

    select(page, real, "learning_strategy=prompt-learning&task=segmentation&has=code&year=2023..")
    assert reader.clicks <= 4


def test_built_on_clip_in_pathology(page: Any, real_url: str, real: Catalog) -> None:
    page.goto(real_url)
    reader = Reader(page)
    reader.click(page.locator(".home__ways").get_by_role("link", name=re.compile("^CLIP")))
    page.wait_for_url("**/papers/clip/")
    reader.click(page.get_by_role("link", name=re.compile(r"^\d+ papers$")))
    page.wait_for_url("**/browse/?builds_on=clip")
    settle(page)
    reader.click(page.locator("[data-field=modality] [data-value=pathology] input"))
    page.wait_for_url("**modality=pathology*")

    select(page, real, "builds_on=clip&modality=pathology")
    assert reader.clicks <= 3


def test_compare_four_papers_and_export_them(page: Any, real_url: str) -> None:
    page.goto(real_url)
    reader = Reader(page)
    reader.click(page.locator(".tabs").get_by_role("link", name="Browse", exact=True))
    page.wait_for_url("**/browse/")
    settle(page)
    for tick in page.locator(".paper__tick").all()[:4]:
        reader.click(tick)
    reader.click(page.locator(".tray__compare"))
    page.wait_for_url("**/compare/?id=*")
    page.locator("[data-ready]").wait_for()
    with page.expect_download() as waiting:
        reader.click(page.get_by_role("button", name="BibTeX", exact=True))

    assert len(re.findall("^@", Path(waiting.value.path()).read_text("utf-8"), re.M)) == 4
    assert reader.clicks <= 7


def test_a_paper_that_is_typed_is_one_click_away(page: Any, real_url: str) -> None:
    page.goto(real_url)
    page.locator("#hero-words").fill("arxiv.org/abs/2307.15189")
    page.keyboard.press("Enter")
    page.wait_for_url("**/browse/?q=*")
    settle(page)

    expect(page.locator(".results article")).to_have_count(1)
    page.locator(".results .paper__title a").click()
    page.wait_for_url("**/papers/med-flamingo/")
