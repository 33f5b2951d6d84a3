"""The site in a real browser."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.site.browse import settle
from vlm_survey import Catalog
from vlm_survey.views.browse import FIRST

pytestmark = pytest.mark.browser


LOOK_UPS = [
    ("Training a Large Language-and-Vision Assistant", "papers/llava-med/"),
    ("Radford transferable", "papers/clip/"),
    ("BiomedCLIP fifteen", "papers/biomedclip/"),
    ("AdaCLIP", "papers/adaclip/"),
]


@pytest.mark.parametrize(("words", "path"), LOOK_UPS)
def test_the_headers_search_finds_a_paper(words: str, path: str, page: Any, real_url: str) -> None:
    page.goto(real_url + "about/")
    page.locator("#header-words").fill(words)
    page.keyboard.press("Enter")
    page.locator("[data-ready]").wait_for()
    page.locator(f'.paper__title a[href$="{path}"]').click()

    page.wait_for_url(f"**/{path}")
    assert page.complaints == []


def test_nothing_is_asked_of_another_host(page: Any, real_url: str) -> None:
    for path in (
        "",
        "browse/",
        "terms/",
        "papers/clip/",
        "terms/task/vqa/",
        "matrix/",
        "trends/",
        "lineage/",
        "compare/?id=clip",
        "submit/",
        "about/",
        "fields/",
        "404.html",
    ):
        page.goto(real_url + path, wait_until="networkidle")

    host = real_url.removesuffix("/catalog/")
    assert [url for url in page.requests if not url.startswith((host, "data:", "blob:"))] == []
    assert page.complaints == []


def test_the_keyboard_leads_from_home_to_a_paper(page: Any, real_url: str) -> None:
    page.goto(real_url)
    page.keyboard.press("Tab")
    assert "md-skip" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    for _ in range(80):
        page.keyboard.press("Tab")
        if (page.evaluate("document.activeElement.href") or "").endswith("/terms/task/vqa/"):
            break
    page.keyboard.press("Enter")

    page.wait_for_url("**/terms/task/vqa/")
    assert page.locator("h1").text_content() == "Visual question answering"


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "browse/",
        "browse/?view=table",
        "terms/",
        "papers/sat/",
        "terms/task/segmentation/",
        "fields/",
        "matrix/",
        "trends/",
        "lineage/",
        "authors/",
        "compare/?id=clip&id=adaclip",
        "submit/",
    ],
)
def test_no_page_is_wider_than_the_window(path: str, width: int, page: Any, real_url: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(real_url + path)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_paper_can_be_read_without_scripts(
    browser: Any, real_url: str, real: Catalog
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(real_url + "browse/")

    assert page.locator("article.paper").count() == FIRST
    page.get_by_role("link", name="year", exact=True).last.click()
    page.get_by_role("link", name="2021", exact=True).first.click()
    page.locator('a[href="../../papers/clip/"]').first.click()
    expect(page.locator("h1")).to_have_text(real["clip"].title)
    context.close()


_CONTRASTS = """selector => {
    const parts = color => color.match(/[\\d.]+/g).map(Number);
    const luminance = color => parts(color).slice(0, 3)
        .map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const background = node => {
        const color = getComputedStyle(node).backgroundColor;
        return parts(color)[3] === 0 ? background(node.parentElement) : color;
    };
    const mixed = (color, under, share) => `rgb(${parts(under).slice(0, 3)
        .map((part, index) => part + share * (parts(color)[index] - part))})`;
    return [...document.querySelectorAll(selector)].map(node => {
        const { color, opacity } = getComputedStyle(node);
        const under = background(node);
        const seen = mixed(color, under, opacity * (parts(color)[3] ?? 1));
        const pair = [luminance(seen), luminance(under)];
        return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    });
}"""
"""Contrast of the text of some elements with what lies behind it (WCAG 2.2, 1.4.3)."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_buttons_can_be_read(scheme: str, page: Any, real_url: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(real_url + "papers/clip/", wait_until="networkidle")
    contrasts = page.evaluate(_CONTRASTS, ".actions a")

    assert len(contrasts) > 1
    assert min(contrasts) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_filters_that_lead_to_nothing_can_be_read(scheme: str, page: Any, real_url: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(real_url + "browse/?task=registration&has=weights")
    settle(page)
    contrasts = page.evaluate(_CONTRASTS, ".choice--none :is(.choice__name, .count)")

    assert len(contrasts) > 1
    assert min(contrasts) >= 4.5


@pytest.mark.parametrize(
    "path",
    ["papers/biomedclip/", "browse/", "compare/?id=clip&id=flair", "terms/task/vqa/"],
)
def test_paper_is_light_in_the_dark_too(path: str, page: Any, real_url: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(real_url + path, wait_until="networkidle")
    texts = ".md-content :is(h1, h2, p, a, dt, dd, th, td, .chip, .soft, .facts, .evidence)"
    contrasts = page.evaluate(_CONTRASTS, f"{texts}:not(.headerlink)")

    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert len(contrasts) > 1
    assert min(contrasts) >= 4.5


@pytest.mark.parametrize(
    "path",
    [
        "browse/?view=table&task=segmentation",
        "compare/?id=clip&id=flair&id=biomedclip&id=chexagent",
    ],
)
def test_tables_fit_on_paper(path: str, page: Any, real_url: str) -> None:
    """Upright A4 within its margins."""
    width = 680
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(real_url + path)
    page.locator("[data-ready]").wait_for()
    page.emulate_media(media="print")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    table = page.locator(".papers-table__table").bounding_box()
    assert table["x"] + table["width"] <= width
    assert page.locator(":is(.take__actions, .compare__remove, .paper__tick):visible").count() == 0


def test_all_authors_are_printed(page: Any, real_url: str, real: Catalog) -> None:
    page.goto(real_url + "papers/biomedclip/")
    last = page.get_by_role("link", name=real["biomedclip"].authors[-1].display)
    expect(last).not_to_be_visible()
    page.emulate_media(media="print")

    expect(last).to_be_visible()


def test_what_opens_the_other_authors_stands_in_line(page: Any, real_url: str) -> None:
    page.goto(real_url + "papers/biomedclip/")
    byline = page.locator("p.byline").bounding_box()

    assert page.locator("details.byline > summary").bounding_box()["x"] >= byline["x"]


def test_the_switch_of_colours_says_what_is_shown(page: Any, real_url: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(real_url + "about/")
    switch = page.get_by_role("button", name="Dark colours")
    expect(switch).to_have_attribute("aria-pressed", "false")
    page.emulate_media(color_scheme="dark")
    expect(switch).to_have_attribute("aria-pressed", "true")

    # As it is when the reader comes back from a page where she chose.
    page.evaluate(
        """() => {
            localStorage.setItem("catalog-scheme", "default");
            dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        }"""
    )

    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_a_citation_copied_twice_is_copied_again(page: Any, real_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.clock.install()
    page.goto(real_url + "papers/clip/")
    button = page.locator("[data-copy]").first
    for _ in range(2):
        button.click()
        expect(button).to_have_text("Copied")
    page.clock.run_for(60_000)

    expect(button).to_have_text("Copy BibTeX")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(f"#{button.get_attribute('data-copy')}").text_content()


@pytest.mark.parametrize(("suffix", "starts"), [("bib", "@"), ("ris", "TY  - ")])
def test_a_citation_is_downloaded_from_a_record(
    suffix: str, starts: str, page: Any, small_url: str
) -> None:
    page.goto(small_url + "papers/clip/")
    with page.expect_download() as waiting:
        page.locator(f"[download='clip.{suffix}']").click()

    assert Path(waiting.value.path()).read_text(encoding="utf-8").startswith(starts)
    assert waiting.value.suggested_filename == f"clip.{suffix}"
    assert page.complaints == []


def test_a_printed_record_keeps_its_links(page: Any, small_url: str) -> None:
    """BibTeX is printed if the reader opened it."""
    page.goto(small_url + "papers/clip/")
    page.emulate_media(media="print")
    links = page.locator("#facts + dl .outward:visible")
    printed = "node => getComputedStyle(node, '::after').content"

    assert page.locator(".actions").is_hidden()
    assert links.count() > 2
    for link in links.all():
        assert link.get_attribute("href") in link.evaluate(printed)
    assert page.locator("details.cite:visible").count() == 0
    page.locator("details.cite").first.evaluate("node => { node.open = true; }")
    expect(page.locator("#cite-bibtex")).to_be_visible()


def test_a_browser_that_refuses_to_copy_is_named(page: Any, real_url: str) -> None:
    page.goto(real_url + "papers/clip/")
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw 0; }; }")
    button = page.locator("[data-copy]").first
    button.click()

    expect(button).to_have_text("The browser refuses to copy.")
    assert page.complaints == []


def test_years_are_seen_in_the_systems_own_colours(page: Any, real_url: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(real_url + "browse/?year=2023..")
    settle(page)
    paint = "node => getComputedStyle(node).backgroundColor"
    colours = {
        page.locator(f".brush__bar[data-year='{year}'] i").evaluate(paint) for year in (2021, 2024)
    }

    assert len(colours) == 2
    assert page.locator("body").evaluate(paint) not in colours


def test_the_current_tab_is_in_sight_on_a_phone(page: Any, real_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    for path in ("maintain/", "python/", "browse/"):
        page.goto(real_url + path)
        for tab in page.locator(".tabs [aria-current]").all():
            box = tab.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 360


@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_all_pages_begin_at_the_same_left_edge(width: int, page: Any, small_url: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    edges = set()
    for path in ("", "browse/", "about/", "api/", "years/2024/", "papers/clip/", "404.html"):
        page.goto(small_url + path)
        edges.add(page.locator("h1").first.bounding_box()["x"])
        edges.add(page.locator(".header__home").bounding_box()["x"])

    assert len(edges) == 1


def test_a_phone_shows_the_short_name_and_a_link_to_the_search(page: Any, small_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{small_url}papers/clip/")

    expect(page.locator(".header__short")).to_be_visible()
    expect(page.locator(".header__long")).to_be_hidden()
    find = page.get_by_role("link", name="Search papers")
    box = find.bounding_box()
    assert box["width"] >= 24 and box["height"] >= 24
    find.click()
    page.wait_for_url(f"{small_url}browse/")


def test_the_page_for_missing_pages_searches(page: Any, small_url: str) -> None:
    page.goto(f"{small_url}404.html")
    page.get_by_role("searchbox").fill("prompts")
    page.keyboard.press("Enter")

    page.wait_for_url(f"{small_url}browse/?q=prompts")


def test_an_old_address_leads_to_the_record(page: Any, small_url: str) -> None:
    page.goto(f"{small_url}papers/contrastive-pretraining/")
    page.wait_for_url(f"{small_url}papers/clip/")

    assert page.locator("h1").inner_text().startswith("Learning Transferable")
