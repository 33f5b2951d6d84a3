"""JSON and JSON Lines: the records as the files say them, each with its id."""

import json
from typing import Any

from vlm_survey.exports.registry import Entries, TextExport
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record


def record_data(record: Record) -> dict[str, Any]:
    """All that the record's file says, in JSON's types, and its id."""
    data: dict[str, Any] = record.model_dump(mode="json", exclude_none=True)
    return data


def _item(record: Record, _catalog: Catalog) -> str:
    return json.dumps(record_data(record), ensure_ascii=False)


def _line(record: Record, catalog: Catalog) -> str:
    return _item(record, catalog) + "\n"


JSON = TextExport.of(
    "json",
    "JSON",
    ".json",
    "application/json",
    "",
    Entries(_item, lambda _catalog: "[\n", ",\n", "\n]\n"),
)
JSON_LINES = TextExport.of(
    "jsonl",
    "JSON Lines",
    ".jsonl",
    "application/jsonl",
    "",
    Entries(_line),
)
