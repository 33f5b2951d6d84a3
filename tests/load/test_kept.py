"""What was read in a file comes back from bytes, in whatever order it is asked for."""

import enum
from pathlib import Path

import pytest

from vlm_survey import CatalogError
from vlm_survey.load import SourceFile, read_record
from vlm_survey.load.folder import Entry, entries
from vlm_survey.load.kept import as_bytes, from_bytes


def kept(entry: Entry, papers: Path) -> tuple[SourceFile, SourceFile]:
    """The file as it was read, and as it was kept."""
    file = read_record(entry)
    return file, from_bytes(as_bytes(file), papers, entry.name, entry.digest)


@pytest.mark.parametrize("asked", [("lines", "record", "text"), ("record", "text", "lines")])
def test_a_file_comes_back_as_it_was_read(asked: tuple[str, ...], folder: Path) -> None:
    papers = folder / "papers"
    (papers / "faulty.yaml").write_text("tilte: A\nyear: soon\n")
    (papers / "no-text.yaml").write_bytes(b"\xff")
    found = list(entries(papers))

    assert len(found) == 5
    for entry in found:
        file, again = kept(entry, papers)
        for name in asked:
            assert getattr(again, name) == getattr(file, name)
        assert (again.path, again.id, again.problems) == (file.path, file.id, file.problems)


def test_a_text_that_is_no_longer_what_was_read_is_not_given_away(folder: Path) -> None:
    papers = folder / "papers"
    entry = next(entry for entry in entries(papers) if entry.id == "clip")
    _, again = kept(entry, papers)
    (papers / "clip.yaml").write_text("title: Another\n")

    with pytest.raises(CatalogError) as caught:
        _ = again.text
    assert str(caught.value) == (
        "papers/clip.yaml changed while it was in use; run the command again"
    )


def test_a_status_is_kept_by_its_value(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As Python 3.11.2 has it.
    named = lambda member, _protocol: (getattr, (type(member), member.name))  # noqa: E731
    monkeypatch.setattr(enum.Enum, "__reduce_ex__", named)
    entry = next(entry for entry in entries(folder / "papers") if entry.id == "clip")
    file, again = kept(entry, folder / "papers")

    assert again.record == file.record
