"""The examples of the codebook."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.record import Record


@check("codebook-example", Scope.CATALOG, needs_taxonomy=True)
def codebook_example(reading: Reading) -> Iterator[Finding]:
    """The `example` of a term has the term, and the `counterexample` does not.

    Readers learn a rule from its examples. If the tags of a record change, choose another example.
    """
    file, taxonomy = reading.taxonomy_file, reading.known_words
    records = {record.id: record for _, record in reading.records()}
    sections = {"kind": ("kinds",), "domain": ("domains",)}
    for field, facet in taxonomy.vocabulary.items():
        for term_id, term in facet.terms.items():
            for name, expected in (("example", True), ("counterexample", False)):
                record_id = getattr(term, name)
                if record_id is None:
                    continue
                record = records.get(record_id)
                if record is None:
                    message = f"no valid record has the id {record_id!r}"
                elif (term_id in _terms(record, field)) is not expected:
                    has = "does not have" if expected else "has"
                    message = f"{record_id!r} {has} {field}={term_id}"
                else:
                    continue
                place = (*sections.get(field, ("facets", field, "terms")), term_id, name)
                fix = f"choose another {name}, or correct the record"
                yield file.finding("codebook-example", place, message, fix)


def _terms(record: Record, field: str) -> tuple[str | None, ...]:
    return (getattr(record, field),) if field in ("kind", "domain") else record.terms(field)
