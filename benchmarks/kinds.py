"""Where the time of a whole build goes: seconds of a processor for each kind of file.

`python -m benchmarks.kinds FOLDER` makes every file of the catalog in FOLDER, in one process and without
writing it. What was read and made of records before is taken from the cache, as a build does; so build
that catalog first.
"""

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.report import table
from vlm_survey import read_catalog
from vlm_survey.settings import read_settings
from vlm_survey.site.build import edition_of
from vlm_survey.site.drawing import draw
from vlm_survey.site.kept import Kept, State, deciding
from vlm_survey.site.pieces import Pieces
from vlm_survey.site.plan import Plan
from vlm_survey.templating import template_folder

_AT_ONCE = 200
"""Files that are made at once, as in a build."""


def kind_of(path: str) -> str:
    """The sort of a file: its folder and suffix; of exports, the file itself.

    >>> kind_of("authors/jane-doe/index.html"), kind_of("data/catalog.parquet"), kind_of("feed.xml")
    ('authors/ .html', 'data/catalog.parquet', 'in the root')
    """
    folder, slash, rest = path.partition("/")
    if not slash:
        return "in the root"
    return path if folder == "data" else f"{folder}/ {Path(rest).suffix}"


def measured(root: Path, work: Path) -> dict[str, tuple[float, int]]:
    """For each kind of file, the seconds of a processor that all of it takes, and how many there are."""
    reading = read_catalog(root)
    settings = read_settings(root)
    shown = (settings.name, settings.repository, settings.release, settings.site_url, "")
    known = deciding(reading, template_folder(), *shown)
    pieces = Pieces(reading.catalog, Kept("pieces", reading.store, known))
    (work / "pieces").mkdir()
    pieces.keep(work / "pieces")
    drawing = draw(root, work)
    edition = edition_of(reading.catalog, root, drawing, pieces)
    kept = Kept("pages", reading.store, known)
    plan = Plan(edition, drawing, pieces, kept, State(reading.store, known).keys())
    seconds: defaultdict[str, float] = defaultdict(float)
    files: Counter[str] = Counter()
    for group in plan.groups(_AT_ONCE):
        # What is fetched at once are pages of records.
        before = time.process_time()
        with plan.at_hand(group) as keys:
            seconds["papers/ .html"] += time.process_time() - before if keys else 0
            for path in group:
                start = time.process_time()
                plan.content(path)
                seconds[kind_of(path)] += time.process_time() - start
                files[kind_of(path)] += 1
    pieces.close()
    slowest = sorted(seconds, key=seconds.__getitem__, reverse=True)
    return {kind: (seconds[kind], files[kind]) for kind in slowest}


def main() -> None:
    """Print the kinds that take longest, the longest first."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a catalog that was built")
    root = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as work:
        found = measured(root, Path(work))
    rows = [[kind, f"{files:,}", f"{spent:.2f}"] for kind, (spent, files) in found.items()]
    print(table(["Files", "how many", "processor, s"], rows))


if __name__ == "__main__":
    main()
