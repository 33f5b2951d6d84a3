"""Data sets that the taxonomy does not have."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("unknown-dataset", Scope.WORDS, needs_taxonomy=True)
def unknown_dataset(reading: Reading) -> Iterator[Finding]:
    """Each data set of a record is the id of one in taxonomy.yaml.

    Written out by hand, one data set would get many names, and its page would miss papers. A new data
    set is an entry under `datasets` with its name. Similar names are often different data sets, so
    another one is proposed only where its id, name or alias is the same.
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
                fix = f"write {moved[dataset_id]!r}: it has that id now"
            message = f"unknown data set {str(dataset_id)!r}"
            yield file.finding("unknown-dataset", ("datasets", dataset_id), message, fix)
