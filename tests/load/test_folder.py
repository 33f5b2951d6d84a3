"""What lies in `papers/` besides records is named, never followed, never opened."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from vlm_survey.load import Problem
from vlm_survey.load.folder import Entry, entries, entry, read_regular

Read = Callable[[int, int], bytes]


def test_a_pipe_is_not_opened(folder: Path) -> None:
    """Reading it would wait for ever."""
    os.mkfifo(folder / "papers" / "pipe.yaml")

    problems = {
        entry.name: [p.code for p in entry.problems] for entry in entries(folder / "papers")
    }

    assert problems["pipe.yaml"] == ["unreadable-file"]


def test_a_link_is_not_followed_and_its_target_not_quoted(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("token: SECRET")
    (folder / "papers" / "a.yaml").symlink_to(secret)

    (found,) = [found for found in entries(folder / "papers") if found.name == "a.yaml"]

    assert found.data is None
    assert "SECRET" not in repr(found.problems)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_file_that_may_not_be_read_is_named(folder: Path) -> None:
    path = folder / "papers" / "clip.yaml"
    path.chmod(0)
    for parent in [folder, *folder.parents]:
        if parent.stat().st_uid == 0 and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    os.seteuid(65534)
    try:
        found = {entry.name: entry.problems for entry in entries(folder / "papers")}
    finally:
        os.seteuid(0)

    message, fix = "cannot be read: Permission denied", "check the file and its permissions"
    assert found["clip.yaml"] == (Problem(1, "unreadable-file", message, fix),)


def test_an_editor_s_lock_is_no_file_but_what_is_only_called_so_is(tmp_path: Path) -> None:
    (tmp_path / ".#lock.yaml").symlink_to("somebody@somewhere:1")
    (tmp_path / ".#file.yaml").write_text("title: A\n")

    assert [entry.name for entry in entries(tmp_path)] == [".#file.yaml"]


def test_a_name_that_is_not_text_is_reported(folder: Path) -> None:
    raw = os.fsencode(folder / "papers") + b"/\xff.yaml"
    Path(os.fsdecode(raw)).write_text("title: A\n")

    codes = [problem.code for entry in entries(folder / "papers") for problem in entry.problems]

    assert codes == ["file-name"]


def test_a_file_that_vanishes_meanwhile_is_reported(folder: Path) -> None:
    found = entries(folder / "papers")
    first = next(found)
    (folder / "papers" / "unread.yaml").unlink()
    rest = list(found)

    assert first.problems == ()
    assert [p.code for entry in rest for p in entry.problems] == ["unreadable-file"]


def test_what_is_not_there_is_reported_as_that(tmp_path: Path) -> None:
    message, fix = "cannot be read: No such file or directory", "check the file and its permissions"

    assert entry(tmp_path, "a.yaml") == Entry(
        "a.yaml", None, (Problem(1, "unreadable-file", message, fix),)
    )


@pytest.mark.parametrize("other", ["pipe", "link"])
def test_what_takes_a_file_s_place_meanwhile_is_not_read(other: str, folder: Path) -> None:
    """Between the look at the folder and the opening."""
    papers = folder / "papers"
    found = entries(papers)
    assert next(found).id == "adaclip"
    (papers / "clip.yaml").unlink()
    if other == "pipe":
        os.mkfifo(papers / "clip.yaml")
        message, fix = "not a regular file", "replace it with the record itself"
    else:
        (papers / "clip.yaml").symlink_to(papers / "unread.yaml")
        message = "cannot be read: Too many levels of symbolic links"
        fix = "check the file and its permissions"

    clip = next(found)

    assert clip == Entry("clip.yaml", None, (Problem(1, "unreadable-file", message, fix),))


@pytest.mark.parametrize("size", [99, 100, 101, 102, 200])
def test_of_a_file_that_is_too_large_one_byte_more_than_allowed_is_read(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a file system hands a file over in pieces."""
    path = tmp_path / "a.yaml"
    path.write_bytes(bytes(range(256))[:size])
    asked = []

    def read(descriptor: int, length: int, whole: Read = os.read) -> bytes:
        asked.append(length)
        return whole(descriptor, min(length, 30))

    monkeypatch.setattr(os, "read", read)

    assert read_regular(path, 100) == (bytes(range(256))[: min(size, 101)], [])
    assert max(asked) == 101


def test_a_file_behind_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    message, fix = "cannot be read: Not a directory", "check the file and its permissions"

    found = read_regular(tmp_path / "a" / "taxonomy.yaml")

    assert found == (None, [Problem(1, "unreadable-file", message, fix)])


@pytest.mark.parametrize(("length", "codes"), [(100, []), (101, ["file-name"])])
def test_an_id_is_no_longer_than_100_characters(
    length: int, codes: list[str], tmp_path: Path
) -> None:
    (tmp_path / f"{'a' * length}.yaml").write_text("title: A\n")

    (found,) = entries(tmp_path)

    assert [problem.code for problem in found.problems] == codes
