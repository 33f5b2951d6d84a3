"""JSON and JSON Lines: the records as the files say them, each with its id."""

import json
from collections.abc import Sequence
from typing import Any

from vlm_survey.exports.registry import Export, as_utf8
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record


def record_data(record: Record) -> dict[str, Any]:
    """All that the record's file says, in JSON's types, and its id."""
    data: dict[str, Any] = record.model_dump(mode="json", exclude_none=True, exclude={"tags"})
    # A tag without evidence is a tag.
    data["tags"] = {facet: dict(terms) for facet, terms in record.tags.items()}
    return data


def _json(records: Sequence[Record], _catalog: Catalog) -> str:
    data = [record_data(record) for record in records]
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _json_lines(records: Sequence[Record], _catalog: Catalog) -> str:
    return "".join(json.dumps(record_data(record), ensure_ascii=False) + "\n" for record in records)


JSON = Export("json", "JSON", ".json", "application/json", "", as_utf8(_json))
JSON_LINES = Export("jsonl", "JSON Lines", ".jsonl", "application/jsonl", "", as_utf8(_json_lines))
