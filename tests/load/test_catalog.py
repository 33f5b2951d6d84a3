"""From a folder to a catalog: what is wrong stops nobody from reading the rest."""

from pathlib import Path

import pytest

from vlm_survey import CatalogError, load_catalog, read_catalog
from vlm_survey.load import Problem


def test_without_a_taxonomy_the_records_are_still_read(folder: Path) -> None:
    (folder / "taxonomy.yaml").write_text("kinds: {\n", encoding="utf-8")

    reading = read_catalog(folder)

    assert reading.taxonomy is None
    assert [record.id for _, record in reading.records()] == ["adaclip", "clip", "unread"]


def test_a_folder_without_a_catalog_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="--catalog DIR"):
        read_catalog(tmp_path)


def test_load_catalog_refuses_half_a_catalog(folder: Path) -> None:
    (folder / "papers" / "b.yaml").write_text("tilte: B\n", encoding="utf-8")

    with pytest.raises(CatalogError, match=r"papers/b\.yaml:1: title: field is missing"):
        load_catalog(folder)


def test_load_catalog_takes_the_folder_it_is_called_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)

    assert load_catalog().records == load_catalog(folder).records


def test_what_has_not_changed_is_taken_from_the_reading_before(folder: Path) -> None:
    before = read_catalog(folder)
    changed, vanished = folder / "papers" / "clip.yaml", folder / "papers" / "unread.yaml"
    changed.write_text(changed.read_text().replace("year: 2021", "year: 2020"))
    vanished.unlink()
    (folder / "papers" / "new.yaml").write_text("tilte: A\n")

    again = read_catalog(folder, before=before)

    known = {file.id: file for file in before.files}
    found = {file.id: file for file in again.files}
    assert list(found) == ["adaclip", "clip", "new"]
    assert found["adaclip"] is known["adaclip"]
    assert found["clip"].record is not None and found["clip"].record.year == 2020
    assert found["new"].problems
    assert again.catalog.records == read_catalog(folder).catalog.records


def test_a_list_that_is_too_long_is_told_how_long_it_may_be(folder: Path) -> None:
    """Not among the golden cases, where it would fill a page."""
    path = folder / "papers" / "clip.yaml"
    path.write_text(
        f"title: A\nauthors: [{', '.join(['A B'] * 3001)}]\nstatus: imported\nadded: 2026-11-24\n"
    )

    (problem,) = next(file for file in read_catalog(folder).files if file.id == "clip").problems

    assert problem == Problem(2, "schema", "authors: too long", "shorten it to 3000 items")
