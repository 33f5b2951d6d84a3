"""The next site is made beside the one that is served, and only what changed is written."""

from pathlib import Path

import pytest

from vlm_survey import CatalogError
from vlm_survey.site import tree as trees
from vlm_survey.site.tree import Tree


def build(site: Path, files: dict[str, str]) -> list[str]:
    """Build a site of these files; which of them were written is returned."""
    tree = Tree(site)
    tree.keep_only(files)
    written = [path for path, text in files.items() if tree.write(path, text.encode())]
    tree.swap()
    tree.close()
    return written


def held(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): path.read_text()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(params=[True, False], ids=["in one move", "in two moves"])
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if not request.param:
        monkeypatch.setattr(trees, "_exchange", lambda *_: False)
    return tmp_path / "site"


def test_only_what_changed_is_written(site: Path) -> None:
    first = {"a/index.html": "a", "b/index.html": "b", "b/c/index.html": "c"}
    assert build(site, first) == list(first)
    assert held(site) == first
    times = {path: (site / path).stat().st_mtime_ns for path in first}

    for second in (
        {"a/index.html": "changed", "b/index.html": "b", "d/e/index.html": "d"},
        {"a/index.html": "a", "b/index.html": "b", "d/e/index.html": "d"},
        {"a/index.html": "a", "b/index.html": "b"},
    ):
        before = held(site)
        changed = [path for path, text in second.items() if before.get(path) != text]
        assert build(site, second) == changed
        assert held(site) == second
        assert (site / "b/index.html").stat().st_mtime_ns == times["b/index.html"]
        assert sorted(path.name for path in site.iterdir()) == sorted(
            {path.partition("/")[0] for path in second}
        )


def test_files_are_compared_to_their_ends(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "_PART", 2)
    files = {"a": "12345", "b": "12345", "c": "12345", "d": "", "e": "12345", "f": "12345"}
    changed = files | {"a": "1234", "b": "123456", "c": "12346", "d": "1", "e": "02345"}

    assert build(site, files) == list(files)
    assert build(site, files) == []
    assert build(site, changed) == ["a", "b", "c", "d", "e"]
    assert held(site) == changed


def test_what_others_changed_in_it_is_put_right(site: Path) -> None:
    files = {"a/index.html": "a", "b/index.html": "b", "c/index.html": "c"}
    build(site, files)
    build(site, files)
    (site / "a/index.html").write_text("somebody else's")
    (site / "b/index.html").unlink()
    (site / "c/index.html").unlink()
    (site / "c/index.html").mkdir()
    (site / "more").mkdir()
    (site / "more/file").write_text("somebody else's")
    (site / "link").symlink_to(site / "a")

    build(site, files)

    assert held(site) == files
    assert sorted(path.name for path in site.iterdir()) == ["a", "b", "c"]


def test_a_file_where_a_folder_must_be_and_the_other_way_round(site: Path) -> None:
    for files in ({"a": "a", "b/c": "c"}, {"a/b": "b", "b": "b"}, {"a": "a", "b/c": "c"}):
        build(site, files)
        build(site, files)
        assert held(site) == files


def test_the_served_site_is_not_touched_before_it_is_replaced(site: Path) -> None:
    build(site, {"a": "one", "b": "one"})
    build(site, {"a": "two", "b": "one"})
    tree = Tree(site)
    tree.keep_only(["a"])
    tree.write("a", b"three")
    tree.write("c", b"three")
    tree.close()

    assert held(site) == {"a": "two", "b": "one"}


def test_two_builds_at_once_are_one_too_many(tmp_path: Path) -> None:
    first = Tree(tmp_path / "site")
    with pytest.raises(CatalogError, match="another build makes this site"):
        Tree(tmp_path / "site")
    first.close()
    assert build(tmp_path / "site", {"a": "a"}) == ["a"]


def test_what_is_no_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    for name in ("site", ".site-next"):
        (tmp_path / name).symlink_to(tmp_path / "elsewhere")
        with pytest.raises(CatalogError, match="is not a folder"):
            Tree(tmp_path / "site")
        (tmp_path / name).unlink()
