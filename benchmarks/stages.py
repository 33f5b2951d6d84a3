"""What a record costs that is read and checked anew: microseconds for each stage.

`python -m benchmarks.stages FOLDER` takes all records of the catalog in FOLDER through one stage after
the other, in one process and with nothing kept; of three rounds the fastest counts.
"""

import argparse
import collections
import gc
import os
import time
import timeit
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import yaml

from benchmarks.report import table
from vlm_survey import read_catalog
from vlm_survey.checks.registry import Check, Scope, all_checks
from vlm_survey.load import PAPERS, Reading, folder, guarded_yaml, read_record, text
from vlm_survey.load.kept import as_bytes, from_bytes
from vlm_survey.load.reading import Place
from vlm_survey.load.validate import validate
from vlm_survey.model.record import Record
from vlm_survey.store import VARIABLE

_ROUNDS = 3

A = TypeVar("A")
B = TypeVar("B")


class Stages:
    """The stages so far, each with its microseconds a record."""

    def __init__(self) -> None:
        """Begin with none."""
        self.rows: list[list[str]] = []

    def take(self, name: str, work: Callable[[A], B], items: Sequence[A]) -> list[B]:
        """Do `work` on all items, and note what one of them costs; the results are returned."""
        best = float("inf")
        for _ in range(_ROUNDS):
            start = time.perf_counter()
            results = [work(item) for item in items]
            best = min(best, time.perf_counter() - start)
        self._note(name, best, len(items))
        return results

    def check(self, name: str, rules: Sequence[Check], reading: Reading) -> None:
        """Run `rules` on all records, and note what one of them costs."""

        def run() -> None:
            for rule in rules:
                if rule.keys:
                    for _, record in reading.records():
                        list(rule.keys(record))
                else:
                    list(rule.run(reading))

        self._note(name, min(timeit.repeat(run, number=1, repeat=_ROUNDS)), len(reading.files))

    def _note(self, name: str, seconds: float, records: int) -> None:
        self.rows.append([name, f"{1e6 * seconds / records:.0f}"])


def measured(root: Path) -> list[list[str]]:
    """The rows of the table."""
    papers, stages = root / PAPERS, Stages()
    found = list(folder.entries(papers))
    entries = stages.take("its bytes", lambda entry: folder.entry(papers, entry.name), found)
    stages.take("their digest", lambda entry: entry.digest, entries)
    texts = stages.take("its text", lambda entry: text.decode(entry.data or b"")[0] or "", entries)
    stages.take("events of the YAML parser", _events, texts)
    parsed = stages.take("the same, guarded, built into data", guarded_yaml.parse, texts)
    stages.take("the model", _validated, list(zip(entries, parsed, strict=True)))
    files = stages.take("all of this", read_record, entries)
    kept = stages.take("as bytes, to be kept and handed over", as_bytes, files)
    pairs = list(zip(kept, entries, strict=True))
    stages.take(
        "from bytes", lambda pair: from_bytes(pair[0], papers, pair[1].name, b"").record, pairs
    )
    reading = read_catalog(root)
    own = [rule for rule in all_checks() if rule.scope is not Scope.CATALOG or rule.keys]
    layout = [rule for rule in own if rule.code == "layout"]
    stages.check("check of the layout", layout, reading)
    stages.check("other checks of a record alone", [r for r in own if r not in layout], reading)
    return stages.rows


def _events(content: str) -> None:
    collections.deque(yaml.parse(content, Loader=guarded_yaml.LOADER), maxlen=0)


def _validated(
    given: tuple[folder.Entry, tuple[guarded_yaml.Data, dict[Place, int], object]],
) -> None:
    entry, (data, lines, _) = given
    validate(Record, data, lines, id=entry.id)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    os.environ[VARIABLE] = ""
    gc.disable()
    print(table(["Stage", "µs a record"], measured(parser.parse_args().folder)))


if __name__ == "__main__":
    main()
