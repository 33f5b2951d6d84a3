"""Generated catalogs: the same every time, sound, and in the proportions of the one they follow."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.generate import generated, write
from vlm_survey import Catalog, Record, load_catalog, read_catalog, run_checks
from vlm_survey.model.folding import fold

SIZE = 1000


@pytest.fixture(scope="module")
def made(real: Catalog) -> Catalog:
    return generated(real, SIZE)


def test_the_same_every_time(real: Catalog, made: Catalog) -> None:
    assert generated(real, SIZE).records == made.records


@pytest.mark.parametrize("size", [1, 250, 300])
def test_what_is_written_has_no_findings(real: Catalog, size: int, tmp_path: Path) -> None:
    catalog = generated(real, size)
    write(catalog, tmp_path / "catalog")

    newest = max(record.added for record in real)
    reading = read_catalog(tmp_path / "catalog", today=newest)

    assert len(catalog) == size
    assert run_checks(reading) == []
    assert load_catalog(tmp_path / "catalog").records == catalog.records


def test_ids_titles_and_identifiers_are_unique(made: Catalog) -> None:
    identifiers = [record.identifiers for record in made]
    for values in (
        [record.id for record in made],
        [fold(record.title) for record in made],
        [found.arxiv for found in identifiers if found.arxiv],
        [found.doi for found in identifiers if found.doi],
    ):
        assert len(set(values)) == len(values)


def test_proportions_are_those_of_the_real_one(real: Catalog, made: Catalog) -> None:
    for field in ("year", "venue", "kind", "status"):
        here = Counter(getattr(record, field) for record in made)
        there = Counter(getattr(record, field) for record in real)
        for value, count in there.most_common(5):
            assert here[value] / SIZE == pytest.approx(count / len(real), rel=0.3), field
    for measure in (_tags, _links, _words, _authors):
        mean = sum(map(measure, real)) / len(real)
        assert sum(map(measure, made)) / SIZE == pytest.approx(mean, rel=0.1), measure.__name__


def test_lineage_has_a_few_popular_bases_and_no_circle(made: Catalog) -> None:
    uses = sorted((len(ids) for ids in made.built_on.values()), reverse=True)
    done: set[str] = set()
    waiting = dict(made.by_id)
    while ready := [key for key, record in waiting.items() if done.issuperset(record.builds_on)]:
        done.update(ready)
        for key in ready:
            del waiting[key]

    assert waiting == {}
    assert uses[0] > 10 * uses[len(uses) // 2]
    assert len(uses) > 20


def test_authors_become_more_slowly_than_papers(real: Catalog, made: Catalog) -> None:
    few, many = (
        len({name for record in catalog for name in record.authors})
        for catalog in (generated(real, SIZE // 4), made)
    )

    assert 2 * few < many < 4 * few


def _tags(record: Record) -> int:
    return len(list(record.all_tags()))


def _links(record: Record) -> int:
    return len(record.links.named())


def _words(record: Record) -> int:
    return len((record.title + " " + (record.summary or "")).split())


def _authors(record: Record) -> int:
    return len(record.authors)
