"""Catalogs of any size in the proportions of the real one.

`python -m benchmarks.generate SIZE FOLDER` writes one that every command accepts as `--catalog FOLDER`.
"""

import random
import re
import shutil
import string
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.growing import Growing
from vlm_survey import ArxivId, Catalog, Doi, Identifiers, Links, Record, Slug, Url, load_catalog
from vlm_survey.layout import record_text
from vlm_survey.load.folder import RESERVED
from vlm_survey.model.folding import fold
from vlm_survey.model.identifiers import arxiv_id_in, doi_in
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import SurveyEntry, Tagging, TagState, Terms

ROOT = Path(__file__).parents[1]
SEED = 7

MOVED_TAGS = 0.02
"""So many of the tags are other ones than those of the record that was taken after: new pairs arise."""

_FILES = (
    "taxonomy.yaml",
    "mkdocs.yml",
    "CITATION.cff",
    "CONTRIBUTING.md",
    "LICENSE",
    "LICENSE-DATA",
)


def generated(real: Catalog, size: int) -> Catalog:
    """A catalog of `size` records, each of which takes after one of `real`; the same every time.

    Kept are years, venues, kinds, statuses, and how many words, authors, links, tags and bases there
    are. Words and names are mixed anew. No person, address or identifier in it is a real one's, but
    by chance.
    """
    records = sorted(_Generator(real).records(size), key=lambda record: record.id)
    return Catalog(real.taxonomy, tuple(records))


def write(catalog: Catalog, folder: Path) -> None:
    """Write `catalog` into the new `folder`, with the pages and words of the real catalog.

    Raises:
        OSError: The folder is there already, or cannot be written.
    """
    papers = folder / "papers"
    papers.mkdir(parents=True)
    for record in catalog:
        (papers / f"{record.id}.yaml").write_text(record_text(record), encoding="utf-8")
    for name in _FILES:
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "docs", folder / "docs")
    for page in (folder / "docs").glob("*.md"):
        # The real catalog's pages may link to its records.
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"<!-- record: ([a-z0-9-]+) -->", r"\1", text), encoding="utf-8")
    # So do the examples of the codebook.
    taxonomy = folder / "taxonomy.yaml"
    text = re.sub(r"(?m)^ +(?:counter)?example: .*\n", "", taxonomy.read_text(encoding="utf-8"))
    taxonomy.write_text(text, encoding="utf-8")


class _Generator:
    """What is remembered from record to record."""

    def __init__(self, real: Catalog) -> None:
        self._real = real
        self._chance = random.Random(SEED)  # nosec B311  # noqa: S311 - nothing secret
        people = [name.display for record in real for name in record.authors if not name.is_group]
        self._given = [name.split()[0] for name in people]
        self._family = [name.split()[-1] for name in people]
        words = {word for record in real for word in record.title.split()}
        self._plain = sorted(w for w in words if w.isascii() and w.isalpha() and len(w) > 3)
        self._people: set[str] = set()
        self._authors = Growing(self._chance, self._person, discount=0.8, start=500)
        self._ids: set[str] = set()
        self._titled: set[str] = set()
        self._bases: list[Slug] = []
        self._lineage = Growing(self._chance, self._base, discount=0.6, start=2)
        self._preprints: Counter[str] = Counter()
        self._terms = {
            facet_id: [term_id for term_id, term in facet.terms.items() if not term.umbrella]
            for facet_id, facet in real.taxonomy.facets.items()
        }
        self._words = {
            "title": self._pool(record.title for record in real),
            "summary": self._pool(record.summary or "" for record in real),
            "note": self._pool(record.note or "" for record in real),
            "evidence": self._pool(
                evidence or "" for record in real for _, _, evidence in record.all_tags()
            ),
        }

    def records(self, size: int) -> Iterator[Record]:
        """`size` records in the order in which they came to be: each builds on earlier ones only."""
        models = self._real.records
        for number in range(size):
            yield self._record(models[number % len(models)])

    def _record(self, like: Record) -> Record:
        name = self._word() if like.name else None
        title = self._title(like, name)
        record_id = self._id(name or title)
        own = self._identifiers(like.identifiers)
        values = {
            "id": record_id,
            "title": title,
            "name": name,
            "authors": self._written_by(len(like.authors)),
            "identifiers": own,
            "links": Links(
                **{
                    field: self._link(url, f"{field}/{record_id}", own)
                    for field, url in like.links.named()
                }
            ),
            "summary": self._text("summary", like.summary),
            "note": self._text("note", like.note),
            "tags": self._tags(like),
            "builds_on": self._built_on(like),
            "survey": self._rows(like, title, name),
            "sources": tuple(
                self._link(url, f"source-{place}/{record_id}", own)
                for place, url in enumerate(like.sources, 1)
            ),
        }
        if like.id in self._real.built_on:
            self._bases.append(record_id)
        return Record.model_construct(**{**dict(like), **values})

    # --- texts

    def _pool(self, texts: Iterable[str]) -> Growing[str]:
        words = [word for text in texts for word in text.split()]
        return Growing(self._chance, self._word, discount=0.5, drawn=words)

    def _word(self) -> str:
        """A new word, as names of models are: the beginning of one and the end of another."""
        begin, end = self._chance.choice(self._plain), self._chance.choice(self._plain)
        return begin[: len(begin) // 2 + 1] + end[len(end) // 2 :]

    def _text(self, sort: str, like: str | None) -> str | None:
        if not like:
            return None
        words = self._words[sort]
        text = " ".join(words.draw() for _ in like.split())
        return text if len(text) <= 600 else text[:600].rpartition(" ")[0]

    def _title(self, like: Record, name: str | None) -> str:
        words = self._words["title"]
        named = [f"{name}:"] if name and like.name and like.name in like.title else []
        drawn = [words.draw() for _ in range(max(3, len(like.title.split()) - len(named)))]
        while (folded := fold(title := " ".join(named + drawn))) in self._titled:
            drawn.append(words.draw())
        self._titled.add(folded)
        return title

    def _id(self, text: str) -> Slug:
        words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")
        record_id = words or "paper"
        count = 1
        while record_id in self._ids or RESERVED.fullmatch(record_id):
            count += 1
            record_id = f"{words}-{count}"
        self._ids.add(record_id)
        return Slug.parse(record_id)

    # --- people and other records

    def _person(self) -> str:
        """Somebody new; who would be a namesake gets further initials."""
        given, family = self._chance.choice(self._given), self._chance.choice(self._family)
        name = f"{given} {family}"
        while name in self._people:
            given += f" {self._chance.choice(string.ascii_uppercase)}."
            name = f"{given} {family}"
        self._people.add(name)
        return name

    def _written_by(self, count: int) -> tuple[PersonName, ...]:
        names: dict[str, None] = {}
        while len(names) < count:
            names[self._authors.draw()] = None
        return tuple(PersonName(name) for name in names)

    def _base(self) -> Slug:
        return self._chance.choice(self._bases)

    def _built_on(self, like: Record) -> tuple[Slug, ...]:
        drawn = [self._lineage.draw() for _ in like.builds_on if self._bases]
        return tuple(dict.fromkeys(drawn))

    def _tags(self, like: Record) -> dict[str, Tagging]:
        return {
            facet: tagging if isinstance(tagging, TagState) else self._terms_like(facet, tagging)
            for facet, tagging in like.tags.items()
        }

    def _terms_like(self, facet: str, terms: Terms) -> Terms:
        found: dict[Slug, str | None] = {}
        for term, evidence in terms.items():
            others = [other for other in self._terms[facet] if other not in terms]
            moved = bool(others) and self._chance.random() < MOVED_TAGS
            chosen = self._chance.choice(others) if moved else term
            found[chosen] = self._text("evidence", evidence)
        return found

    def _rows(self, like: Record, title: str, name: str | None) -> tuple[SurveyEntry, ...]:
        """The survey's list is as long as it is: only as many records as the real ones stand in it."""
        if len(self._ids) >= len(self._real):
            return ()
        changed = {"title": title, "name": name, "link": f"https://example.org/{len(self._ids)}"}
        return tuple(
            row.model_copy(update={k: v for k, v in changed.items() if getattr(row, k) and v})
            for row in like.survey
        )

    # --- identifiers and addresses

    def _identifiers(self, like: Identifiers) -> Identifiers:
        number = len(self._ids)
        arxiv = doi = None
        if like.arxiv:
            # The month stays, so that the id fits the year.
            month = re.sub(r"\D", "", like.arxiv)[:4]
            self._preprints[month] += 1
            arxiv = ArxivId.parse(f"{month}.{self._preprints[month]:05}")
        if like.doi:
            # The prefix is for examples; the length is that of a real one.
            doi = Doi.parse(f"10.5555/{number}-{'generated' * 4}"[: max(16, len(like.doi))])
        return Identifiers(arxiv=arxiv, doi=doi)

    def _link(self, like: Url, path: str, own: Identifiers) -> Url:
        """An address of the same sort: to the arXiv id, the DOI, or else to an example's page."""
        if own.arxiv and arxiv_id_in(like):
            return Url(own.arxiv.url)
        if own.doi and doi_in(like):
            return Url(own.doi.url)
        return Url(f"https://example.org/{path}")


def main() -> None:
    """Write a generated catalog of a size into a folder."""
    size, folder = sys.argv[1:]
    write(generated(load_catalog(ROOT), int(size)), Path(folder))


if __name__ == "__main__":
    main()
