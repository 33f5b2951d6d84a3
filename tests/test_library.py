"""The catalog for programs: selections and data frames."""

import pickle

import pytest

from vlm_survey import Catalog, QueryError


@pytest.mark.parametrize("year", [2021, "2021", [2021], "2020..2021"])
def test_a_year_may_be_a_number(year: str | int | list[str | int], small: Catalog) -> None:
    assert [record.id for record in small.where(year=year)] == ["clip"]


def test_years_are_a_span(small: Catalog) -> None:
    assert len(small.where(year="2021..2024")) == 2
    with pytest.raises(
        QueryError, match=r'^year=\[2021, 2024\]: write a span, such as "2021\.\.2024"$'
    ):
        small.where(year=[2021, 2024])


@pytest.mark.parametrize("query", ["status=imported", "status=imported&has=code"])
def test_every_selection_has_the_same_types(query: str, small: Catalog) -> None:
    whole, part = small.to_dataframe(), small.where(query).to_dataframe()

    assert part.dtypes.to_dict() == whole.dtypes.to_dict()
    assert part.title.dtype == whole.title.dtype != part.year.dtype
    assert (whole.year.dtype, whole.added.dtype) == ("Int16", "datetime64[s]")
    assert len(part[part.title.str.contains("CLIP")]) == 0


def test_it_can_be_pickled_whatever_it_was_asked_for(small: Catalog) -> None:
    asked = small.where(task="question-answering")

    again = pickle.loads(pickle.dumps(asked))

    assert (again.taxonomy, again.records) == (small.taxonomy, asked.records)
    assert [record.id for record in again.where("task=vqa")] == ["adaclip"]
