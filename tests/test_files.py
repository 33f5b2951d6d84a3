"""Files are written whole or not at all."""

import os
import re
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vlm_survey.files import inside, remove_unfinished, unfinished, write_atomically, write_new


def test_a_new_file_can_be_read_by_others(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"

    assert write_atomically(path, "text")
    assert path.read_text() == "text"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o600)

    write_atomically(path, b"new")

    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o600)


def test_a_file_that_says_it_already_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("same")
    os.utime(path, (1, 1))

    assert not write_atomically(path, "same")
    assert path.stat().st_mtime == 1


def test_no_folder_that_is_a_link_leads_out(tmp_path: Path) -> None:
    (tmp_path / "root" / "docs").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "root" / "docs" / "schema").symlink_to(tmp_path / "outside")
    link = tmp_path / "root" / "docs" / "schema"

    assert inside(tmp_path / "root", "docs/page.md") == tmp_path / "root" / "docs" / "page.md"
    for name in ("docs/schema/record.json", "docs/schema/deeper/record.json"):
        with pytest.raises(OSError) as caught:
            inside(tmp_path / "root", name)
        assert str(caught.value) == f"{link} is a symbolic link; nothing is written through it"


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("old")
    (tmp_path / "link").symlink_to(target)

    with pytest.raises(OSError) as caught:
        write_atomically(tmp_path / "link", "new")
    assert str(caught.value) == f"{tmp_path}/link is a symbolic link; nothing is written through it"
    assert target.read_text() == "old"


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)

    with pytest.raises(OSError, match="pipe is not a regular file and is not replaced"):
        write_atomically(path, "new")
    assert path.is_fifo()


def test_what_is_new_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    seen = []

    def look(descriptor: int) -> None:
        (beside,) = set(tmp_path.iterdir()) - {path}
        assert os.fstat(descriptor).st_ino == beside.stat().st_ino
        seen.append((beside.name, beside.read_text(encoding="utf-8"), path.read_text()))

    monkeypatch.setattr(os, "fsync", look)

    assert write_atomically(path, "néw")
    ((name, new, old),) = seen
    assert re.fullmatch(r"\.a\.txt\..+\.tmp", name)  # What git and the preview pass over.
    assert (new, old) == ("néw", "old")
    assert path.read_text(encoding="utf-8") == "néw"


@pytest.mark.parametrize("is_cleared", [False, True], ids=["left", "cleared by others"])
def test_who_is_interrupted_leaves_the_old_file_and_nothing_else(
    is_cleared: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "deep" / "down" / "a.txt"
    assert write_atomically(path, "old")

    def interrupt(_: int) -> None:
        if is_cleared:
            (beside,) = set(path.parent.iterdir()) - {path}
            beside.unlink()
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)

    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


def test_who_is_interrupted_as_the_file_comes_into_being_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def interrupt(path: str, flags: int, mode: int) -> int:
        os.close(opened(path, flags, mode))
        assert stat.S_IMODE(Path(path).stat().st_mode) == 0o600
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "open", interrupt)

    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.txt", "new")
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """The process may write no more than a kilobyte, as if the disk were full."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    code = f"from pathlib import Path; from vlm_survey.files import write_atomically; write_atomically(Path({str(path)!r}), 'x' * 10_000)"

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

    outcome = subprocess.run(
        [sys.executable, "-c", code], preexec_fn=limit, capture_output=True, text=True
    )

    assert "OSError" in outcome.stderr
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_killed_write_leaves_the_old_file_whole(tmp_path: Path) -> None:
    """Killed at the last moment: the new text is written, but not yet in the old one's place."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    code = (
        "import os, pathlib, signal\n"
        "pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from vlm_survey.files import write_atomically\n"
        f"write_atomically(pathlib.Path({str(path)!r}), 'new')\n"
    )

    outcome = subprocess.run([sys.executable, "-c", code], check=False)

    assert outcome.returncode == -signal.SIGKILL
    assert path.read_text() == "old"
    # What is left lies beside it under a name that git ignores and no page is made of.
    (left,) = [other.name for other in tmp_path.iterdir() if other != path]
    assert left.startswith(".a.txt.") and left.endswith(".tmp")


@pytest.mark.parametrize("data", ["néw", "néw".encode()], ids=["text", "bytes"])
def test_what_is_new_takes_a_place_where_nothing_is(data: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"

    write_new(path, data)

    assert path.read_text(encoding="utf-8") == "néw"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert list(path.parent.iterdir()) == [path]


def test_what_is_new_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    with pytest.raises(FileExistsError):
        write_new(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_given_up_long_ago_is_removed(tmp_path: Path) -> None:
    """And neither what is still written nor what cannot be removed."""
    path = tmp_path / "a.txt"
    names = {"old": ".a.txt.1.tmp", "young": ".a.txt.2.tmp", "folder": ".a.txt.3.tmp", "another's": ".b.txt.4.tmp"}  # fmt: skip
    left = {which: tmp_path / name for which, name in names.items()}
    left["folder"].mkdir()
    for which in ("old", "young", "another's"):
        left[which].touch()
    long_ago = time.time() - 3700
    for which in ("old", "folder", "another's"):
        os.utime(left[which], (long_ago, long_ago))
    os.utime(left["young"], (long_ago + 200, long_ago + 200))

    write_atomically(path, "new")

    assert set(tmp_path.iterdir()) == {path, *left.values()} - {left["old"]}


def test_what_is_unfinished_goes_when_its_work_or_the_process_ends(tmp_path: Path) -> None:
    file, folder, other = tmp_path / "file", tmp_path / "folder", tmp_path / "other"
    with unfinished(file), unfinished(folder), unfinished(tmp_path / "nothing"):
        file.touch()
        (folder / "deep").mkdir(parents=True)
        other.touch()
    assert list(tmp_path.iterdir()) == [other]

    with unfinished(file):
        file.touch()
        remove_unfinished()
        assert list(tmp_path.iterdir()) == [other]
    file.touch()
    remove_unfinished()
    assert sorted(tmp_path.iterdir()) == [file, other]
