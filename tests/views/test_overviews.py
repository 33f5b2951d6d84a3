"""Matrix, trends, lineage, lists, changes: numbers that must agree with the records."""

import dataclasses
import datetime
import itertools
import re
import urllib.parse

import pytest

from tests.conftest import REPOSITORY, SMALL
from vlm_survey import Catalog, DatasetRole, PersonName, Query, Slug, load_catalog
from vlm_survey.model.author import Authors
from vlm_survey.model.gap import Gap
from vlm_survey.settings import Settings
from vlm_survey.urls import author_url
from vlm_survey.views.changes import compare
from vlm_survey.views.edition import Edition
from vlm_survey.views.history import feed
from vlm_survey.views.indexes import all_by_title, by_pair
from vlm_survey.views.lineage import lineage
from vlm_survey.views.lists import author_link, authors, authors_by_letter, venues, years
from vlm_survey.views.matrix import choices, matrix
from vlm_survey.views.record_page import LONGEST_REPORT, RecordPages
from vlm_survey.views.search import WordIndex, search_text, slips
from vlm_survey.views.trends import trends

SETTINGS = Settings("A Catalog", "Of models.", "", "", "1")


def test_a_cell_counts_what_its_query_selects(real: Catalog) -> None:
    for facets in choices(real):
        view = matrix(facets, real)
        for table in view.tables:
            for row in table.rows:
                for cell in row.cells:
                    if "?" in cell.url:
                        query = Query.from_address(cell.url.partition("?")[2], real.taxonomy)
                        assert len(query.apply(real)) == cell.count > 0
                    assert bool(cell.count) == bool(cell.url) == bool(cell.shade)
                    assert cell.shade <= 5


def test_pairs_are_what_the_matrix_counts(real: Catalog) -> None:
    counted = {
        cell.url: cell.count
        for facets in choices(real)
        if len(facets) == 2
        for row in matrix(facets, real).tables[0].rows
        for cell in row.cells
        if cell.count
    }
    pairs = {f"terms/{'/'.join(pair)}/": len(records) for pair, records in by_pair(real).items()}

    assert counted == pairs


def test_an_empty_cell_says_why_where_that_is_known(small: Catalog) -> None:
    gap = Gap.model_validate(
        {
            "cell": {"learning_strategy": "fine-tuning", "task": "vqa"},
            "searched": "2026-11-24",
            "where": "two indexes",
        }
    )
    view = matrix(("learning_strategy", "task"), Catalog(small.taxonomy, small.records, (gap,)))
    cells = [cell for row in view.tables[0].rows for cell in row.cells]

    assert [(note.state, note.text) for note in view.notes] == [
        ("searched on 2026-11-24, none found", "two indexes")
    ]
    assert sum(cell.note == 1 for cell in cells) == 1
    assert view.unknown == sum(not cell.count and not cell.note for cell in cells) == 1


def test_bars_are_as_high_as_they_count(real: Catalog) -> None:
    view = trends(real)
    known = sum(record.year is not None for record in real)

    assert sum(bar.count for bar in view.years.bars) == view.years.total == known
    assert view.without_year == len(real) - known
    tallest = max(view.years.bars, key=lambda bar: bar.count)
    assert tallest.height == view.years.height
    for bar in view.years.bars:
        assert bar.height == pytest.approx(view.years.height * bar.count / tallest.count, abs=0.01)
        assert bar.y + bar.height == pytest.approx(view.years.height)


def test_every_line_of_descent_is_in_a_tree(real: Catalog) -> None:
    view = lineage(real)
    shown: set[tuple[str, str]] = set()

    def walk(branch, parent) -> None:  # type: ignore[no-untyped-def]
        if parent:
            shown.add((parent.id, branch.id))
        for child in branch.branches:
            walk(child, branch)

    for tree in view.trees:
        walk(tree, None)
    recorded = {(base, record.id) for record in real for base in record.builds_on}
    assert shown == recorded
    assert view.linked == len({name for pair in recorded for name in pair})


def test_the_lists_hold_every_paper(real: Catalog) -> None:
    by_author = {
        listing.url: {record.id for record in listing.records} for listing in authors(real)
    }
    index = WordIndex.of(search_text(record, real) for record in real)
    place = {record.id: number for number, record in enumerate(real)}
    for record in real:
        for author in record.authors:
            link = author_link(author, real)
            if link in by_author:
                assert record.id in by_author[link], author
            else:
                query = Query.from_address(link.removeprefix("browse/"), real.taxonomy)
                assert link == f"browse/?{query}"
                assert all(place[record.id] in index.find(word) for word in query.words), author
    assert all(len(ids) > 1 for ids in by_author.values())
    assert sum(listing.count for listing in years(real)) == sum(
        record.year is not None for record in real
    )
    assert sum(listing.count for listing in venues(real)) == sum(
        record.venue is not None for record in real
    )
    letters = authors_by_letter(real)
    assert sum(len(letter.listings) for letter in letters) == len(by_author)
    assert [letter.letter for letter in letters] == sorted(letter.letter for letter in letters)


def test_spellings_of_one_name_are_one_author(small: Catalog) -> None:
    changed = small["adaclip"].model_copy(update={"authors": small["clip"].authors[:1]})
    respelled = changed.model_copy(update={"authors": (type(changed.authors[0])("Álec Radford"),)})
    catalog = Catalog(small.taxonomy, (respelled, small["clip"]))

    assert {listing.url: listing.count for listing in authors(catalog)} == {
        "authors/alec-radford/": 2
    }


@pytest.fixture
def respelled(small: Catalog) -> Catalog:
    """Two papers of one person, and one of another, each under several spellings."""
    authors = {
        "adaclip": ["Radford, A.", "Bluethgen, Christian", "Chris Hallacy"],
        "clip": ["Alec Radford", "Christian Blüthgen"],
        "unread": ["Alec {van Radford}"],
    }
    records = tuple(
        record.model_copy(update={"authors": tuple(map(PersonName.parse, authors[record.id]))})
        for record in small
    )
    spellings = {
        "Alec Radford": ["A. Radford", "Radford, Al"],
        "Christian Blüthgen": ["Christian Bluethgen"],
        "Christopher Hallacy": ["Chris Hallacy"],
    }
    read = Authors.model_validate({"authors": spellings}).authors
    return dataclasses.replace(small, records=records, spellings=read)


def test_other_spellings_of_a_person_lead_to_one_page(respelled: Catalog) -> None:
    found = {listing.name: listing for listing in authors(respelled)}

    assert list(found) == ["Christian Blüthgen", "Alec Radford"]
    radford, other = found["Alec Radford"], found["Christian Blüthgen"]
    assert (radford.url, radford.count, radford.letter) == ("authors/alec-radford/", 2, "R")
    assert radford.also == ("A. Radford",)
    assert (other.url, other.also) == ("authors/christian-bluthgen/", ("Christian Bluethgen",))
    for name in ("Radford, A.", "Á Radford", "Al Radford", "Alec Radford"):
        assert respelled.person(PersonName(name)) == "Alec Radford"
        assert author_link(PersonName(name), respelled) == radford.url
    assert respelled.person(PersonName("Alec {van Radford}")) == "Alec {van Radford}"


def test_an_author_of_one_paper_is_searched_for(respelled: Catalog) -> None:
    links = {
        name: author_link(PersonName(name), respelled)
        for name in ("Chris Hallacy", "Alec {van Radford}", "{&}", "{李 & Œ}")
    }

    assert links == {
        "Chris Hallacy": "browse/?q=chris+hallacy",
        "Alec {van Radford}": "browse/?q=alec+radford+van",
        "{&}": "",
        "{李 & Œ}": "browse/?q=oe+%E6%9D%8E",
    }


def test_a_record_page_is_made_anew_when_an_author_gains_a_page(respelled: Catalog) -> None:
    fewer = dataclasses.replace(respelled, records=respelled.records[:1])
    before, after = (
        RecordPages(Edition(catalog, SETTINGS)).beside(Slug("adaclip")).author_urls
        for catalog in (fewer, respelled)
    )

    assert before == ("browse/?q=a+radford", "browse/?q=bluethgen+christian", after[2])
    assert after[:2] == ("authors/alec-radford/", "authors/christian-bluthgen/")


@pytest.mark.parametrize("asked", ["Blüthgen", "bluethgen", "Bluthgen"])
def test_the_search_finds_every_spelling_of_a_person(asked: str, respelled: Catalog) -> None:
    found = Query.from_conditions([f"q={asked}"], respelled.taxonomy).apply(respelled)

    assert [record.id for record in found] == ["adaclip", "clip"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Álec Radford", "alec  RADFORD."),
        ("Сергей Королёв", "Сергеи Королев"),
        ("Małgorzata Połacin", "Malgorzata Polacin"),
        ("Søren Đurić-Þor", "SOREN DURIC THOR"),
        ("Weiß Œuvre Ægir", "Weiss Oeuvre Aegir"),
        ("Iŋ Ħalı", "Ing Hali"),
        ("Ελένη O´Brien", "Ελενη O'Brien"),
        ("ﾊﾞﾊﾞ", "ババ"),
    ],
)
def test_accents_case_and_signs_tell_nobody_apart(one: str, other: str) -> None:
    assert author_url(one) == author_url(other) != author_url(f"{other} Jr")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("राम कुमार", "रमा कुमार"),
        ("ばば たろう", "はは たろう"),
        (
            "{" + "한국과학기술정보연구원 " * 15 + "가}",
            "{" + "한국과학기술정보연구원 " * 15 + "나}",
        ),
        (
            "{" + "A very long consortium " * 8 + "one}",
            "{" + "A very long consortium " * 8 + "two}",
        ),
    ],
)
def test_different_names_are_different_authors(one: str, other: str, small: Catalog) -> None:
    names = (PersonName.parse(one), PersonName.parse(other))
    records = tuple(record.model_copy(update={"authors": names}) for record in small)

    found = authors(Catalog(small.taxonomy, records))

    assert {listing.name for listing in found} == {one.strip("{}"), other.strip("{}")}
    assert all(re.fullmatch(r"authors/[a-z0-9-]{5,150}/", listing.url) for listing in found)


def test_a_right_word_is_never_blurred() -> None:
    index = WordIndex.of(["segmentation", "segments", "detection"])

    assert index.find("segment") == {0, 1}
    assert index.find("segmetn") == {0, 1}
    assert index.find("detektion") == {2}
    assert index.find("xegment") == set()


@pytest.mark.parametrize(
    ("asked", "word", "most", "expected"),
    [
        ("abcd", "abcdefgh", 1, 0),
        ("abdc", "abcd", 1, 1),
        ("axcd", "abcd", 1, 1),
        ("abcd", "", 1, 2),
    ],
)
def test_slips(asked: str, word: str, most: int, expected: int) -> None:
    found = slips(asked, word, most)

    assert found == expected or (expected > most and found > most)


def test_changes_are_told_field_by_field() -> None:
    before = load_catalog(SMALL)
    clip, adaclip = before["clip"], before["adaclip"]
    roles = {Slug("mvtec-ad"): DatasetRole.BOTH, Slug("visa"): DatasetRole.TRAIN}
    corrected = clip.model_copy(update={"year": 2022, "summary": None, "datasets": roles})
    retagged = adaclip.model_copy(
        update={"tags": {**adaclip.tags, "task": {Slug("vqa"): "section 5: questions"}}}
    )
    new = clip.model_copy(update={"id": Slug("newcomer")})
    after = Catalog(before.taxonomy, (retagged, corrected, new))

    found = compare(before, after)

    assert found.added == ("newcomer",)
    assert [gone.id for gone in found.retired] == ["unread"]
    changes = {str(change.id): change for change in found.changed}
    assert set(changes) == {"clip", "adaclip"}
    assert changes["clip"].fields["year"].model_dump() == {"before": "2021", "after": "2022"}
    assert changes["clip"].fields["summary"].after is None
    assert changes["clip"].fields["datasets.mvtec-ad"].model_dump() == {
        "before": "test",
        "after": "both",
    }
    assert changes["clip"].fields["datasets.visa"].model_dump() == {
        "before": None,
        "after": "train",
    }
    assert changes["adaclip"].tags["task"].removed == ("anomaly-detection",)
    assert compare(before, before) == compare(after, after)
    assert not compare(before, before).model_dump(exclude_defaults=True)


def test_ids_in_feeds_survive_retagging_and_moving(small: Catalog) -> None:
    here = feed(Edition(small, SETTINGS), "All", "feed.xml", "changes/", small.records)
    bare = [record.model_copy(update={"tags": {}}) for record in small]
    moved = Edition(
        Catalog(small.taxonomy, tuple(bare)),
        Settings("A Catalog", "Of models.", "https://elsewhere.org/", "", "2"),
    )

    there = feed(moved, "All", "feed.xml", "changes/", bare)

    assert [entry.id for entry in there.entries] == [entry.id for entry in here.entries]
    assert there.id == here.id
    assert here.updated == max(record.added for record in small).isoformat()
    assert datetime.date.fromisoformat(here.updated)
    for one, other in itertools.pairwise(here.entries):
        assert one.updated >= other.updated


def test_a_correction_is_proposed_where_the_records_are_kept(small: Catalog) -> None:
    kept = Settings("A Catalog", "Of models.", "", "https://github.com/example/catalog", "1")
    pages = RecordPages(Edition(small, kept))
    clip = pages.page(small["clip"])

    assert clip.edit == "https://github.com/example/catalog/edit/main/papers/clip.yaml"
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(clip.report).query)
    assert query["record"] == ["clip"]
    (now,) = query["now"]
    assert now.startswith("# papers/clip.yaml\ntitle: Learning Transferable Visual Models")
    assert 'arxiv: "2103.00020"' in now
    assert (REPOSITORY / ".github" / "ISSUE_TEMPLATE" / query["template"][0]).is_file()
    assert RecordPages(Edition(small, SETTINGS)).page(small["clip"]).edit == ""


def test_a_suggested_correction_fits_into_an_address(small: Catalog) -> None:
    kept = Settings("A Catalog", "Of models.", "", "https://github.com/example/catalog", "1")
    clip = small["clip"].model_copy(
        update={"authors": tuple(PersonName.parse(f"Ann Äble-{n}") for n in range(900))}
    )
    many = Catalog(small.taxonomy, (clip, *(one for one in small if one.id != "clip")))

    report = RecordPages(Edition(many, kept)).page(clip).report

    assert 5000 < len(report) <= LONGEST_REPORT
    (now,) = urllib.parse.parse_qs(urllib.parse.urlsplit(report).query)["now"]
    assert now.endswith("\n…")


def test_pages_lead_along_the_titles(real: Catalog) -> None:
    made = RecordPages(Edition(real, SETTINGS))
    pages = [made.page(record) for record in all_by_title(real)]

    assert pages[0].beside.before is None
    assert pages[-1].beside.after is None
    for page, following in itertools.pairwise(pages):
        after = page.beside.after
        assert after is not None and after.id == following.record.item.id
        before = following.beside.before
        assert before is not None and before.id == page.record.item.id


def test_a_record_says_where_the_list_differs(real: Catalog) -> None:
    pages = RecordPages(Edition(real, SETTINGS))

    assert ("Another domain", "domains") in pages.page(real["sat"]).beside.differs
    assert pages.page(real["vicuna"]).beside.differs == ()
