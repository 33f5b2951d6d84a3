"""What Zotero's own translators make of our pages and files.

`python -m tests.exports.zotero http://127.0.0.1:1969` asks a translation server
(https://github.com/zotero/translation-server) that runs there, and prints a table. It is no part of the
tests: the server is another project's, under another licence, and is set up by hand; how, says the
page "Clients".
"""

import dataclasses
import functools
import http.server
import json
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.conftest import REPOSITORY
from tests.site.conftest import Gzipped, built
from vlm_survey import Catalog, Record, load_catalog
from vlm_survey.exports.registry import all_exports
from vlm_survey.model.taxonomy import VenueType

ITEM_TYPES = {
    VenueType.CONFERENCE: "conferencePaper",
    VenueType.WORKSHOP: "conferencePaper",
    VenueType.JOURNAL: "journalArticle",
    VenueType.PREPRINT: "preprint",
    VenueType.REPORT: "report",
}
VENUE_FIELDS = ("conferenceName", "proceedingsTitle", "publicationTitle", "repository", "institution", "publisher")  # fmt: skip


@dataclasses.dataclass
class Tally:
    """How many records came through, and what was wrong with the others."""

    asked: int = 0
    items: int = 0
    right: dict[str, int] = dataclasses.field(default_factory=dict)
    wrong: list[str] = dataclasses.field(default_factory=list)

    def judge(self, record: Record, item: dict[str, Any], catalog: Catalog) -> None:
        """Compare one item with its record, field by field."""
        venue = catalog.taxonomy.venues.get(record.venue) if record.venue else None
        said = {
            "type": (item["itemType"], ITEM_TYPES[venue.type] if venue else item["itemType"]),
            "title": (item["title"].casefold(), record.title.casefold()),
            "creators": (len(item.get("creators", [])), len(record.authors)),
            "year": (item.get("date", "")[:4], str(record.year or "")),
            "venue": (
                venue is None or any(item.get(field) == venue.name for field in VENUE_FIELDS),
                True,
            ),
            "DOI": (doi_of(item), (record.identifiers.doi or "").lower()),
        }
        for field, (found, wanted) in said.items():
            self.right[field] = self.right.get(field, 0) + (found == wanted)
            if found != wanted:
                self.wrong.append(f"{record.id}: {field}: {found!r}, not {wanted!r}")


def doi_of(item: dict[str, Any]) -> str:
    """The item's DOI; some types of item keep it among other things."""
    lines = [item.get("DOI", ""), *item.get("extra", "").splitlines()]
    found = (line.removeprefix("DOI: ").lower() for line in lines)
    return next((line for line in found if line.startswith("10.")), "")


def ask(server: str, what: str, body: bytes) -> list[dict[str, Any]]:
    """The server's items for a page's address (`web`) or a file's text (`import`)."""
    request = urllib.request.Request(f"{server}/{what}", body, {"Content-Type": "text/plain"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=300) as answer:
        items: list[dict[str, Any]] = json.load(answer)
    return items


def pages(server: str, catalog: Catalog) -> Tally:
    """Every record's page."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        site = built(catalog, REPOSITORY / "docs", Path(folder))
        handler = functools.partial(Gzipped, directory=site)
        own = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=own.serve_forever, daemon=True).start()
        for record in catalog:
            url = f"http://127.0.0.1:{own.server_port}/papers/{record.id}/"
            items = ask(server, "web", url.encode())
            tally.asked += 1
            tally.items += len(items)
            tally.judge(record, items[0], catalog)
        own.shutdown()
        own.server_close()
    return tally


def imports(server: str, catalog: Catalog) -> Iterator[tuple[str, Tally]]:
    """The files with all records, each imported at once."""
    for form in ("bibtex", "ris", "csl-json"):
        tally = Tally(asked=len(catalog))
        export = all_exports()[form]
        items = ask(server, "import", export.render(catalog.records, catalog))
        tally.items = len(items)
        if len(items) == len(catalog):
            for record, item in zip(catalog, items, strict=True):
                tally.judge(record, item, catalog)
        yield export.title, tally


def main(server: str) -> None:
    """Ask for everything, print the table, then what differs."""
    catalog = load_catalog(REPOSITORY)
    tallies = [("Pages of records", pages(server, catalog)), *imports(server, catalog)]
    fields = ["type", "title", "creators", "year", "venue", "DOI"]
    print(f"| Read from | Records | Items | {' | '.join(fields)} |")
    print(f"| --- | --- | --- |{' --- |' * len(fields)}")
    for name, tally in tallies:
        counts = " | ".join(str(tally.right.get(field, 0)) for field in fields)
        print(f"| {name} | {tally.asked} | {tally.items} | {counts} |")
    for name, tally in tallies:
        for line in tally.wrong:
            print(f"{name}: {line}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
