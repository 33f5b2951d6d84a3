"""Matrix, trends, lineage, lists, changes: numbers that must agree with the records."""

import dataclasses
import datetime
import itertools
import re
import urllib.parse
from collections.abc import Iterator

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
from vlm_survey.views.indexes import all_by_title, by_pair, by_term
from vlm_survey.views.lineage import Branch, lineage, linked_papers
from vlm_survey.views.lists import author_link, authors, authors_by_letter, venues, years
from vlm_survey.views.matrix import choices, main_choice, matrix
from vlm_survey.views.record_page import LONGEST_REPORT, RecordPages
from vlm_survey.views.terms import codebook, term_view
from vlm_survey.views.trends import trends

SETTINGS = Settings("A Catalog", "Of models.", "", "", "1")


def test_a_cell_counts_what_its_query_selects(real: Catalog) -> None:
    for facets in choices(real):
        view = matrix(facets, real)
        for table in view.tables:
            for row in table.rows:
                for cell in row.cells:
                    if "?" in cell.url:
                        query = Query.from_address(cell.url.partition("?")[2], real)
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
    assert sum(cell.note is view.notes[0] for cell in cells) == 1
    assert view.unknown == sum(not cell.count and not cell.note for cell in cells) == 1


def test_totals_count_each_paper_once(real: Catalog) -> None:
    for facets in choices(real):
        view = matrix(facets, real)
        for table in view.tables:
            totals = [*table.totals, table.total, *(row.total for row in table.rows)]
            for total in totals:
                if "?" in total.url:
                    query = Query.from_address(total.url.partition("?")[2], real)
                    assert len(query.apply(real)) == total.count
            for row in table.rows:
                counts = [cell.count for cell in row.cells]
                assert max(counts) <= row.total.count <= table.total.count
    pair = matrix(main_choice(real), real).tables[0]
    assert pair.total.count == len(real)
    assert [row.total.count for row in pair.rows] == [
        len(by_term(real)["modality", row.head.id]) for row in pair.rows
    ]
    assert len(pair.rows) >= len(pair.columns)


def test_from_each_matrix_one_facet_can_be_added_or_removed(real: Catalog) -> None:
    known = {matrix(facets, real).url for facets in choices(real)}
    for facets in choices(real):
        view = matrix(facets, real)
        links = [*view.steps, *(link for _, links in view.others for link in links)]
        assert {link.url for link in links} <= known
        assert {len(link.url.split("/")) for link in view.steps} == {7 - len(facets)}
        current = {link.url for link in links if link.is_current}
        assert current == ({view.url} if len(facets) == 2 else set())


def test_no_page_of_the_codebook_shows_ids_in_backticks(real: Catalog) -> None:
    for field in codebook(real):
        for text in (field.definition, *(count.term.definition for count in field.terms)):
            assert "`" not in text
        for count in field.terms:
            term = term_view(field.id, count.id, real).term
            assert "`" not in term.rule + term.look_alike
    look_alike = term_view("modality", "surgical-video", real).term.look_alike
    assert "“Other”" in look_alike


def test_bars_are_as_high_as_they_count(real: Catalog) -> None:
    view = trends(real)
    known = sum(record.year is not None for record in real)

    assert sum(bar.count for bar in view.years.bars) == view.years.total == known
    assert view.without_year == len(real) - known
    for charts in ((view.years,), *(panel.charts for panel in view.panels)):
        bars = [bar for chart in charts for bar in chart.bars]
        tallest = max(bar.tall_by_count for bar in bars)
        most = max(bar.count for bar in bars)
        highest = max(bar.tall_by_share for bar in bars)
        largest = max(bar.count / bar.of for bar in bars if bar.of)
        for bar in bars:
            assert bar.tall_by_count == pytest.approx(tallest * bar.count / most, abs=0.1)
            share = bar.count / bar.of if bar.of else 0
            assert bar.tall_by_share == pytest.approx(highest * share / largest, abs=0.1)


def test_a_bar_counts_what_its_link_shows(real: Catalog) -> None:
    for panel in trends(real).panels:
        for chart in panel.charts:
            assert chart.total == sum(bar.count for bar in chart.bars)
            for bar in chart.bars:
                if bar.url:
                    query = Query.from_address(bar.url.partition("?")[2], real)
                    assert len(query.apply(real)) == bar.count > 0


def test_years_with_few_papers_are_joined(small: Catalog) -> None:
    few, many = (small["clip"].model_copy(update={"year": year}) for year in (2019, 2022))
    catalog = Catalog(small.taxonomy, (few, *[many] * 10, small["adaclip"]))
    view = trends(catalog)

    assert [bar.period.label for bar in view.years.bars] == [
        "2019",
        "2020",
        "2021",
        "2022",
        "2023",
        "2024",
    ]
    assert [period.label for period in view.panels[0].periods] == ["to 2022", "2023", "2024"]


def _walk(branch: Branch) -> Iterator[Branch]:
    yield branch
    for child in branch.branches:
        yield from _walk(child)


def test_the_trees_hold_every_base_of_every_paper(real: Catalog) -> None:
    view = lineage(real)
    branches = [branch for tree in view.trees for branch in _walk(tree)]
    shown = {(base, branch.id) for branch in branches for base in branch.bases}

    assert shown == {(base, record.id) for record in real for base in record.builds_on}
    assert view.linked == len({name for pair in shown for name in pair}) == len(linked_papers(real))
    for branch in branches:
        for child in branch.branches:
            names = [real[base].name or real[base].title for base in child.bases]
            names.remove(branch.name)
            assert branch.id in child.bases
            assert list(child.also) == names


def test_a_paper_stands_once_in_a_tree_and_its_branches_once_on_the_page(real: Catalog) -> None:
    opened: set[str] = set()
    for tree in lineage(real).trees:
        ids = [branch.id for branch in _walk(tree)]
        assert len(ids) == len(set(ids))
        for branch in _walk(tree):
            assert branch.elsewhere == (branch.id in opened)
            assert bool(branch.descendants) == bool(
                branch.branches or branch.elsewhere or branch.moved
            )
            opened |= {branch.id} if branch.branches else set()


def test_the_drawing_of_the_lineage_has_a_mark_for_every_paper(real: Catalog) -> None:
    view = lineage(real)
    branches = {branch.id: branch for tree in view.trees for branch in _walk(tree)}
    marks = dict(view.legend)

    assert set(marks) == {branch.mark for branch in branches.values()}
    assert marks[branches["clip"].mark] == real.taxonomy.domains[Slug("natural")].name
    pathology = real.taxonomy.term("modality", Slug("pathology")).name
    assert marks[branches["conch"].mark] == pathology
    by_field = {field.id: field for field in view.filters}
    assert list(by_field) == ["modality", "task", "builds_on"]
    for field in ("modality", "task"):
        for choice in by_field[field].choices:
            tagged = [b for b in branches.values() if f"{field}={choice.id}" in b.terms]
            assert choice.count == len(tagged) > 0
    counts = {choice.id: choice.count for choice in by_field["builds_on"].choices}
    assert counts == {b.id: b.descendants for b in branches.values() if b.descendants}


def test_the_lists_hold_every_paper(real: Catalog) -> None:
    by_author = {
        listing.url: {record.id for record in listing.records} for listing in authors(real)
    }
    for record in real:
        for author in record.authors:
            link = author_link(author, real)
            if link in by_author:
                assert record.id in by_author[link], author
            else:
                query = Query.from_address(link.removeprefix("browse/"), real)
                assert link == f"browse/?{query}"
                assert record.id in {found.id for found in query.apply(real)}, author
    assert all(len(ids) > 1 for ids in by_author.values())
    assert sum(listing.count for listing in years(real)) == len(real)
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


def test_an_author_is_named_with_frequent_co_authors_and_years(respelled: Catalog) -> None:
    found = {listing.name: listing for listing in authors(respelled)}

    assert found["Alec Radford"].co_authors == (
        ("Christian Blüthgen", "authors/christian-bluthgen/", 2),
    )
    assert found["Alec Radford"].years == "2021–2024"


def test_an_author_of_one_paper_is_searched_for(respelled: Catalog) -> None:
    links = {
        name: author_link(PersonName(name), respelled)
        for name in ("Chris Hallacy", "Alec {van Radford}", "{&}", "{李 & Œ}")
    }

    assert links == {
        "Chris Hallacy": "browse/?q=%22Chris+Hallacy%22",
        "Alec {van Radford}": "browse/?q=%22Alec+van+Radford%22",
        "{&}": "",
        "{李 & Œ}": "browse/?q=%22%E6%9D%8E+%26+%C5%92%22",
    }


def test_a_record_page_is_made_anew_when_an_author_gains_a_page(respelled: Catalog) -> None:
    fewer = dataclasses.replace(respelled, records=respelled.records[:1])
    before, after = (
        RecordPages(Edition(catalog, SETTINGS)).beside(Slug("adaclip")).author_urls
        for catalog in (fewer, respelled)
    )

    assert before == ("browse/?q=%22A.+Radford%22", "browse/?q=%22Christian+Bluethgen%22", after[2])
    assert after[:2] == ("authors/alec-radford/", "authors/christian-bluthgen/")


@pytest.mark.parametrize("asked", ["Blüthgen", "bluethgen", "Bluthgen"])
def test_the_search_finds_every_spelling_of_a_person(asked: str, respelled: Catalog) -> None:
    found = Query.from_conditions([f"q={asked}"], respelled).apply(respelled)

    assert {record.id for record in found} == {"adaclip", "clip"}


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
