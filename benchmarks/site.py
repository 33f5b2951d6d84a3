"""What building the site costs, beside other ways to the same pages.

`python -m benchmarks.site` measures whole processes on a generated catalog and writes the results into
`docs/performance.md`, between its marks.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import contest, report, serving, whole
from benchmarks.generate import generated, write
from benchmarks.measuring import ROOT
from benchmarks.rivals import hugo
from vlm_survey import load_catalog

LARGE = 100_000
PAGE = ROOT / "docs" / "performance.md"


def main() -> None:
    """Measure, and write the page."""
    asked = _arguments(sys.argv[1:])
    if hugo.program() is None:
        print("Hugo is not installed; the benchmark goes on without it", file=sys.stderr)
    real = load_catalog(ROOT)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as work:
        folder = Path(work)
        catalog = generated(real, asked.size)
        written = folder / "catalog"
        write(catalog, written)
        _say(f"{asked.size} records: the same pages, in turn")
        ways = list(contest.ways(catalog, written, folder))
        same = contest.measured(ways, asked.rounds, asked.slow_rounds)
        _say("the whole build")
        states = whole.states(catalog, written, folder, asked.slow_rounds)
        _say("the preview")
        seen = serving.shown(catalog, written, folder / "cache")
        sizes = tuple(_sizes(folder, *asked.growth, *((LARGE,) if asked.large else ())))
        results = report.Results(
            asked.size, tuple(same), tuple(states), sizes, seen, tuple(sys.argv[1:])
        )
        text = report.filled(PAGE.read_text(encoding="utf-8"), results)
        PAGE.write_text(text, encoding="utf-8")
        _say(f"{PAGE.relative_to(ROOT)} written; what was built is removed")


def _sizes(folder: Path, *sizes: int) -> Iterator[whole.Size]:
    real = load_catalog(ROOT)
    for size in sizes:
        _say(f"{size} records: growth")
        write(generated(real, size), folder / str(size))
        yield whole.size(folder / str(size), size, folder)


def _arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site", description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="records of the catalog")
    parser.add_argument("--rounds", type=int, default=5, help="how often each way is taken")
    parser.add_argument(
        "--slow-rounds", type=int, default=3, help="the same, of ways that take minutes"
    )
    parser.add_argument(
        "--growth", type=int, nargs="+", default=[1_000, 10_000], help="records of growing catalogs"
    )
    parser.add_argument("--large", action="store_true", help=f"build {LARGE:,} records, too")
    return parser.parse_args(given)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
