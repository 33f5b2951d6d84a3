"""The filter grammar: a contract, since addresses are cited."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import yaml

from vlm_survey import Catalog, Query, QueryError
from vlm_survey.model.taxonomy import OTHER_FILTERS
from vlm_survey.views.query import fields, values_of

CASES = yaml.safe_load((Path(__file__).parent / "query.yaml").read_text(encoding="utf-8"))


def test_no_facet_takes_the_name_of_another_filter(small: Catalog) -> None:
    assert set(fields(small)) == {*small.taxonomy.facets, *OTHER_FILTERS}


@pytest.mark.parametrize("case", CASES, ids=[case["query"] or "everything" for case in CASES])
def test_case(case: dict[str, Any], small: Catalog) -> None:
    if "error" in case:
        with pytest.raises(QueryError) as caught:
            Query.from_address(case["query"], small)
        assert case["error"] in str(caught.value)
        return
    query = Query.from_address(case["query"], small)

    assert str(query) == case["canonical"]
    assert [record.id for record in query.apply(small)] == case["selects"]


def test_conditions_and_addresses_are_one_grammar(small: Catalog) -> None:
    query = Query.from_conditions(["task=!vqa", "q=zero-shot CLIP", "year=2023.."], small)

    assert Query.from_address(str(query), small) == query


def test_no_condition_is_the_query_of_everything(small: Catalog) -> None:
    assert Query.from_conditions([], small) == Query()


def test_an_unknown_value_is_told_which_there_are(small: Catalog) -> None:
    with pytest.raises(QueryError) as caught:
        Query.from_conditions(["status=read"], small)

    assert str(caught.value) == "status='read': use one of imported, curated, reviewed"


def test_a_condition_needs_an_equals_sign(small: Catalog) -> None:
    with pytest.raises(QueryError, match="field=value"):
        Query.from_conditions(["code"], small)


def test_an_unknown_field_is_told_which_there_are(small: Catalog) -> None:
    with pytest.raises(QueryError) as caught:
        Query.from_conditions(["author=me"], small)

    assert str(caught.value) == (
        "unknown field 'author': use one of learning_strategy, task, kind, domain, builds_on, "
        "dataset, venue, status, q, year, has, sort, view"
    )


def test_a_record_that_does_not_say_has_no_value(small: Catalog) -> None:
    assert values_of(small["unread"], "venue", small) == ()
    assert values_of(small["clip"], "venue", small) == ("icml",)


def test_titles_are_ordered_word_by_word(small: Catalog) -> None:
    """A blank comes before any letter, so that a shorter word does not go astray."""
    titles = {"clip": "A Zebra", "adaclip": "AB", "unread": "A b"}
    records = [small[record].model_copy(update={"title": text}) for record, text in titles.items()]
    catalog = dataclasses.replace(small, records=tuple(records))

    found = Query.from_address("sort=title", small).apply(catalog)

    assert [record.title for record in found] == ["A b", "A Zebra", "AB"]
