"""Related papers: the nearest by a likeness that can be computed by hand, each with its reasons."""

import functools
import itertools
import math
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import REPOSITORY
from vlm_survey import Catalog, Record, Slug
from vlm_survey.search.text import folded_words
from vlm_survey.views import likeness
from vlm_survey.views.likeness import CLOSER, ENOUGH, GROUP, Likeness, Near
from vlm_survey.views.related import LEAST, MOST, RelatedPapers


def record(
    name: str, title: str = "", tags: Iterable[str] = (), bases: Iterable[str] = ()
) -> Record:
    return Record.model_validate(
        {
            "id": name,
            "title": title or name,
            "tags": {"topic": dict.fromkeys(tags)},
            "builds_on": list(bases),
            "status": "imported",
            "added": "2026-11-24",
        }
    )


class ByHand:
    """Likeness as it is defined, each record compared with all others."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records
        texts = [{*folded_words(f"{r.title} {r.name or ''} {r.summary or ''}")} for r in records]
        counts = Counter(itertools.chain(*texts))
        most = max(10, len(records) // 5)
        weights = {
            word: math.log(1 + len(records) / count)
            for word, count in counts.items()
            if count <= most
        }
        self.parts = {
            r.id: (
                {word: weights[word] for word in text if word in weights},
                {(facet, term): 1.0 for facet, term, _ in r.all_tags()},
                dict.fromkeys(r.builds_on, 1.0),
            )
            for r, text in zip(records, texts, strict=True)
        }

    def nearest(self, record: Record) -> list[tuple[Slug, float]]:
        found = [
            (other.id, round(self.likeness(record.id, other.id), 6))
            for other in self.records
            if other.id != record.id
        ]
        found.sort(key=lambda pair: (-pair[1], pair[0]))
        return [(name, value) for name, value in found if value >= LEAST][:MOST]

    def likeness(self, one: Slug, other: Slug) -> float:
        pairs: Any = zip(self.parts[one], self.parts[other], strict=True)
        cosines = itertools.starmap(cosine, pairs)
        return sum(weight * value for weight, value in zip((0.5, 0.3, 0.2), cosines, strict=True))


def cosine(one: Mapping[object, float], other: Mapping[object, float]) -> float:
    if not one or not other:
        return 0
    product = math.fsum(one[key] * other[key] for key in one.keys() & other.keys())
    squares = [math.fsum(value * value for value in vector.values()) for vector in (one, other)]
    return product / math.sqrt(squares[0] * squares[1])


def told(nearest: Iterable[Near]) -> list[tuple[Slug, float]]:
    return [(near.record.id, near.likeness) for near in nearest]


def test_related_papers_have_reasons(real: Catalog) -> None:
    related = RelatedPapers(real)
    found = {record.id: related.of(record) for record in real}

    for record_id, others in found.items():
        assert record_id not in {other.id for other in others}
        assert all(other.reasons for other in others)
    assert sum(map(len, found.values())) > 5 * len(real)
    assert "also builds on CLIP" in found[Slug("adaclip")][0].reasons


def test_a_base_and_what_is_built_on_it_are_named_as_such(small: Catalog) -> None:
    related = RelatedPapers(small)

    assert {other.id: other.reasons for other in related.of(small["adaclip"])}.get("clip", ()) == ()
    base = record("base", "One rare word")
    heir = record("heir", "One rare word", bases=["base"])
    pair = RelatedPapers(Catalog(small.taxonomy, (base, heir)))
    assert [other.reasons for other in pair.of(heir)] == [
        ("this paper builds on it", "similar text")
    ]
    assert [other.reasons for other in pair.of(base)] == [("builds on this paper", "similar text")]


def test_the_index_finds_what_a_comparison_with_all_finds(real: Catalog) -> None:
    index, by_hand = Likeness(real), ByHand(real.records)

    # A comparison with all records is slow, so only some of them are compared.
    for one in real.records[:: max(1, len(real) // 120)]:
        assert told(index.nearest(one, MOST, LEAST)) == by_hand.nearest(one), one.id


@functools.cache
def records_like(number: int, words: str, tags: str, bases: str) -> Record:
    return record(f"record-{number}", words, tags, [f"base-{base}" for base in bases])


few = st.text("abcd", max_size=4)


@given(st.lists(st.tuples(st.lists(st.sampled_from("klmnopq")), few, few), max_size=20))
def test_so_it_is_with_any_records(rows: list[tuple[list[str], str, str]]) -> None:
    records = [
        records_like(number, " ".join(words), "".join(sorted({*tags})), "".join(sorted({*bases})))
        for number, (words, tags, bases) in enumerate(rows)
    ]
    index, by_hand = Likeness(reversed(records)), ByHand(records)

    for one in records:
        expected = by_hand.nearest(one)
        found = told(index.nearest(one, MOST, LEAST))
        # A sum that is rounded may end one digit off, and so change places with its neighbour.
        assert [value for _, value in found] == pytest.approx(
            [value for _, value in expected], abs=2e-6
        )
        for name, value in found:
            assert name != one.id
            assert value == pytest.approx(by_hand.likeness(one.id, name), abs=1e-6)


def test_of_equals_the_ids_decide() -> None:
    records = [record(f"twin-{letter}", "the same") for letter in "hgfedcba"]

    found = told(Likeness(records).nearest(records[0], MOST, LEAST))

    assert [name for name, _ in found] == [f"twin-{letter}" for letter in "abcdef"]


def test_who_says_nothing_is_like_nobody() -> None:
    lonely, other = record("lonely", "—"), record("other", "—")

    assert Likeness([lonely, other]).nearest(lonely, MOST, LEAST) == []
    assert Likeness([lonely]).nearest(lonely, MOST, LEAST) == []
    with pytest.raises(KeyError):
        Likeness([lonely]).nearest(other, MOST, LEAST)


class TestInLargeCatalogs:
    """Where not all can be compared with all."""

    @pytest.fixture
    def index(self, real: Catalog, monkeypatch: pytest.MonkeyPatch) -> Likeness:
        monkeypatch.setattr(likeness, "EXHAUSTIVE", 0)
        return Likeness(real)

    def test_what_is_named_is_as_like_as_it_is(self, real: Catalog, index: Likeness) -> None:
        by_hand = ByHand(real.records)

        for one in real:
            found = told(index.nearest(one, MOST, LEAST))
            assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))
            for name, value in found:
                assert name != one.id
                assert value == pytest.approx(by_hand.likeness(one.id, name), abs=1e-6)

    def test_little_is_missed(self, real: Catalog, index: Likeness) -> None:
        by_hand = ByHand(real.records)
        found = [near.likeness for one in real for near in index.nearest(one, MOST, LEAST)]
        best = [value for one in real for _, value in by_hand.nearest(one)]

        assert sum(found) > 0.95 * sum(best)

    def test_so_many_are_looked_at_and_no_more(self, index: Likeness) -> None:
        for place, one in enumerate(index._records):
            groups = [list(group) for group, _, _ in index._groups(place)]
            assert all(place in group and len(group) <= GROUP for group in groups)
            by_word = groups[1 + len(one.builds_on) :]
            assert sum(map(len, by_word[:-1])) < ENOUGH
            assert len(index._closer(place)) <= CLOSER


def test_related_papers_are_the_same_in_every_process(real: Catalog) -> None:
    """Sets of texts have another order in each."""
    script = (
        "from vlm_survey import load_catalog\n"
        "from vlm_survey.views import likeness\n"
        "from vlm_survey.views.related import RelatedPapers\n"
        "likeness.EXHAUSTIVE = 0\n"
        "catalog = load_catalog()\n"
        "related = RelatedPapers(catalog)\n"
        "print(*(related.of(record) for record in catalog), sep='\\n')"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=REPOSITORY,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "12"
    )

    assert len(first.splitlines()) == len(real)
    assert first == second
