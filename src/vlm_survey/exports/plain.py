"""JSON and JSON Lines: the records as the files say them, each with its id."""

import json
from collections.abc import Sequence
from typing import Any

from vlm_survey.exports.registry import Export
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record


def _json(records: Sequence[Record], _catalog: Catalog) -> str:
    data = [_data(record) for record in records]
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _json_lines(records: Sequence[Record], _catalog: Catalog) -> str:
    return "".join(json.dumps(_data(record), ensure_ascii=False) + "\n" for record in records)


def _data(record: Record) -> dict[str, Any]:
    data: dict[str, Any] = record.model_dump(mode="json", exclude_none=True, exclude={"tags"})
    # A tag without evidence is a tag.
    data["tags"] = {facet: dict(terms) for facet, terms in record.tags.items()}
    return data


JSON = Export("json", ".json", _json)
JSON_LINES = Export("jsonl", ".jsonl", _json_lines)
