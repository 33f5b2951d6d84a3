"""The known gaps of the matrix."""

from collections.abc import Iterable, Iterator

from vlm_survey.checks.registry import Key, check_keys
from vlm_survey.load.reading import Place, Reading
from vlm_survey.load.validate import did_you_mean
from vlm_survey.model.finding import Finding
from vlm_survey.model.record import Record


def _tags(record: Record) -> Iterator[tuple[str, Place]]:
    """All tags of a record in one key: where it stands in the matrix."""
    pairs = [f"{facet}={term}" for facet, term, _ in record.all_tags()]
    yield "&".join(pairs), ("tags",)


@check_keys("gap", _tags, needs_taxonomy=True)
def gap(reading: Reading, keys: Iterable[Key]) -> Iterator[Finding]:
    """A gap in `gaps.yaml` uses existing terms, and no paper has all of these terms.

    When the first paper with this combination is added, delete the gap.
    """
    facets, file = reading.known_words.facets, reading.gaps_file
    standing = [(key.file.id, frozenset(key.text.split("&"))) for key in keys if reading.gaps]
    for number, known in enumerate(reading.gaps):
        place = ("gaps", number, "cell")
        unknown = [name for name in known.cell if name not in facets]
        for name in unknown:
            fix = did_you_mean(name, facets) or f"use one of: {', '.join(facets)}"
            yield file.finding("gap", (*place, name), f"unknown facet {name!r}", fix)
        for name, term in known.cell.items():
            if name not in unknown and term not in facets[name].terms:
                fix = did_you_mean(term, facets[name].terms) or "use the id of a term"
                yield file.finding("gap", (*place, name), f"{name} has no term {term!r}", fix)
        cell = {f"{name}={term}" for name, term in known.cell.items()}
        if there := next((record_id for record_id, tags in standing if cell <= tags), None):
            message = f"not a gap: {there} has this combination"
            yield file.finding("gap", place, message, "delete the gap")
