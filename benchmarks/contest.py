"""Several ways to the same pages, in turn, round by round."""

import dataclasses
import os
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import floor
from benchmarks.measuring import Usage, Written, run
from benchmarks.rivals import frame, hugo, mkdocs
from vlm_survey import Catalog
from vlm_survey.settings import read_settings
from vlm_survey.store import VARIABLE
from vlm_survey.views.edition import Edition
from vlm_survey.views.indexes import all_by_title
from vlm_survey.views.record_page import RecordPages


@dataclasses.dataclass(frozen=True)
class Way:
    """One way to the pages.

    Attributes:
        name: What the table calls it.
        command: Builds the pages.
        target: The folder that it writes; set aside before each round.
        variables: Added to the environment.
        cache: What is kept from run to run and is set aside before each round, too, if anything.
        is_slow: Whether it takes part in the first rounds only.
    """

    name: str
    command: Sequence[str]
    target: Path
    variables: Mapping[str, str] = dataclasses.field(default_factory=dict)
    cache: Path | None = None
    is_slow: bool = False


@dataclasses.dataclass(frozen=True)
class Measured:
    """What a way has used in each of its rounds, and what it wrote.

    Attributes:
        ratios: In each round, its time by that of the first way.
    """

    name: str
    usages: tuple[Usage, ...]
    written: Written
    ratios: tuple[float, ...] = ()

    @property
    def seconds(self) -> float:
        """The median of the wall times."""
        return statistics.median(usage.seconds for usage in self.usages)

    @property
    def processor(self) -> float:
        """The median of the processor times, in seconds of all cores together."""
        return statistics.median(usage.processor for usage in self.usages)

    @property
    def peak(self) -> int:
        """The largest peak of memory, in bytes."""
        return max(usage.peak for usage in self.usages)


def measured(ways: Sequence[Way], rounds: int, slow_rounds: int) -> list[Measured]:
    """Run all `ways` in turn, `rounds` times."""
    usages: dict[str, list[Usage]] = {way.name: [] for way in ways}
    written: dict[str, Written] = {}
    for number in range(rounds):
        for way in ways:
            if way.is_slow and number >= slow_rounds:
                continue
            for old in (way.target, way.cache):
                set_aside(old)
            # What the one before has left to be written is not this one's burden.
            os.sync()
            usages[way.name].append(run(way.command, **way.variables))
            written[way.name] = Written.below(way.target)
    first = usages[ways[0].name]
    return [
        Measured(
            way.name,
            tuple(found := usages[way.name]),
            written[way.name],
            tuple(mine.seconds / ours.seconds for mine, ours in zip(found, first, strict=False)),
        )
        for way in ways
    ]


def set_aside(old: Path | None) -> None:
    """Give a folder that is in the way another name.

    To remove it would keep the disk busy for longer than a build takes, also after the call.
    """
    if old and old.exists():
        number = sum(1 for _ in old.parent.glob(f"{old.name}-old-*"))
        old.rename(old.with_name(f"{old.name}-old-{number}"))


def ways(catalog: Catalog, written: Path, folder: Path) -> Iterator[Way]:
    """Prepare all ways to the pages of records and terms.

    Args:
        catalog: The records.
        written: The folder where they are written as a catalog.
        folder: Where to work.
    """
    root, kept = folder / "ours", folder / "kept"
    frame.prepare(root)
    ours = [sys.executable, "-m", "benchmarks.same_pages", str(written), str(root)]
    # Fills the cache, and draws what the floor writes.
    run(ours, **{VARIABLE: str(kept)})
    floor.pack(root / "site", folder / "packed")
    empty = folder / "empty"
    yield Way("this project", ours, root / "site", {VARIABLE: str(empty)}, empty)
    yield Way("this project, records cached", ours, root / "site", {VARIABLE: str(kept)})
    drawn = folder / "drawn"
    own_frame = frame.draw(root, drawn)
    edition = Edition(catalog, read_settings(root), ())
    made = RecordPages(edition)
    pages = [made.page(record) for record in all_by_title(catalog)]
    if program := hugo.program():
        hugo.prepare(pages, edition, own_frame, drawn, folder / "hugo")
        target = folder / "hugo-site"
        yield Way(
            f"Hugo {hugo.version(program)}", hugo.command(program, folder / "hugo", target), target
        )
    mkdocs.prepare(pages, edition, folder / "mkdocs")
    yield Way(
        f"MkDocs {mkdocs.version()}",
        mkdocs.command(folder / "mkdocs"),
        folder / "mkdocs" / "site",
        is_slow=True,
    )
    target = folder / "floor"
    command = [sys.executable, "-m", "benchmarks.floor", str(folder / "packed"), str(target)]
    yield Way("writing the same bytes only", command, target)
