"""What was worked out before is found again, and never changes a result."""

import pickle
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.conftest import TODAY
from vlm_survey import CatalogError, Finding, read_catalog, run_checks
from vlm_survey.load.folder import Entry
from vlm_survey.load.kept import as_bytes, from_bytes
from vlm_survey.load.reading import SourceFile
from vlm_survey.processes import Spread
from vlm_survey.store import VARIABLE, Store, digest


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    yield tmp_path / "cache"


def everything(root: Path) -> tuple[object, ...]:
    """All that reading and checking a catalog comes to."""
    reading = read_catalog(root, today=TODAY)
    findings = run_checks(reading, strict=True)
    return findings, [described(file) for file in reading.files]


def described(file: SourceFile) -> tuple[object, ...]:
    return file.path, file.text, file.record, file.problems, dict(file.lines)


def without_cache(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[object, ...]:
    with monkeypatch.context() as patch:
        patch.setenv(VARIABLE, "")
        return everything(root)


CHANGES = [
    ("papers/clip.yaml", "year: 2021", "year: 2031"),
    ("papers/clip.yaml", "title:", "titel:"),
    ("papers/clip.yaml", "title:", "\ufefftitle: ["),
    ("papers/clip.yaml", "https://", "http://"),
    ("taxonomy.yaml", "prompt-learning", "prompt-earning"),
    ("taxonomy.yaml", "facets:", "fassets:"),
]


@pytest.mark.parametrize(("name", "before", "after"), CHANGES)
def test_a_change_is_seen(
    name: str, before: str, after: str, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = everything(folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert before in text

    for now in (text.replace(before, after), text):
        (folder / name).write_text(now, encoding="utf-8")
        assert everything(folder) == without_cache(folder, monkeypatch)
        assert everything(folder) == without_cache(folder, monkeypatch)

    assert everything(folder) == first
    assert list(cache.iterdir())


@pytest.mark.usefixtures("cache")
def test_files_come_go_and_change_their_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything(folder)
    clip = folder / "papers" / "clip.yaml"

    clip.rename(folder / "papers" / "another-name.yaml")
    assert everything(folder) == without_cache(folder, monkeypatch)
    (folder / "papers" / "clip.yaml").write_bytes(
        (folder / "papers" / "another-name.yaml").read_bytes()
    )
    assert "duplicate-title" in {f.code for f in everything(folder)[0]}  # type: ignore[attr-defined]
    assert everything(folder) == without_cache(folder, monkeypatch)
    (folder / "papers" / "another-name.yaml").unlink()
    assert everything(folder) == without_cache(folder, monkeypatch)


@pytest.mark.usefixtures("cache")
def test_the_day_is_part_of_what_is_kept(folder: Path) -> None:
    codes = []
    for year in (TODAY.year, 2000):
        reading = read_catalog(folder, today=TODAY.replace(year=year))
        codes.append({finding.code for finding in run_checks(reading)})

    assert "implausible-date" not in codes[0]
    assert "implausible-date" in codes[1]


def test_a_damaged_store_is_begun_anew(folder: Path, cache: Path) -> None:
    first = everything(folder)
    (path,) = cache.iterdir()
    path.write_bytes(b"no database" * 100)

    assert everything(folder) == first
    assert everything(folder) == first
    assert path.read_bytes().startswith(b"SQLite")


def test_a_damaged_value_is_found_out(folder: Path, cache: Path) -> None:
    first = everything(folder)
    (path,) = cache.iterdir()
    database = sqlite3.connect(path)
    with database:
        damaged = "CAST(substr(value, 1, length(value) - 9) || x'00' AS BLOB)"
        database.execute(f"UPDATE kept SET value = {damaged}")
        database.execute("UPDATE kept SET value = 'text' WHERE key < x'73'")
    database.close()

    assert everything(folder) == first


@pytest.mark.parametrize("hindrance", ["file in its place", "locked", "no permission"])
def test_where_nothing_can_be_kept_nothing_is_lost(
    hindrance: str, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = without_cache(folder, monkeypatch)
    database = None
    if hindrance == "file in its place":
        cache.write_text("in the way")
    elif hindrance == "locked":
        everything(folder)
        (path,) = cache.iterdir()
        database = sqlite3.connect(path)
        database.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr("vlm_survey.store.PATIENCE", 0)
    else:
        monkeypatch.setattr(sqlite3, "connect", refuse)

    assert everything(folder) == wanted
    if database:
        database.close()


def refuse(*_: object, **__: object) -> None:
    raise sqlite3.OperationalError("unable to open database file")


def test_what_nobody_asks_for_any_more_is_dropped(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    for number in range(5):
        values = {digest(b"%d %d" % (number, n)): b"x" for n in range(1000)}
        store.put("sort", values)
        store.prune("sort", values)

    with sqlite3.connect(tmp_path / "store") as database:
        (count,) = database.execute("SELECT count(*) FROM kept").fetchone()
    assert count <= 4000


def test_a_digest_tells_its_parts_apart() -> None:
    assert digest(b"ab", b"c") != digest(b"a", b"bc") != digest(b"abc")


def test_only_records_are_unpacked() -> None:
    read = SourceFile("papers/a.yaml", record=Entry)  # type: ignore[arg-type]

    file = from_bytes(as_bytes(read), Path("papers"), "a.yaml", b"")

    with pytest.raises(pickle.UnpicklingError, match="no part of a record"):
        _ = file.record


def test_a_file_without_a_record_has_none_however_often_one_asks(folder: Path) -> None:
    (folder / "papers" / "bad.yaml").write_text("title: [", encoding="utf-8")
    for _ in range(2):
        reading = read_catalog(folder, today=TODAY)
        asked = [[file.id for file, _ in reading.records()] for _ in range(3)]
        assert asked == [["adaclip", "clip", "unread"]] * 3
        assert [file.line_of(("title",)) for file in reading.files] == [2, 1, 2, 2]


def test_no_name_leads_out_of_the_model() -> None:
    """In a pickle, a name with dots reaches what a module has imported, and so everything."""
    module, name = b"vlm_survey.model.durability", b"re.enum.bltns.eval"
    asked = b"".join(b"\x8c" + bytes([len(part)]) + part for part in (module, name))
    code = b"\x80\x04" + asked + b"\x93."
    assert pickle.loads(code) is eval

    file = from_bytes(struct.pack("<II", len(code), 0) + code, Path("papers"), "a.yaml", b"")

    with pytest.raises(pickle.UnpicklingError, match="no part of a record"):
        _ = file.record


def test_a_piece_that_fails_fails_all() -> None:
    def work(piece: Sequence[int]) -> int:
        if 5 in piece:
            raise CatalogError("five")
        return sum(piece)

    assert list(Spread(work, range(5), 2)) == [1, 5, 4]
    with pytest.raises(CatalogError, match="five"):
        list(Spread(work, range(8), 2))


_IN_PROCESSES = """
import os
import time
from vlm_survey import CatalogError, processes
processes._cores = lambda: 3
own = os.getpid()
def work(piece):
    if 5 in piece:
        raise CatalogError("five")
    if 7 in piece and os.getpid() != own:
        os._exit(1)
    time.sleep(0.1)
    return list(piece), os.getpid() != own
found = list(processes.Spread(work, range(5), 1))
print([numbers for numbers, _ in found], len(set(apart for _, apart in found)))
for items in (range(6), [7, 7, 7, 7]):
    try:
        list(processes.Spread(work, items, 1))
    except Exception as error:
        print(type(error).__name__)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process copies itself")
def test_pieces_are_worked_on_in_other_processes() -> None:
    command = [sys.executable, "-c", _IN_PROCESSES]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)

    assert ran.stdout.splitlines() == [
        "[[0], [1], [2], [3], [4]] 2",
        "CatalogError",
        "ChildProcessError",
    ], ran.stderr


def test_findings_are_the_same_in_many_pieces(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = without_cache(folder, monkeypatch)
    monkeypatch.setattr("vlm_survey.checks.run._PIECE", 1)
    monkeypatch.setattr("vlm_survey.load.catalog._PIECE", 1)

    assert without_cache(folder, monkeypatch) == whole
    assert all(isinstance(finding, Finding) for finding in whole[0])  # type: ignore[attr-defined]
