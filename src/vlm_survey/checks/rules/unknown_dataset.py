"""Data sets that the taxonomy does not have."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("unknown-dataset", Scope.WORDS, needs_taxonomy=True)
def unknown_dataset(reading: Reading) -> Iterator[Finding]:
    """Each data set of a record is defined in taxonomy.yaml.

    Without ids, one data set would get many names, and its page would miss papers. Add a new data set
    under `datasets` with its name. Similar names are often different data sets, so a suggestion is
    made only for an exact id, name or alias.
    """
    words = reading.known_words
    moved = words.former_ids.get("dataset", {})
    for file, record in reading.records():
        for dataset_id in record.datasets:
            if dataset_id in words.datasets:
                continue
            same = words.dataset_called(dataset_id)
            fix = (
                f"did you mean {str(same)!r}?"
                if same
                else "add it to taxonomy.yaml under 'datasets'"
            )
            if dataset_id in moved:
                fix = f"use its new id {moved[dataset_id]!r}"
            message = f"unknown data set {str(dataset_id)!r}"
            yield file.finding("unknown-dataset", ("datasets", dataset_id), message, fix)
