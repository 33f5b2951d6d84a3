"""Hostile texts in a real browser: nothing runs, nothing is asked of others, every text is seen as it is."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import SETTINGS, TITLES, hostile_catalog
from tests.site.escaping import Seen, look_at
from vlm_survey import Record
from vlm_survey.urls import dataset_url, record_url, term_url, venue_url
from vlm_survey.views.lists import authors

pytestmark = pytest.mark.browser

CATALOG = hostile_catalog()
WORDS = CATALOG.taxonomy


def on_record(record: Record) -> set[str]:
    """What the page of a record shows, each in an element or a hint of its own."""
    assert record.venue and record.kind and record.domain
    facets = WORDS.facets
    terms = [(facet, term) for facet, term, _ in record.all_tags()]
    return {
        record.title,
        record.name or "",
        record.summary or "",
        f"Note. {record.note}",
        *(name.display for name in record.authors),
        *(said or "" for _, _, said in record.all_tags()),
        *(facets[facet].name for facet in facets),
        *(facets[facet].definition for facet in facets),
        *(facets[facet].terms[term].name for facet, term in terms),
        *(facets[facet].terms[term].definition for facet, term in terms),
        WORDS.venues[record.venue].name,
        WORDS.kinds[record.kind].name,
        WORDS.domains[record.domain].name,
        *record.sources,
        *(WORDS.datasets[dataset].name for dataset in record.datasets),
        *(f"{row.section}, number {row.number}, as printed" for row in record.survey),
        *(
            text or ""
            for row in record.survey
            for text in (row.name, row.title, row.domain, row.task, row.link)
        ),
    }


def on_term(field: str, term_id: str) -> set[str]:
    facet = WORDS.vocabulary[field]
    term = facet.terms[term_id]  # type: ignore[index]
    own = {facet.name, term.name, term.definition, term.rule, term.look_alike}
    cards = (r for r in CATALOG if term_id in (r.terms(field) or (r.kind, r.domain)))
    return own | set(term.aliases) | {s.label for s in term.sources} | {r.title for r in cards}


def on_cards(records: list[Record]) -> set[str]:
    """What their cards show."""
    return {text for r in records for text in (r.title, r.summary or "")}


EVERYTHING = [*CATALOG]
NAMES = {term.name for facet in WORDS.vocabulary.values() for term in facet.terms.values()}
OTHERS = {
    "": {SETTINGS["site_name"]},
    "about/": {CATALOG["hostile-0"].name or ""},
    "terms/": NAMES | {t.definition for f in WORDS.vocabulary.values() for t in f.terms.values()},
    "authors/": {listing.name for listing in authors(CATALOG)},
    "datasets/": {WORDS.datasets[i].name for r in EVERYTHING for i in r.datasets},
    "venues/": {venue.name for venue in WORDS.venues.values()},
    "lineage/": {r.name or r.title for r in EVERYTHING if r.builds_on},
    "quality/": {r.title for r in EVERYTHING if not r.is_checked},
    "survey/": {r.title for r in EVERYTHING},
    "trends/": {t.name for facet in WORDS.facets.values() for t in facet.terms.values()},
    "changes/": {r.title for r in EVERYTHING[:90]},
    "submit/": NAMES | {venue.name for venue in WORDS.venues.values()},
    "matrix/task/way/": {t.name for name in ("task", "way") for t in WORDS.facets[name].terms.values()},
}  # fmt: skip
"""Hand-written pages with parts made from records -> what must be seen there."""

PAGES = {
    **{record_url(r.id): on_record(r) for r in EVERYTHING},
    **{term_url(field, i): on_term(field, i) for field, f in WORDS.vocabulary.items() for i in f.terms},
    **{dataset_url(i): {WORDS.datasets[i].name, WORDS.datasets[i].licence or "", WORDS.datasets[i].aliases[0], r.title} for r in EVERYTHING for i in r.datasets},
    **{venue_url(i): {v.name} for i, v in WORDS.venues.items()},
    **{one.url: {*one.also, *(r.title for r in one.records)} for one in authors(CATALOG)},
    **OTHERS,
}  # fmt: skip


def all_pages(site: Path) -> list[str]:
    paths = (path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")))
    return [path.removesuffix("index.html") for path in paths]


def some_pages(site: Path) -> list[str]:
    """One or two of each kind."""
    kinds: dict[tuple[str, int], list[str]] = {}
    for path in all_pages(site):
        kinds.setdefault((path.partition("/")[0], path.count("/")), []).append(path)
    return [path for paths in kinds.values() for path in paths[:: max(1, -(-len(paths) // 2))]]


def unseen(seen: Seen, wanted: set[str]) -> list[str]:
    """What a reader would look for on a page in vain; of texts of some length, what nowhere stands whole."""
    found = {*seen.page["seen"], *seen.page["told"]}
    # Blanks are folded by the browser's own `trim` at the ends only.
    return [f"{seen.path}: {text}" for text in wanted if text.strip() and text.strip() not in found]


def compared(hostile: list[Seen], plain: list[Seen]) -> list[str]:
    """Pages whose landmarks, headings or elements are not those of the page that means no harm."""
    others = {one.path: one.page for one in plain}
    return [
        f"{one.path}: {what} {_difference(one.page[what], others[one.path][what])}"
        for one in hostile
        for what in ("landmarks", "elements", "loaded")
        if one.path in others and one.page[what] != others[one.path][what]
    ]


def _difference(found: Any, wanted: Any) -> str:
    one, other = Counter(found), Counter(wanted)
    return f"more: {dict(one - other)}, fewer: {dict(other - one)}"


DIFFER = ("authors/", "browse/", "survey/", "papers/gone")
"""Where texts decide how many entries there are, or a page leads on while it is looked at."""


def judge(paths: list[str], hostile_url: str, plain_url: str) -> tuple[int, list[str]]:
    """How many comparisons were made, and what is wrong."""
    hostile = look_at(hostile_url, paths)
    same = [path for path in paths if not path.startswith(DIFFER) and "/old-" not in path]
    plain = look_at(plain_url, [path for path in same if path.startswith(("papers/", "terms/", "venues/", "datasets/")) or path in OTHERS])  # fmt: skip
    host = hostile_url.removesuffix("/catalog/")
    wrong = [fault for seen in hostile for fault in seen.faults(host)]
    wrong += [fault for seen in hostile for fault in unseen(seen, PAGES.get(seen.path, set()))]
    checks = sum(len(PAGES.get(seen.path, ())) for seen in hostile)
    return checks, wrong + compared(hostile, plain)


def test_hostile_pages_are_as_harmless_as_plain_ones(
    hostile_url: str, hostile_site: Path, plain_url: str
) -> None:
    checks, wrong = judge(some_pages(hostile_site), hostile_url, plain_url)

    assert wrong == []
    assert checks > 1000


@pytest.mark.thorough
def test_all_hostile_pages_are(hostile_url: str, hostile_site: Path, plain_url: str) -> None:
    checks, wrong = judge(all_pages(hostile_site), hostile_url, plain_url)

    print(f"{checks} texts on {len(all_pages(hostile_site))} pages")
    assert wrong == []


# --- with scripts at work


async def load_all(page: Any) -> None:
    await page.locator("[data-ready]").wait_for(state="attached")
    more = page.locator(".browse__more")
    while await more.is_visible():
        # A list that grows under the pointer cannot be hit, but by the keyboard.
        await more.evaluate("node => node.click()")
        await page.wait_for_timeout(20)


async def search(page: Any) -> None:
    await page.locator("[data-ready]").wait_for(state="attached")
    await page.locator("#words").fill("<img src=x onerror=window.pwned=1> pwnde")
    await page.locator(".browse__note:not([hidden])").wait_for()
    await page.locator("[data-field=task] input").nth(3).check()
    await page.locator(".active__item").nth(1).wait_for()


async def ready(page: Any) -> None:
    await page.locator("[data-ready], #submit:not([hidden])").first.wait_for(state="attached")


async def point(page: Any) -> None:
    await page.locator(".lineage__paper").first.focus()
    await page.locator(".lineage__about a").wait_for()


async def fill_in(page: Any) -> None:
    await page.locator("#submit:not([hidden])").wait_for()
    for name in ("title", "authors", "name", "summary", "sources"):
        await page.locator(f"#submit-{name}").fill("\n".join(TITLES[:40]) if name == "authors" else TITLES[16])  # fmt: skip
    await page.locator("#submit-paste").fill("@article{x, title={" + TITLES[15] + "}}")
    await page.locator("#submit-read").click()
    await page.locator("#submit-yaml:not(:empty)").wait_for()


@pytest.mark.parametrize(
    ("path", "steps", "wanted"),
    [
        ("browse/", load_all, on_cards(EVERYTHING)),
        ("browse/?view=table", load_all, {r.title for r in EVERYTHING} | NAMES),
        ("browse/", search, set()),
        ("compare/?" + "&".join(f"id={r.id}" for r in EVERYTHING), ready, on_cards(EVERYTHING)),
        ("compare/?id=%3Cscript%3Ewindow.pwned=1%3C/script%3E", ready, set()),
        ("submit/", fill_in, set()),
        ("lineage/", point, set()),
    ],
    ids=["cards", "table", "search", "compare", "unknown", "submit", "lineage"],
)
def test_what_scripts_draw_is_text(
    path: str, steps: Any, wanted: set[str], hostile_url: str
) -> None:
    (seen,) = look_at(hostile_url, [path], steps)

    assert seen.faults(hostile_url.removesuffix("/catalog/")) == []
    assert unseen(seen, wanted) == []
    assert set(seen.page["elements"]) <= OURS


OURS = set(
    "html head meta title link script body header a svg path rect circle text tspan span form label input button nav div ul li main "  # noqa: SIM905
    "article h1 h2 h3 h4 p details summary ol select option section q em strong table thead tbody tr th td br "
    "fieldset legend textarea pre code kbd footer noscript small dl dt dd i".split()
)
"""Elements of our templates and scripts."""


def test_what_is_copied_is_what_is_shown(page: Any, hostile_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for record in EVERYTHING[::25]:
        page.goto(f"{hostile_url}papers/{record.id}/")
        for button in page.locator("[data-copy]").all():
            button.evaluate("node => node.click()")
            page.wait_for_function(
                "node => node.textContent === 'Copied'", arg=button.element_handle()
            )
            shown = page.locator(f"#{button.get_attribute('data-copy')}").text_content()
            assert page.evaluate("navigator.clipboard.readText()") == shown
    assert page.complaints == []


def test_the_judge_is_awake(serve: Any, tmp_path: Path) -> None:
    """What runs, leads away or stands elsewhere is found."""
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>x</title><h1>Wrong</h1><script>window.pwned = 7; alert(1)</script>"
        '<img src="x" onerror="window.pwned = 8"><a href="javascript:1">x</a><img src="http://evil.invalid/p.gif">'
    )
    url = serve(tmp_path)

    (seen,) = look_at(url, [""])

    found = " ".join(seen.faults(url.removesuffix("/catalog/")))
    for fault in (r"\b7\b", r"\b8\b", "dialog: 1", "onerror", "javascript:1", "evil.invalid"):
        assert re.search(fault, found), fault
    assert unseen(seen, {"Right"}) == [": Right"]
