"""The whole build, as its user starts it: with nothing kept, with much kept, after a change."""

import dataclasses
import os
import sys
from pathlib import Path

from benchmarks import floor
from benchmarks.contest import Measured, set_aside
from benchmarks.measuring import Usage, Written, run
from vlm_survey import Catalog
from vlm_survey.layout import record_text
from vlm_survey.store import VARIABLE

COLD = "no cache, no site"
_KEPT = "records cached, no site"
_UNCHANGED = "no changes"
CHANGED = "one record changed"
_FLOOR = "writing the same bytes only"


@dataclasses.dataclass(frozen=True)
class Size:
    """A catalog of a size: its whole build from nothing, and what came out.

    Attributes:
        usage: Of the build.
        written: The site.
        readme: Bytes of the README.
        parquet: Bytes of the records as Parquet; 0 if the site has no such file.
        cold: Seconds to read and check all records with nothing kept.
        warm: The same with everything kept.
    """

    records: int
    usage: Usage
    written: Written
    readme: int
    parquet: int
    cold: float
    warm: float


def states(catalog: Catalog, written: Path, folder: Path, rounds: int) -> list[Measured]:
    """Build the catalog that is written in a folder, state after state, `rounds` times."""
    usages: dict[str, list[Usage]] = {}
    sizes: dict[str, Written] = {}
    cache, site, following = folder / "cache", written / "site", written / ".site-next"

    def measure(state: str) -> None:
        os.sync()
        usages.setdefault(state, []).append(_build(written, cache))
        sizes[state] = Written.below(site)

    for number in range(rounds):
        for old in (cache, site, following):
            set_aside(old)
        measure(COLD)
        set_aside(site)
        measure(_KEPT)
        measure(_UNCHANGED)
        _change(catalog, written, number)
        measure(CHANGED)
        packed, target = folder / "packed-whole", folder / "floor-whole"
        floor.pack(site, packed)
        os.sync()
        command = [sys.executable, "-m", "benchmarks.floor", str(packed), str(target)]
        usages.setdefault(_FLOOR, []).append(run(command))
        sizes[_FLOOR] = Written.below(target)
        set_aside(target)
    first = usages[COLD]
    return [
        Measured(
            state,
            tuple(found),
            sizes[state],
            tuple(mine.seconds / cold.seconds for mine, cold in zip(found, first, strict=True)),
        )
        for state, found in usages.items()
    ]


def size(written: Path, records: int, folder: Path) -> Size:
    """Build the catalog of so many `records` that is written in a folder once, from nothing."""
    cache, site = folder / "cache", written / "site"
    for old in (cache, site):
        set_aside(old)
    cold, warm = (_reading(written, cache) for _ in range(2))
    set_aside(cache)
    os.sync()
    usage = _build(written, cache)
    parquet = site / "data" / "catalog.parquet"
    return Size(
        records,
        usage,
        Written.below(site),
        (written / "README.md").stat().st_size,
        parquet.stat().st_size if parquet.exists() else 0,
        cold,
        warm,
    )


def _build(written: Path, cache: Path) -> Usage:
    program = Path(sys.executable).parent / "vlm-survey"
    command = [str(program), "build", "--catalog", str(written)]
    return run(command, **{VARIABLE: str(cache)})


def _reading(written: Path, cache: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.reading", str(written)]
    return float(run(command, **{VARIABLE: str(cache)}).said)


def _change(catalog: Catalog, written: Path, number: int) -> None:
    """Change the summary of one record, each time in another way."""
    record = next(record for record in catalog if record.summary and len(record.summary) < 500)
    changed = record.model_copy(update={"summary": f"{record.summary} Changed {number + 1}."})
    path = written / "papers" / f"{record.id}.yaml"
    path.write_text(record_text(changed), encoding="utf-8")
