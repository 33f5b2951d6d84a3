"""Every page of a site opened in Chromium: what ran, what was asked for, what is seen.

Pages are opened several at a time. One script looks at a whole page at once.
"""

import asyncio
import concurrent.futures
import dataclasses
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    async_playwright,
)

from tests.site.conftest import BROWSER_OPTIONS
from tests.tools import chromium

AT_ONCE = 6

WATCH = """
window.ran = [];
Object.defineProperty(window, "pwned", {set: (number) => window.ran.push(number), get: () => undefined});
addEventListener("securitypolicyviolation", (event) => window.ran.push(`policy: ${event.blockedURI} ${event.sample}`));
"""
"""Runs before anything of a page."""

LOOK = """() => {
  const all = [...document.querySelectorAll("*")];
  const counts = (nodes, name) => nodes.reduce((found, node) => (found[name(node)] = (found[name(node)] ?? 0) + 1, found), {});
  // What scripts give the style sheet of their own are the heights of bars, and how many papers are compared.
  const isOurStyle = (node) => node.localName === "i" || /^--papers: \\d+;$/.test(node.getAttribute("style"));
  const landmarks = "header, nav, main, footer, aside, article#content, [role=search], [role=region], h1, h2, h3, h4, h5, h6";
  return {
    ran: window.ran,
    odd: all.flatMap((node) => node.getAttributeNames()
      .filter((name) => /^(on.*|srcdoc)$/.test(name) || (name === "style" && !isOurStyle(node))
        || (/^(href|src|action|formaction|data|content)$/.test(name) && /^\\s*(javascript|vbscript|data:text)/i.test(node.getAttribute(name)) && node.localName !== "meta"))
      .map((name) => `${node.localName} ${name}=${node.getAttribute(name)}`)),
    loaded: all.filter((node) => ["script", "iframe", "object", "embed", "base", "frame", "img", "video", "audio", "style", "portal"].includes(node.localName))
      .map((node) => `${node.localName} ${node.getAttribute("src") ?? node.getAttribute("type") ?? ""}`).sort(),
    // Which papers are akin, which comes first by title, and what the survey's list says otherwise, follows from the words.
    elements: counts(all.filter((node) => !node.closest(".related, .along a, #survey + p")), (node) => node.localName),
    landmarks: [...document.querySelectorAll(landmarks)].map((node) => node.localName + (node.getAttribute("role") ?? "")),
    title: document.title,
    metas: Object.fromEntries([...document.querySelectorAll("meta[name], meta[property]")].map((node) => [node.getAttribute("name") ?? node.getAttribute("property"), node.content])),
    // A control is its text; what only screen readers meet counts as well.
    seen: [...new Set(all.filter((node) => !["script", "style", "html", "body", "head"].includes(node.localName)).map((node) => node.textContent.trim()))].filter((text) => text.length < 1000),
    told: [...new Set(all.flatMap((node) => ["title", "aria-label", "value", "placeholder"].map((name) => node.getAttribute(name)).filter(Boolean)))],
  };
}"""


@dataclasses.dataclass
class Seen:
    """What one page came to."""

    path: str
    page: dict[str, Any]
    complaints: list[str]
    requests: list[str]

    def faults(self, host: str) -> list[str]:
        """Whatever ran or was asked of another host."""
        foreign = [url for url in self.requests if not url.startswith((host, "data:", "blob:"))]
        found = [*self.page["ran"], *self.page["odd"], *self.complaints, *foreign]
        return [f"{self.path}: {fault}" for fault in found]


Steps = Callable[[Page], Awaitable[None]]
"""What a reader does on a page before it is looked at."""


def look_at(root: str, paths: Iterable[str], steps: Steps | None = None) -> list[Seen]:
    """Open each of the pages below the address `root`, several at once."""
    # In a thread of its own: in this one the browser of other tests may wait.
    with concurrent.futures.ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, _look_at(root, list(paths), steps)).result()


async def _look_at(root: str, paths: list[str], steps: Steps | None) -> list[Seen]:
    waiting = iter(paths)
    seen: list[Seen] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=BROWSER_OPTIONS)
        await asyncio.gather(
            *(_reader(browser, root, waiting, steps, seen) for _ in range(AT_ONCE))
        )
        await browser.close()
    return seen


async def _reader(
    browser: Browser, root: str, waiting: Iterable[str], steps: Steps | None, seen: list[Seen]
) -> None:
    context = await browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    await context.add_init_script(WATCH)
    for path in waiting:
        one = await _opened(context, root, path, steps)
        seen.append(one)
    await context.close()


async def _opened(context: BrowserContext, root: str, path: str, steps: Steps | None) -> Seen:
    page = await context.new_page()
    complaints: list[str] = []
    requests: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    async def dismiss(dialog: Any) -> None:
        complaints.append(f"dialog: {dialog.message}")
        await dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", told)
    page.on("request", lambda request: requests.append(request.url))
    page.on("popup", lambda popup: complaints.append(f"popup: {popup.url}"))
    await page.goto(root + path)
    if steps:
        await steps(page)
    looked = await _looked(page)
    await page.close()
    return Seen(path, looked, complaints, requests)


async def _looked(page: Page) -> dict[str, Any]:
    while True:
        try:
            found: dict[str, Any] = await page.evaluate(LOOK)
        except Error as error:
            # An old address leads on at once, while the page is looked at: what it leads to counts.
            if "navigation" not in str(error):
                raise
            await page.wait_for_load_state()
        else:
            return found
