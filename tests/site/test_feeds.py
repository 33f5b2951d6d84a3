"""Feeds as a reader's program sees them, and what RFC 4287 demands of them."""

import dataclasses
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from tests.site.conftest import HOSTED_AT
from vlm_survey import Catalog
from vlm_survey.settings import Settings
from vlm_survey.site.pages.changes import FEEDS
from vlm_survey.views.edition import Edition
from vlm_survey.views.history import feed

SETTINGS = Settings("A", "B", HOSTED_AT, "", "1")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(params=["real_site", "hostile_site"])
def feeds(request: pytest.FixtureRequest) -> list[Path]:
    site: Path = request.getfixturevalue(request.param)
    return sorted(site.rglob("feed.xml"))


def test_feeds_are_whole(feeds: list[Path]) -> None:
    assert len(feeds) > 2
    for path in feeds:
        root = ElementTree.parse(path).getroot()
        assert root.tag == f"{ATOM}feed"
        ids = []
        for element in (root, *root.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(ATOM + name)) == 1, path
            if element is not root:
                assert element.findtext(f"{ATOM}summary")
            ids.append(element.findtext(f"{ATOM}id"))
            links = [link.get("href") for link in element.findall(f"{ATOM}link")]
            assert links
            assert all(link and link.startswith(HOSTED_AT) for link in links)
        assert len(set(ids)) == len(ids)
        assert all(name and name.startswith("urn:uuid:") for name in ids)
        assert root.find(f"{ATOM}author/{ATOM}name") is not None
        assert feedparser.parse(str(path)).bozo is False


def test_the_feed_tells_every_record(real_site: Path, real: Catalog) -> None:
    told = feedparser.parse(str(real_site / "terms" / "task" / "registration" / "feed.xml")).entries
    tagged = [record for record in real if "registration" in (record.terms("task") or ())]

    assert {record.title for record in tagged} <= {entry.title for entry in told}
    for entry in told:
        page = real_site / entry.link.removeprefix(HOSTED_AT) / "index.html"
        assert page.is_file()


@pytest.mark.parametrize(
    ("site_url", "links"),
    [(HOSTED_AT, [f"{HOSTED_AT}feed.xml", f"{HOSTED_AT}changes/"]), ("", ["./changes/"])],
)
def test_a_feed_names_itself_only_where_its_address_is_known(
    site_url: str, links: list[str], small: Catalog
) -> None:
    edition = Edition(small, Settings("A", "B", site_url, "", "1"))
    content = next(iter(FEEDS.files(edition))).content()
    found = ElementTree.fromstring(content).findall(f"{ATOM}link")

    assert [link.get("href") for link in found] == links


def test_an_entry_without_a_summary_names_what_is_known(small: Catalog) -> None:
    bare = small["clip"].model_copy(update={"summary": None})
    edition = Edition(Catalog(small.taxonomy, (bare, small["unread"])), SETTINGS)
    entries = feed(edition, "All", "feed.xml", "", edition.catalog.records).entries

    assert {entry.summary for entry in entries} == {
        "Radford et al., ICML, 2021",
        small["unread"].title,
    }


def test_another_tag_makes_no_new_entry(real: Catalog) -> None:
    """Who follows a feed is not told twice of a paper because somebody thought better of its tags."""
    edition = Edition(real, SETTINGS)
    retagged = dataclasses.replace(
        real, records=tuple(r.model_copy(update={"tags": {}}) for r in real.records)
    )
    after = dataclasses.replace(edition, catalog=retagged)

    entries = [
        {
            entry.id: entry.updated
            for entry in feed(e, "All", "feed.xml", "", e.catalog.records).entries
        }
        for e in (edition, after)
    ]
    assert entries[0] == entries[1]
    assert entries[0]
