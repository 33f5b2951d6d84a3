"""The results as tables of a page, and the sums that follow from them."""

import dataclasses
import datetime
import math
import os
import platform
import re
import statistics
from collections.abc import Iterable, Sequence

from benchmarks.contest import Measured
from benchmarks.serving import Shown
from benchmarks.whole import CHANGED, Size

SITE_LIMIT = 10**9
"""Bytes of a published site that GitHub Pages takes."""

README_LIMIT = 500 * 1024
"""Bytes of a README that GitHub shows; it cuts what comes after."""

MEMORY_LIMIT = 16 * 2**30
"""Bytes of memory of the machines on which GitHub runs the workflows of public repositories."""

FAR = 1_000_000
"""Records for which the sums look beyond one machine."""


@dataclasses.dataclass(frozen=True)
class Results:
    """All that was measured.

    Attributes:
        size: Records of the catalog of `same` and `states`.
        same: The ways to the same pages; the first is ours.
        states: The whole build; the first is that with nothing kept.
        sizes: The whole build of growing catalogs.
        shown: Changes that the preview showed.
        options: What the benchmark was told besides.
    """

    size: int
    same: tuple[Measured, ...]
    states: tuple[Measured, ...]
    sizes: tuple[Size, ...]
    shown: tuple[Shown, ...] = ()
    options: tuple[str, ...] = ()


def filled(page: str, results: Results, today: datetime.date | None = None) -> str:
    """`page` with the results between its marks, in place of those that stood there.

    Raises:
        ValueError: The page lacks a mark.
    """
    return between(page, "results", "\n\n".join(_parts(results, today)))


def between(page: str, name: str, text: str) -> str:
    """`page` with `text` between the marks of that name.

    Raises:
        ValueError: The page lacks a mark.
    """
    first, last = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, begin, rest = page.partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise ValueError(f"the page lacks {first} or {last}")
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"


def measured_with(command: str, today: datetime.date | None = None) -> str:
    """When, with what, and on which machine."""
    day = today or datetime.date.today()
    return f"Measured on {day.isoformat()} with `{command}`: {_machine()}."


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The power of x that y grows with, fitted to `points` by least squares of logarithms.

    >>> round(exponent([(10, 3), (100, 300)]), 2)
    2.0
    """
    logs = [(math.log(x), math.log(y)) for x, y in points]
    xs, ys = zip(*logs, strict=True)
    return statistics.linear_regression(xs, ys).slope


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table. Its columns are not aligned: that would be styles, which no page may hold."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _parts(results: Results, today: datetime.date | None) -> Iterable[str]:
    command = " ".join(["python -m benchmarks.site", *results.options])
    yield measured_with(command, today)
    yield f"### Record and term pages, {_count(results.size)} records"
    yield _measured("Tool", results.same)
    yield f"### Complete build, {_count(results.size)} records"
    yield _measured("State before the build", results.states)
    yield from _after_a_change(results)
    yield "### Growth"
    yield _growth(results.sizes)
    power = exponent([(size.records, size.usage.seconds) for size in results.sizes])
    small, large = results.sizes[-2:]
    each = (large.usage.seconds - small.usage.seconds) / (large.records - small.records)
    yield (
        f"Build time grows with the number of records to the power of {power:.2f}. "
        f"From {_count(small.records)} to {_count(large.records)} records, each additional record takes "
        f"{each * 1000:.1f} ms; at this rate, {_count(FAR)} records take {_count(each * FAR / 60)} minutes."
    )
    yield "### Limits"
    yield from _sums(results)


def _after_a_change(results: Results) -> Iterable[str]:
    for state in results.states:
        told = re.search(r"(\d+) of (\d+) files written", state.usages[-1].said)
        if state.name == CHANGED and told:
            yield f"After a change to one record, {told[1]} of {_count(int(told[2]))} files are written."
    if results.shown:
        yield f"### Preview, {_count(results.size)} records"
        yield "Seconds between writing a file and loading the updated page:"
        yield table(
            ["Change", "median", "min", "max"],
            (
                [row.change, *(f"{of(row.seconds):.2f}" for of in (statistics.median, min, max))]
                for row in results.shown
            ),
        )


def _measured(first: str, rows: Sequence[Measured]) -> str:
    head = [
        first,
        "seconds",
        f"relative to “{rows[0].name}”",
        "CPU, s",
        "memory, MiB",
        "files",
        "MB",
    ]
    return table(
        head,
        (
            [
                row.name,
                f"{row.seconds:.2f}",
                f"{statistics.median(row.ratios):.2f} ({min(row.ratios):.2f} to {max(row.ratios):.2f})",
                f"{row.processor:.2f}",
                f"{row.peak / 2**20:.0f}",
                _count(row.written.files),
                f"{row.written.size / 1e6:.1f}",
            ]
            for row in rows
        ),
    )


def _growth(sizes: Sequence[Size]) -> str:
    head = ["Records", "build, s", "memory, MiB", "files", "site, MB", "README, KB"]
    return table(
        [*head, "records read and checked per s", "with cache"],
        (
            [
                _count(size.records),
                f"{size.usage.seconds:.1f}",
                f"{size.usage.peak / 2**20:.0f}",
                _count(size.written.files),
                f"{size.written.size / 1e6:.1f}",
                f"{size.readme / 1e3:.0f}",
                _count(size.records / size.cold),
                _count(size.records / size.warm),
            ]
            for size in sizes
        ),
    )


def _sums(results: Results) -> Iterable[str]:
    small, large = results.sizes[0], results.sizes[-1]
    added = large.records - small.records

    def each(before: float, after: float) -> float:
        """What one more record adds, between the two sizes."""
        return max((after - before) / added, 1e-9)

    site = each(small.written.size, large.written.size)
    files = each(small.written.files, large.written.files)
    readme = each(small.readme, large.readme)
    memory = each(small.usage.peak, large.usage.peak)
    rows = [
        ("README", readme, "500 KiB shown by GitHub", small.records, small.readme, README_LIMIT),
        ("Site", site, "1 GB on GitHub Pages", small.records, small.written.size, SITE_LIMIT),
        (
            "Memory",
            memory,
            "16 GiB on a hosted runner",
            small.records,
            small.usage.peak,
            MEMORY_LIMIT,
        ),
    ]
    yield f"Between {_count(small.records)} and {_count(large.records)} records, each additional record adds:"
    yield table(
        ["Output", "KB per record", "limit", "reached at about (records)"],
        (
            [what, f"{bytes_each / 1e3:.2f}", limit, _count(_reached(at, used, bytes_each, most))]
            for what, bytes_each, limit, at, used, most in rows
        ),
    )
    yield f"Each record also adds {files:.1f} files."
    ours = results.same[0]
    pages = ours.written.size / results.size
    yield (
        f"A record page and its entries on term pages take {pages / 1e3:.1f} KB "
        f"({ours.written.size / 1e6:.1f} MB for {_count(results.size)} records). For {_count(FAR)} records, "
        f"this is {pages * FAR / 1e9:.0f} GB, or {math.ceil(pages * FAR / SITE_LIMIT)} sites of 1 GB."
    )
    if large.parquet:
        row = large.parquet / large.records
        yield (
            f"In Parquet, a record takes {row:.0f} bytes: {row * FAR / 1e6:.0f} MB for {_count(FAR)} records, "
            f"{row * 100 * FAR / 1e9:.0f} GB for {_count(100 * FAR)}."
        )


def _reached(records: int, used: float, each: float, most: float) -> float:
    """At how many records `most` is reached, if `used` is at `records` and each more adds as much."""
    return max(records + (most - used) / each, 0)


def _count(number: float) -> str:
    """A number for readers: beyond a thousand, three digits say enough of what was not counted."""
    if isinstance(number, float):
        number = round(number, 2 - int(math.log10(number))) if number >= 1000 else round(number)
    return f"{int(number):,}"


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{cores} cores, {memory:.0f} GiB of memory, {platform.system()}, "
        f"Python {platform.python_version()}"
    )
