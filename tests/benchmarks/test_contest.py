"""Ways take turns, each from a clean start, and are compared within a round."""

import sys
from pathlib import Path

from benchmarks.contest import Way, measured
from benchmarks.measuring import Written

WRITE = """
import pathlib, sys
folder, order, name = map(pathlib.Path, sys.argv[1:])
folder.mkdir()
(folder / "a").write_text("12345")
with order.open("a") as file:
    file.write(f"{name} ")
"""


def test_ways_take_turns(tmp_path: Path) -> None:
    order = tmp_path / "order"

    def way(name: str, *, is_slow: bool = False) -> Way:
        target = tmp_path / name
        command = [sys.executable, "-c", WRITE, str(target), str(order), name]
        return Way(name, command, target, is_slow=is_slow)

    first, second = measured([way("first"), way("second", is_slow=True)], 3, slow_rounds=1)

    # Had a target not been removed, its folder could not have been made again.
    assert order.read_text() == "first second first first "
    assert (len(first.usages), len(second.usages)) == (3, 1)
    assert first.written == second.written == Written(1, 5)
    assert first.ratios == (1.0, 1.0, 1.0)
    assert second.ratios == (second.usages[0].seconds / first.usages[0].seconds,)


def test_what_is_kept_is_removed_where_nothing_may_be_kept(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    command = [sys.executable, "-c", "import os; os.mkdir(os.environ['KEPT'])"]

    (only,) = measured([Way("way", command, cache, {"KEPT": str(cache)}, cache)], 2, 2)

    assert len(only.usages) == 2
