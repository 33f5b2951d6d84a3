"""The filtered list, as the tests of it open and read it."""

from typing import Any

from playwright.sync_api import expect


def opened(page: Any, url: str) -> Any:
    """The page, once its scripts have done what its address asks for."""
    page.goto(url)
    settle(page)
    return page


def settle(page: Any) -> None:
    """Wait until the page shows what its address asks for."""
    asked = page.evaluate("location.search")
    expect(page.locator("[data-ready]")).to_have_attribute("data-ready", asked)


def ids(page: Any) -> list[str]:
    """The records in the list, in order, also those that are loaded on demand."""
    settle(page)
    links = page.locator(".results .paper__title a, .results tbody th a")
    count = int((page.locator(".browse__count").text_content() or "").split()[0])
    for _ in range(500):
        if links.count() == count:
            break
        page.evaluate("document.querySelector('.browse__more').click()")
        page.wait_for_timeout(20)
    assert links.count() == count
    hrefs = links.evaluate_all("all => all.map(a => a.href)")
    return [href.rstrip("/").rpartition("/")[2] for href in hrefs]
