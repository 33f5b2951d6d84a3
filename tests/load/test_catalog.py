"""From a folder to a catalog: what is wrong stops nobody from reading the rest."""

from pathlib import Path

import pytest

from vlm_survey import CatalogError, load_catalog, read_catalog
from vlm_survey.load import Problem, SourceFile, catalog
from vlm_survey.load.reading import Place
from vlm_survey.store import VARIABLE


def test_without_a_taxonomy_the_records_are_still_read(folder: Path) -> None:
    (folder / "taxonomy.yaml").write_text("kinds: {\n", encoding="utf-8")

    reading = read_catalog(folder)

    assert reading.taxonomy is None
    assert [record.id for _, record in reading.records()] == ["adaclip", "clip", "unread"]


@pytest.mark.parametrize("lacking", ["taxonomy.yaml", "papers", "a folder of its own"])
def test_a_folder_without_a_catalog_is_refused_with_the_way_out(
    lacking: str, folder: Path, tmp_path: Path
) -> None:
    papers = folder / "papers"
    if lacking == "taxonomy.yaml":
        (folder / lacking).unlink()
    else:
        papers.rename(tmp_path / "elsewhere")
        if lacking != "papers":
            papers.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(CatalogError) as caught:
        read_catalog(folder)
    assert str(caught.value) == (
        f"no catalog in {folder.resolve()}: taxonomy.yaml or the folder papers/ is missing; "
        "change to the catalog's folder, or use --catalog DIR"
    )


OWN_FILES = ["taxonomy.yaml", "gaps.yaml", "retired.yaml", "authors.yaml", "rejected.yaml"]


@pytest.mark.parametrize("name", OWN_FILES)
def test_a_file_of_words_that_is_none_is_named(name: str, folder: Path) -> None:
    (folder / name).write_bytes(b"\xff\n")

    reading = read_catalog(folder)

    files = {file.path: file for file in reading.own_files}
    assert list(files) == OWN_FILES
    assert [problem.code for problem in files[name].problems] == ["encoding"]


def test_a_file_of_words_is_no_link(folder: Path) -> None:
    (folder / "gaps.yaml").symlink_to(folder / "taxonomy.yaml")

    file = read_catalog(folder).gaps_file

    assert (file.path, [problem.code for problem in file.problems]) == (
        "gaps.yaml",
        ["unreadable-file"],
    )


def test_a_taxonomy_may_be_larger_than_a_record(folder: Path) -> None:
    """In bytes, and in parts."""
    path = folder / "taxonomy.yaml"
    text = path.read_text()
    more = "".join(
        f"  venue-{n}: {{short: V{n}, name: Venue {n}, type: journal}}\n" for n in range(1500)
    )
    assert text.count("venues:\n") == 1
    path.write_text(text.replace("venues:\n", f"venues:\n{more}"))

    reading = read_catalog(folder)

    assert reading.taxonomy_file.problems == ()
    assert reading.taxonomy is not None and "venue-1499" in reading.taxonomy.venues
    assert reading.taxonomy_file.text == path.read_text()
    assert reading.taxonomy_file.digest


def test_records_are_read_by_their_ids(folder: Path) -> None:
    """A shorter id comes before those that begin like it, though their files' names sort otherwise."""
    text = (folder / "papers" / "unread.yaml").read_text()
    for name in ("clip-2", "clip-10"):
        (folder / "papers" / f"{name}.yaml").write_text(text)

    found = [file.id for file in read_catalog(folder).files]

    assert found == ["adaclip", "clip", "clip-10", "clip-2", "unread"]


def test_what_was_kept_is_read_as_what_was_not(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    (folder / "papers" / "faulty.yaml").write_text("tilte: A\n")

    first, again = ([*read_catalog(folder).files] for _ in range(2))

    assert list((tmp_path / "cache").iterdir())
    for one, other in zip(first, again, strict=True):
        assert (other.path, other.digest, other.problems) == (one.path, one.digest, one.problems)
        assert (other.record, other.text, other.lines) == (one.record, one.text, one.lines)


def test_what_was_kept_is_not_read_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    before = read_catalog(folder).catalog.records

    with monkeypatch.context() as nothing:
        nothing.delattr(catalog, "read_record")
        again = read_catalog(folder).catalog.records

    assert again == before
    (folder / "papers" / "clip.yaml").write_text("tilte: A\n")
    assert [file.id for file in read_catalog(folder).files if file.problems] == ["clip"]


def test_a_record_with_a_problem_is_none_though_all_fields_are_there(folder: Path) -> None:
    path = folder / "papers" / "clip.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert [record.id for _, record in read_catalog(folder).records()] == ["adaclip", "unread"]


def test_load_catalog_refuses_half_a_catalog(folder: Path) -> None:
    (folder / "papers" / "b.yaml").write_text("tilte: B\n", encoding="utf-8")

    with pytest.raises(CatalogError, match=r"papers/b\.yaml:1: title: field is missing"):
        load_catalog(folder)


def test_spellings_are_read_with_the_catalog(folder: Path) -> None:
    (folder / "authors.yaml").write_text("authors: {Alexander Radford: [Alec Radford]}\n")

    for found in (load_catalog(folder), read_catalog(folder).catalog):
        assert found.spellings == {"Alexander Radford": ("Alec Radford",)}

    (folder / "authors.yaml").write_text("authors: {Alexander Radford: Alec}\n")
    assert read_catalog(folder).catalog.spellings == {}
    with pytest.raises(
        CatalogError, match=r"authors\.yaml:1: authors\.Alexander Radford: must be a list"
    ):
        load_catalog(folder)


def test_load_catalog_takes_the_folder_it_is_called_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)

    assert load_catalog().records == read_catalog().catalog.records == load_catalog(folder).records


def test_what_has_not_changed_is_taken_from_the_reading_before(folder: Path) -> None:
    before = read_catalog(folder)
    changed, vanished = folder / "papers" / "clip.yaml", folder / "papers" / "unread.yaml"
    changed.write_text(changed.read_text().replace("year: 2021", "year: 2020"))
    vanished.unlink()
    (folder / "papers" / "new.yaml").write_text("tilte: A\n")
    (folder / "papers" / "link.yaml").symlink_to(changed)

    again = read_catalog(folder, before=before)

    known = {file.id: file for file in before.files}
    found = {file.id: file for file in again.files}
    assert list(found) == ["adaclip", "clip", "link", "new"]
    assert found["adaclip"] is known["adaclip"]
    assert found["clip"].record is not None and found["clip"].record.year == 2020
    assert found["new"].problems
    assert found["link"].path == "papers/link.yaml"
    assert [problem.code for problem in found["link"].problems] == ["unreadable-file"]
    assert again.catalog.records == read_catalog(folder).catalog.records


@pytest.mark.parametrize(("name", "most"), [("authors", 3000), ("builds_on", 40)])
def test_a_list_that_is_too_long_is_told_how_long_it_may_be(
    name: str, most: int, folder: Path
) -> None:
    """Not among the golden cases, where it would fill a page."""
    path = folder / "papers" / "clip.yaml"
    items = ", ".join(f"a{number}" for number in range(most + 1))
    path.write_text(f"title: A\n{name}: [{items}]\nstatus: imported\nadded: 2026-11-24\n")

    (problem,) = next(file for file in read_catalog(folder).files if file.id == "clip").problems

    assert problem == Problem(2, "schema", f"{name}: too long", f"shorten it to {most} items")


def test_all_that_is_wrong_with_a_file_of_words_is_told_in_the_order_of_its_lines(
    folder: Path,
) -> None:
    (folder / "gaps.yaml").write_bytes(b"gaps: []\ngaps: &a []\r\n")

    problems = read_catalog(folder).gaps_file.problems

    assert [(problem.line, problem.code) for problem in problems] == [
        (2, "encoding"),
        (2, "duplicate-key"),
        (2, "yaml-feature"),
    ]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("links", "pdf"), 3),
        (("links", "code"), 2),
        (("links", "code", "url", "host"), 2),
        (("venue",), 1),
        ((), 1),
    ],
)
def test_what_is_not_there_is_missed_where_it_would_stand(place: Place, line: int) -> None:
    lines: dict[Place, int] = {("title",): 1, ("links",): 2, ("links", "pdf"): 3}

    assert SourceFile("papers/a.yaml", lines=lines).line_of(place) == line
