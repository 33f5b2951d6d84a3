"""SQLite: normalised tables with foreign keys, full-text search, and a view for each usual question."""

import itertools
import re
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from vlm_survey.exports.registry import Export
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Term

SCHEMA = """
CREATE TABLE venue (id TEXT PRIMARY KEY, short TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE term (
  field TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, rule TEXT NOT NULL,
  PRIMARY KEY (field, id)) WITHOUT ROWID;
CREATE TABLE record (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, name TEXT, year INTEGER, venue TEXT REFERENCES venue (id),
  kind TEXT, domain TEXT, status TEXT NOT NULL, doi TEXT, arxiv TEXT, summary TEXT, note TEXT, added TEXT NOT NULL);
CREATE TABLE author (
  record TEXT NOT NULL REFERENCES record (id), position INTEGER NOT NULL, name TEXT NOT NULL, family TEXT NOT NULL,
  bibtex TEXT NOT NULL,   PRIMARY KEY (record, position)) WITHOUT ROWID;
CREATE TABLE facet_state (
  record TEXT NOT NULL REFERENCES record (id), facet TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('tagged', 'none', 'not-stated')), PRIMARY KEY (record, facet)) WITHOUT ROWID;
CREATE TABLE tag (
  record TEXT NOT NULL REFERENCES record (id), facet TEXT NOT NULL, term TEXT NOT NULL, position INTEGER NOT NULL,
  evidence TEXT, PRIMARY KEY (record, facet, term), FOREIGN KEY (facet, term) REFERENCES term (field, id),
  FOREIGN KEY (record, facet) REFERENCES facet_state (record, facet)) WITHOUT ROWID;
CREATE TABLE link (
  record TEXT NOT NULL REFERENCES record (id), name TEXT NOT NULL, url TEXT NOT NULL, PRIMARY KEY (record, name)) WITHOUT ROWID;
CREATE TABLE source (
  record TEXT NOT NULL REFERENCES record (id), position INTEGER NOT NULL, url TEXT NOT NULL,
  PRIMARY KEY (record, position)) WITHOUT ROWID;
CREATE TABLE builds_on (
  record TEXT NOT NULL REFERENCES record (id), base TEXT NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (record, base)) WITHOUT ROWID;
CREATE TABLE dataset (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, access TEXT, licence TEXT, url TEXT) WITHOUT ROWID;
CREATE TABLE uses_dataset (
  record TEXT NOT NULL REFERENCES record (id), dataset TEXT NOT NULL REFERENCES dataset (id), role TEXT NOT NULL,
  PRIMARY KEY (record, dataset)) WITHOUT ROWID;
CREATE TABLE survey (
  record TEXT NOT NULL REFERENCES record (id), position INTEGER NOT NULL, section TEXT NOT NULL, number INTEGER NOT NULL,
  name TEXT, title TEXT, domain TEXT, task TEXT, link TEXT, PRIMARY KEY (record, position)) WITHOUT ROWID;
CREATE INDEX tag_term ON tag (facet, term);
CREATE INDEX builds_on_base ON builds_on (base);
CREATE INDEX uses_dataset_dataset ON uses_dataset (dataset);
CREATE INDEX author_name ON author (name);

CREATE VIEW paper AS SELECT r.id, r.title, r.name,
  (SELECT group_concat(a.name, '; ') FROM (SELECT name FROM author WHERE record = r.id ORDER BY position) a) AS authors,
  r.year, v.name AS venue, r.kind, r.status, r.doi, r.arxiv, r.summary FROM record r LEFT JOIN venue v ON v.id = r.venue;
CREATE VIEW papers_by_year AS SELECT year, count(*) AS papers FROM record GROUP BY year ORDER BY year;
CREATE VIEW papers_by_term AS SELECT t.field AS facet, t.id AS term, t.name, count(g.record) AS papers
  FROM term t LEFT JOIN tag g ON g.facet = t.field AND g.term = t.id
  WHERE t.field NOT IN ('kind', 'domain') GROUP BY t.field, t.id ORDER BY facet, papers DESC, term;
CREATE VIEW term_pairs AS SELECT a.facet, a.term, b.facet AS other_facet, b.term AS other_term, count(*) AS papers
  FROM tag a JOIN tag b ON a.record = b.record AND a.facet < b.facet GROUP BY 1, 2, 3, 4 ORDER BY papers DESC, 1, 2, 3, 4;
CREATE VIEW descendants AS SELECT b.base, count(*) AS papers FROM builds_on b GROUP BY b.base ORDER BY papers DESC, b.base;
CREATE VIEW papers_by_dataset AS SELECT d.id AS dataset, d.name, count(u.record) AS papers
  FROM dataset d LEFT JOIN uses_dataset u ON u.dataset = d.id GROUP BY d.id ORDER BY papers DESC, d.id;
CREATE VIEW without_evidence AS SELECT record, facet, term FROM tag WHERE evidence IS NULL;

CREATE VIRTUAL TABLE search USING fts5 (id UNINDEXED, title, name, authors, venue, summary, tags, tokenize = 'unicode61 remove_diacritics 2');
"""


def tables_and_views() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of what can be asked."""

    def named(what: str) -> tuple[str, ...]:
        return tuple(re.findall(rf"^CREATE {what} (\w+)", SCHEMA, re.MULTILINE))

    return named("TABLE"), named("VIEW")


def _sqlite(records: Sequence[Record], catalog: Catalog) -> bytes:
    # In memory a large one would be there three times: while it is made, made compact, and given away.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.sqlite"
        # Where the small letter of I is no i, Python would not know an INSERT, and begin no
        # transaction; the search's index would then lie in pieces.
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            # Until it is whole, nobody needs it.
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            connection.executescript(SCHEMA)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("BEGIN")
            for table, rows in _tables(records, catalog):
                for first in rows:
                    marks = ", ".join("?" * len(first))
                    # The table's name is one of ours, from `_tables`.
                    insert = f"INSERT INTO {table} VALUES ({marks})"  # nosec B608  # noqa: S608
                    connection.executemany(insert, itertools.chain([first], rows))
            connection.execute("COMMIT")
            connection.execute("VACUUM")
        finally:
            connection.close()
        return path.read_bytes()


Rows = Iterator[tuple[object, ...]]


def _tables(records: Sequence[Record], catalog: Catalog) -> Iterator[tuple[str, Rows]]:
    taxonomy = catalog.taxonomy
    yield "venue", ((i, v.short, v.name, v.type.value) for i, v in taxonomy.venues.items())
    yield (
        "term",
        (
            _term(field, term_id, term)
            for field, facet in taxonomy.vocabulary.items()
            for term_id, term in facet.terms.items()
        ),
    )
    yield "record", (_record(record) for record in records)
    yield (
        "author",
        (
            (record.id, position, author.display, author.family, str(author))
            for record in records
            for position, author in enumerate(record.authors, 1)
        ),
    )
    yield (
        "facet_state",
        (
            (record.id, facet, record.tag_state(facet).value)
            for record in records
            for facet in record.tags
        ),
    )
    yield (
        "tag",
        (
            (record.id, facet, term, position, evidence)
            for record in records
            for facet in record.tags
            for position, (term, evidence) in enumerate(record.evidence(facet).items(), 1)
        ),
    )
    yield (
        "link",
        ((record.id, name, str(url)) for record in records for name, url in record.links.named()),
    )
    yield (
        "source",
        (
            (record.id, position, str(url))
            for record in records
            for position, url in enumerate(record.sources, 1)
        ),
    )
    yield (
        "builds_on",
        (
            (record.id, base, position)
            for record in records
            for position, base in enumerate(record.builds_on, 1)
        ),
    )
    yield (
        "dataset",
        (
            (i, d.name, d.access and d.access.value, d.licence, d.url and str(d.url))
            for i, d in taxonomy.datasets.items()
        ),
    )
    yield (
        "uses_dataset",
        (
            (record.id, dataset, role.value)
            for record in records
            for dataset, role in record.datasets.items()
        ),
    )
    yield (
        "survey",
        (
            (
                record.id,
                position,
                row.section,
                row.number,
                row.name,
                row.title,
                row.domain,
                row.task,
                row.link,
            )
            for record in records
            for position, row in enumerate(record.survey, 1)
        ),
    )
    yield "search", (_searched(record, catalog) for record in records)


def _term(field: str, term_id: str, term: Term) -> tuple[object, ...]:
    return (field, term_id, term.name, term.definition, term.rule)


def _record(record: Record) -> tuple[object, ...]:
    return (
        record.id,
        record.title,
        record.name,
        record.year,
        record.venue,
        record.kind,
        record.domain,
        record.status.value,
        record.identifiers.doi,
        record.identifiers.arxiv,
        record.summary,
        record.note,
        record.added.isoformat(),
    )


def _searched(record: Record, catalog: Catalog) -> tuple[object, ...]:
    taxonomy = catalog.taxonomy
    venue = taxonomy.venues.get(record.venue) if record.venue else None
    names = [taxonomy.term(facet, term).name for facet, term, _ in record.all_tags()]
    return (
        record.id,
        record.title,
        record.name,
        "; ".join(author.display for author in record.authors),
        f"{venue.short} {venue.name}" if venue else None,
        record.summary,
        "; ".join(names),
    )


SQLITE = Export("sqlite", "SQLite", ".sqlite", "application/vnd.sqlite3", "", _sqlite)
