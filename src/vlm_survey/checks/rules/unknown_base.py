"""Base models without a record."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.load.reading import Reading
from vlm_survey.load.validate import did_you_mean
from vlm_survey.model.finding import Finding


@check("unknown-base")
def unknown_base(reading: Reading) -> Iterator[Finding]:
    """Each id under `builds_on` is a record of this catalog.

    The lineage pages are drawn from these ids. A base model that the catalog lacks gets a record
    first. A record that exists but has errors of its own still counts.
    """
    ids = {file.path.removeprefix("papers/").removesuffix(".yaml") for file in reading.files}
    for file, record in reading.records():
        for number, base in enumerate(record.builds_on):
            if base not in ids:
                fix = did_you_mean(base, ids) or f"add papers/{base}.yaml first"
                yield file.finding(
                    "unknown-base", ("builds_on", number), f"no record has the id {base!r}", fix
                )
