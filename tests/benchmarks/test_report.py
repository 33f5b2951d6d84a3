"""Results become tables of a page; what else the page says stays."""

import datetime
import sys
from pathlib import Path

import pytest

from benchmarks import floor
from benchmarks.contest import Measured
from benchmarks.measuring import Usage, Written, run
from benchmarks.report import Results, between, exponent, filled
from benchmarks.serving import Shown
from benchmarks.whole import Size

DAY = datetime.date(2026, 11, 25)


def measured(name: str, *seconds: float) -> Measured:
    usages = tuple(Usage(value, value / 2, 50 * 2**20) for value in seconds)
    return Measured(name, usages, Written(1234, 5_600_000), tuple(value / 2 for value in seconds))


def size(records: int) -> Size:
    usage = Usage(records / 100, records / 100, 2**20 * records)
    return Size(
        records, usage, Written(4 * records, 10**5 * records), 344 * records, 431 * records, 2, 1
    )


BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"
RESULTS = Results(
    1000,
    (measured("ours", 2, 2, 2), measured("other", 6, 4, 20)),
    (measured("nothing kept", 2),),
    (size(1000), size(10_000)),
    (Shown("a record", (0.5, 0.7, 0.6)),),
    ("--rounds", "3"),
)


def test_results_stand_between_the_marks_and_nowhere_else() -> None:
    page = f"# Speed\n\n{BEGIN}\nold\n{END}\n\nThe end.\n"

    text = filled(page, RESULTS, DAY)

    assert text.startswith(f"# Speed\n\n{BEGIN}\n\nMeasured on 2026-11-25 with ")
    assert text.endswith(f"\n\n{END}\n\nThe end.\n")
    assert "old" not in text
    assert "`python -m benchmarks.site --rounds 3`" in text
    assert filled(text, RESULTS, DAY) == text


def test_a_row_says_median_and_span() -> None:
    text = filled(BEGIN + END, RESULTS, DAY)

    assert "| other | 6.00 | 3.00 (2.00 to 10.00) | 3.00 | 50 | 1,234 | 5.6 |" in text


def test_sums_follow_from_what_one_more_record_adds() -> None:
    text = filled(BEGIN + END, RESULTS, DAY)

    assert "to the power of 1.00" in text
    assert (
        "each additional record takes 10.0 ms; at this rate, 1,000,000 records take 167 minutes"
        in text
    )
    assert "| Site | 100.00 | 1 GB on GitHub Pages | 10,000 |" in text
    assert "Each record also adds 4.0 files." in text
    assert "431 MB for 1,000,000 records" in text


def test_the_preview_says_median_least_and_most() -> None:
    assert "| a record | 0.60 | 0.50 | 0.70 |" in filled(BEGIN + END, RESULTS, DAY)


def test_other_marks_are_left_alone() -> None:
    page = f"{BEGIN}{END}<!-- list: begin --><!-- list: end -->"

    text = filled(between(page, "list", "| a row |"), RESULTS, DAY)

    assert text.endswith("<!-- list: begin -->\n\n| a row |\n\n<!-- list: end -->")


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks"):
        filled("# Speed", RESULTS, DAY)


def test_the_exponent_is_that_of_the_points() -> None:
    assert exponent([(x, 3 * x**1.5) for x in (1, 10, 100)]) == pytest.approx(1.5)


def test_the_floor_writes_the_same_files(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "a" / "b").mkdir(parents=True)
    (site / "a" / "b" / "index.html").write_bytes("Ä".encode())
    (site / "empty").write_bytes(b"")
    floor.pack(site, tmp_path / "packed")

    floor.unpack(str(tmp_path / "packed"), str(tmp_path / "new"))

    assert Written.below(tmp_path / "new") == Written.below(site) == Written(2, 2)
    assert (tmp_path / "new" / "a" / "b" / "index.html").read_text(encoding="utf-8") == "Ä"


def test_a_process_is_measured_with_all_that_it_starts() -> None:
    child = "import time; data = bytearray(60 * 2**20); time.sleep(0.4)"
    usage = run(
        [
            "python3",
            "-c",
            f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); print('done')",
        ]
    )

    assert usage.said == "done\n"
    assert usage.seconds > 0.4
    assert usage.peak > 60 * 2**20


def test_a_process_that_fails_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"])
