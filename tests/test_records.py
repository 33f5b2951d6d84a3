"""The records of this repository: complete, sound, and true to the survey's list."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from vlm_survey import Catalog, read_catalog, run_checks
from vlm_survey.model.folding import fold
from vlm_survey.readme import render_readme
from vlm_survey.schema import PATH as SCHEMA_PATH
from vlm_survey.schema import schema_text
from vlm_survey.settings import read_settings

LIST = REPOSITORY / "tests" / "data" / "survey-list.csv"
"""The survey's own list as it was printed, row by row; signed addresses are cut at their `?`."""


def rows() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(
        row[field] for field in ("section", "number", "name", "title", "domain", "task", "link")
    )


def test_no_record_has_an_error_or_a_warning() -> None:
    assert run_checks(read_catalog(REPOSITORY)) == []


def test_every_row_of_the_list_stands_in_one_record_exactly_as_printed(real: Catalog) -> None:
    ours = Counter(
        tuple(
            str(getattr(entry, field) or "")
            for field in ("section", "number", "name", "title", "domain", "task", "link")
        )
        for record in real
        for entry in record.survey
    )

    assert ours == Counter(printed(row) for row in rows())
    assert len(rows()) == 221


def test_works_that_stand_twice_in_the_list_are_one_record(real: Catalog) -> None:
    twice = {record.id: len(record.survey) for record in real if len(record.survey) > 1}

    assert twice == {"llava-med": 2, "vila-m3": 2}


def test_labels_that_the_list_has_wrong_are_right_in_our_fields(real: Catalog) -> None:
    for record_id in ("sat", "chexagent"):
        assert real[record_id].domain == "medical"
        assert real[record_id].survey[0].domain == "natural"


def test_titles_are_free_of_the_lists_damage(real: Catalog) -> None:
    for record in real:
        assert "  " not in record.title
        assert " :" not in record.title
        assert ", in: " not in record.title
        assert not record.title.isupper()


@pytest.mark.parametrize("record_id", ["openclip", "dreamlike-photoreal", "claude-3", "gpt-4v"])
def test_models_without_a_paper_lead_to_what_can_be_cited(real: Catalog, record_id: str) -> None:
    record = real[record_id]

    assert record.primary_link
    assert record.note


def test_every_row_is_found_by_its_title_or_name_in_the_readme(real: Catalog) -> None:
    readme = fold((REPOSITORY / "README.md").read_text(encoding="utf-8"))

    for record in real:
        assert fold(record.title) in readme
        assert not record.name or fold(record.name) in readme


def test_the_readme_is_fresh(real: Catalog) -> None:
    wanted = render_readme(real, read_settings(REPOSITORY))

    assert (REPOSITORY / "README.md").read_text(encoding="utf-8") == wanted, (
        "run: vlm-survey readme"
    )


def test_the_schema_is_fresh(real: Catalog) -> None:
    path = REPOSITORY / SCHEMA_PATH

    assert path.read_text(encoding="utf-8") == schema_text(real.taxonomy), "run: vlm-survey schema"


def test_every_term_of_the_taxonomy_says_when_to_use_it(real: Catalog) -> None:
    taxonomy = real.taxonomy
    terms = [term for facet in taxonomy.facets.values() for term in facet.terms.values()]
    terms += [*taxonomy.kinds.values(), *taxonomy.domains.values()]

    for term in terms:
        for text in (term.definition, term.rule, term.look_alike):
            assert text.endswith(".")
        assert len({fold(term.definition), fold(term.rule), fold(term.look_alike)}) == 3


def test_every_term_of_a_facet_names_a_source_and_other_words(real: Catalog) -> None:
    for facet in real.taxonomy.facets.values():
        for term_id, term in facet.terms.items():
            assert term.sources, term_id
            assert term.aliases, term_id


def test_no_summary_is_anothers(real: Catalog) -> None:
    summaries = Counter(fold(record.summary) for record in real if record.summary)

    assert [text for text, count in summaries.items() if count > 1] == []


def test_the_names_of_record_files_are_the_ids(real: Catalog) -> None:
    files = {path.stem for path in Path(REPOSITORY / "papers").iterdir()}

    assert {str(record.id) for record in real} == files
