"""The filter grammar: a contract, since addresses are cited."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from vlm_survey import Catalog, Query, QueryError

CASES = yaml.safe_load((Path(__file__).parent / "query.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["query"] or "everything" for case in CASES])
def test_case(case: dict[str, Any], small: Catalog) -> None:
    if "error" in case:
        with pytest.raises(QueryError) as caught:
            Query.from_address(case["query"], small.taxonomy)
        assert case["error"] in str(caught.value)
        return
    query = Query.from_address(case["query"], small.taxonomy)

    assert str(query) == case["canonical"]
    assert [record.id for record in query.apply(small)] == case["selects"]


def test_conditions_and_addresses_are_one_grammar(small: Catalog) -> None:
    query = Query.from_conditions(["task=!vqa", "q=zero-shot CLIP", "year=2023.."], small.taxonomy)

    assert Query.from_address(str(query), small.taxonomy) == query


def test_a_condition_needs_an_equals_sign(small: Catalog) -> None:
    with pytest.raises(QueryError, match="field=value"):
        Query.from_conditions(["code"], small.taxonomy)
