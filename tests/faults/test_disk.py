"""Where nothing can be written or read, a message says so, and what was there stays."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Scene, assert_told, command, environment, files_of, run
from vlm_survey.files import write_atomically

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount and lock")
BOUND = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
"""Runs a command of root's as anybody's: what a file's mode forbids is forbidden."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a hundred megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=96m", "none", str(place)]
    made = subprocess.run(mount, check=False, capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@ROOT_ONLY
@pytest.mark.parametrize("left", [0, 200_000], ids=lambda size: f"{size} bytes left")
def test_a_full_disk(scene: Scene, small_disk: Path, left: int) -> None:
    root = scene.copy(small_disk / "catalog")
    filler = small_disk / "filler"
    _fill(filler, left)

    outcome = run(root, *scene.case.arguments)

    if files_of(root) != scene.after:
        assert_told(outcome, "No space left on device")
    scene.assert_whole(root)
    assert not list(root.rglob("*.tmp"))
    filler.unlink()
    run(root, *scene.case.arguments)
    assert files_of(root) == scene.after


def _fill(path: Path, left: int) -> None:
    free = shutil.disk_usage(path.parent).free
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        if left:
            file.write(b"x" * max(0, free - left))
        while not left:
            file.write(b"x" * 4096)


@ROOT_ONLY
def test_a_folder_that_others_may_not_write(scene: Scene, tmp_path: Path) -> None:
    root = scene.copy(tmp_path / "catalog")
    folders = [path for path in [root, *root.rglob("*")] if path.is_dir()]
    for path in folders:
        path.chmod(0o555)

    outcome = run(root, *scene.case.arguments, before=BOUND)

    for path in folders:
        path.chmod(0o755)
    assert_told(outcome, "Permission denied")
    assert files_of(root) == scene.before


@ROOT_ONLY
def test_a_file_that_nobody_may_change(scene: Scene, tmp_path: Path) -> None:
    root = scene.copy(tmp_path / "catalog")
    wanted = [path for path in scene.before if scene.after.get(path) != scene.before[path]]
    wanted = [path for path in wanted if not path.startswith("site/")][:1] or ["papers"]
    locked = root / wanted[0]
    if subprocess.run(["chattr", "+i", locked], check=False, capture_output=True).returncode:
        pytest.skip("this file system locks nothing")
    try:
        outcome = run(root, *scene.case.arguments)
        assert_told(outcome, "Operation not permitted")
        scene.assert_whole(root)
    finally:
        subprocess.run(["chattr", "-i", locked], check=True)


@ROOT_ONLY
def test_records_that_may_not_be_read(catalog: Path) -> None:
    for path in sorted((catalog / "papers").iterdir())[:2]:
        path.chmod(0)

    outcome = run(catalog, "check", before=BOUND)

    assert_told(outcome, "cannot be read: Permission denied", "2 errors")


@pytest.mark.parametrize("arguments", [("check",), ("list",), ("export", "csv"), ("stats",)])
def test_output_that_nobody_takes(catalog: Path, arguments: tuple[str, ...]) -> None:
    ended = f"{' '.join(command(*arguments))} | head -c 1"
    for shell in (f"{' '.join(command(*arguments))} >&-", ended):
        outcome = subprocess.run(
            shell,
            shell=True,
            cwd=catalog,
            env=environment(catalog),
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert "Traceback" not in outcome.stderr
        assert "Exception" not in outcome.stderr


def test_what_a_killed_writer_left_is_no_record_and_goes(catalog: Path) -> None:
    path = next((catalog / "papers").glob("*.yaml"))
    left = path.with_name(f".{path.name}.abcd1234.tmp")
    left.write_text("title: half")

    assert run(catalog, "check").returncode == 0
    write_atomically(path, "title: new")
    assert left.exists()
    os.utime(left, (1, 1))
    write_atomically(path, "title: newer")
    assert not left.exists()
