"""Releases are read the newest first, and one that is not valid stops the reading."""

from pathlib import Path

import pytest

from vlm_survey import CatalogError
from vlm_survey.load import load_releases


def write(root: Path, **releases: str) -> None:
    (root / "releases").mkdir()
    for name, day in releases.items():
        text = f"release: {name}\ndate: {day}\nadded: [clip]\n"
        (root / "releases" / f"{name}.yaml").write_text(text)


def test_the_newest_comes_first(tmp_path: Path) -> None:
    write(tmp_path, b="2026-11-23", a="2026-11-24", d="2026-11-24", c="2026-11-22")
    (tmp_path / "releases" / "notes.txt").write_text("no release")

    assert [release.release for release in load_releases(tmp_path)] == ["d", "a", "b", "c"]


def test_there_need_be_none(tmp_path: Path) -> None:
    assert load_releases(tmp_path) == ()


def test_a_folder_that_is_a_link_is_not_looked_into(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.yaml").write_text("password: hunter2")
    (tmp_path / "releases").symlink_to(tmp_path / "secret")

    with pytest.raises(CatalogError) as caught:
        load_releases(tmp_path)
    assert str(caught.value) == "releases:1: symbolic link; replace it with the folder itself"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("soon", "releases/a.yaml:2: date: not a date; use the format 2026-11-24"),
        ("&d 2026-11-24", "releases/a.yaml:2: anchor &d is not allowed; quote the text if it begins with '&'"),
    ],
)  # fmt: skip
def test_one_that_is_not_valid_is_named(day: str, said: str, tmp_path: Path) -> None:
    write(tmp_path, a=day, b="2026-11-24")

    with pytest.raises(CatalogError) as caught:
        load_releases(tmp_path)
    assert str(caught.value) == said
