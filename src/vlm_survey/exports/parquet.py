"""Parquet, for DuckDB, Spark, BigQuery and data frames: typed columns, compressed.

`year` is a plain column of whole numbers, so that a larger catalog can be partitioned by it.
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vlm_survey.exports.columns import (
    LISTS,
    TEXTS,
    column_names,
    columns,
    facet_columns,
    state_columns,
)
from vlm_survey.exports.registry import Export
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Links, Record
from vlm_survey.model.taxonomy import Taxonomy

if TYPE_CHECKING:
    import pyarrow as pa


def schema_of(taxonomy: Taxonomy) -> "pa.Schema":
    """Names and types of the columns."""
    import pyarrow as pa

    tag = pa.struct({"facet": pa.string(), "term": pa.string(), "evidence": pa.string()})
    use = pa.struct({"dataset": pa.string(), "role": pa.string()})
    facets = facet_columns(taxonomy).values()
    types = {
        **dict.fromkeys((*TEXTS, *Links.model_fields, "status"), pa.string()),
        **dict.fromkeys(state_columns(taxonomy).values(), pa.string()),
        **dict.fromkeys((*LISTS, *facets), pa.list_(pa.string())),
        "year": pa.int16(),
        "added": pa.date32(),
        "tags": pa.list_(tag),
        "datasets": pa.list_(use),
    }
    return pa.schema([(name, types[name]) for name in column_names(taxonomy)])


def _parquet(records: Sequence[Record], catalog: Catalog) -> bytes:
    # It takes longer to load than most exports take, and half of the memory.
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = schema_of(catalog.taxonomy)
    out = io.BytesIO()
    with pq.ParquetWriter(out, schema, compression="zstd", store_schema=False) as writer:
        for start in range(0, len(records), _ROW_GROUP):
            group = columns(records[start : start + _ROW_GROUP], catalog)
            writer.write_batch(pa.RecordBatch.from_pydict(group, schema))
    return out.getvalue()


_ROW_GROUP = 2500
"""Records that are turned into columns and written at once: all of them would take much memory."""

PARQUET = Export(
    "parquet",
    "Parquet",
    ".parquet",
    "application/vnd.apache.parquet",
    "rows of the survey's list, which part of a name is the family name",
    _parquet,
)
