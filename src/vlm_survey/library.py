"""A catalog for programs: the records, and how to choose among them."""

import dataclasses
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from vlm_survey.errors import CatalogError, QueryError
from vlm_survey.exports.columns import column_types, columns
from vlm_survey.load import load_catalog as load
from vlm_survey.model.catalog import Catalog as Records
from vlm_survey.views.query import Query

if TYPE_CHECKING:
    from pandas import DataFrame


class Catalog(Records):
    """Valid records with the taxonomy that names their tags.

    It is a sequence of `Record`: it has a length, can be iterated and asked for a record by its id.

    Attributes:
        taxonomy: All words that records are tagged with.
        records: Sorted by id; after `where`, in the order that was asked for.
        gaps: What is known of crossings of terms where no record stands.
        retired: What became of ids that records had, by id.
        spellings: The preferred name of a person -> other spellings, as in `authors.yaml`.
    """

    def where(self, query: str = "", **conditions: str | int | Sequence[str | int]) -> Self:
        """The records that fulfil all conditions, as a catalog of their own.

        Args:
            query: In the grammar of the site's addresses: `task=vqa&year=2023..`.
            conditions: The same by name: `task="vqa"`, `kind="!survey"`, `year=2023`, `sort="-year"`.
                Of a list of values any will do, `task=["vqa", "segmentation"]`, but with `has` and
                `q`, where all must hold. Years are a span, `year="2021..2024"`, and no list.

        Raises:
            QueryError: A condition is not of the grammar, or names what the taxonomy does not have.
        """
        years = conditions.get("year", "")
        if not isinstance(years, (str, int)) and len(years) > 1:
            raise QueryError(f'year={years!r}: write a span, such as "2021..2024"')
        wanted = [
            f"{field}={value}"
            for field, values in conditions.items()
            for value in ([values] if isinstance(values, (str, int)) else values)
        ]
        asked = Query.conditions_of(query) + wanted
        found = Query.from_conditions(asked, self).apply(self)
        return dataclasses.replace(self, records=tuple(found))

    def to_dataframe(self) -> "DataFrame":
        """A row a record, typed columns: those of the Parquet file. Needs pandas.

        Raises:
            CatalogError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise CatalogError("pandas is not installed; run: pip install pandas") from None
        # Left to itself, pandas finds no type in a column without a value.
        types = {
            "text": pandas.Series(["text"]).dtype,
            "whole number": "Int16",
            "date": "datetime64[s]",
        }
        frame = pandas.DataFrame(columns(self.records, self), dtype=object)
        return frame.astype(
            {name: types.get(said, object) for name, said in column_types(self.taxonomy).items()}
        )


def load_catalog(root: str | os.PathLike[str] = ".") -> Catalog:
    """The catalog in the folder `root`.

    Raises:
        CatalogError: There is none, or a file in it is not valid. To work with what is valid all
            the same, use `read_catalog`.
    """
    found = load(root)
    return Catalog(found.taxonomy, found.records, found.gaps, found.retired, found.spellings)
