"""The known gaps of the matrix."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.load.reading import Reading
from vlm_survey.load.validate import did_you_mean
from vlm_survey.model.finding import Finding


@check("gap", needs_taxonomy=True)
def gap(reading: Reading) -> Iterator[Finding]:
    """A gap in `gaps.yaml` names terms that exist, and a crossing where really no paper stands.

    When the first paper arrives there, the gap has to go.
    """
    facets, file = reading.catalog.taxonomy.facets, reading.gaps_file
    for number, known in enumerate(reading.gaps):
        place = ("gaps", number, "cell")
        unknown = [name for name in known.cell if name not in facets]
        for name in unknown:
            fix = did_you_mean(name, facets) or f"write one of: {', '.join(facets)}"
            yield file.finding("gap", (*place, name), f"no facet is named {name!r}", fix)
        for name, term in known.cell.items():
            if name not in unknown and term not in facets[name].terms:
                fix = did_you_mean(term, facets[name].terms) or "write the id of a term"
                yield file.finding("gap", (*place, name), f"{name} has no term {term!r}", fix)
        for _, record in reading.records():
            if all(term in (record.terms(name) or ()) for name, term in known.cell.items()):
                message = f"no gap: {record.id} stands there"
                yield file.finding("gap", place, message, "delete the gap")
                break
