"""The JSON Schema of a record's file: the model's own, with the taxonomy's words filled in."""

import json
from collections.abc import Mapping
from typing import Any

from vlm_survey.model.record import Record, TagState
from vlm_survey.model.taxonomy import Taxonomy, Term
from vlm_survey.model.value import Slug

PATH = "docs/schema/record.schema.json"
"""Where it lies in a catalog's folder; every record's first line names it."""


def record_schema(taxonomy: Taxonomy) -> dict[str, Any]:
    """The schema by which an editor completes and checks a record while it is written."""
    schema = Record.model_json_schema()
    properties = schema["properties"]
    # The id is the file's name, not a field in it.
    del properties["id"]
    schema["required"].remove("id")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    properties["kind"] = _field(properties["kind"], _choice(taxonomy.kinds))
    if taxonomy.domains:
        properties["domain"] = _field(properties["domain"], _choice(taxonomy.domains))
    else:
        del properties["domain"]
    venues = {"enum": list(taxonomy.venues)}
    properties["venue"] = _field(properties["venue"], venues)
    evidence = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]}
    properties["tags"] = {
        "type": "object",
        "description": properties["tags"]["description"],
        "additionalProperties": False,
        "properties": {
            facet_id: {
                "description": facet.definition,
                "anyOf": [
                    {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            term_id: {**evidence, "description": f"{term.definition} {term.rule}"}
                            for term_id, term in facet.terms.items()
                        },
                    },
                    {"enum": [TagState.NONE.value, TagState.NOT_STATED.value]},
                ],
            }
            for facet_id, facet in taxonomy.facets.items()
        },
    }
    properties["datasets"] = {
        "type": "object",
        "description": properties["datasets"]["description"],
        "additionalProperties": False,
        "properties": {
            dataset_id: {"description": dataset.name, "$ref": "#/$defs/DatasetRole"}
            for dataset_id, dataset in taxonomy.datasets.items()
        },
    }
    return _without_defaults(schema)


def schema_text(taxonomy: Taxonomy) -> str:
    """The schema as it lies in its file."""
    return json.dumps(record_schema(taxonomy), indent=2, ensure_ascii=False) + "\n"


def _field(old: Mapping[str, Any], choice: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": old["description"], "anyOf": [choice, {"type": "null"}]}


def _choice(terms: Mapping[Slug, Term]) -> dict[str, Any]:
    return {
        "oneOf": [
            {"const": term_id, "description": term.definition} for term_id, term in terms.items()
        ]
    }


def _without_defaults(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Without what pydantic adds and no editor shows: defaults and derived titles."""
    return {
        # Under these two keys stand names of fields and types, of which one may be "title".
        key: {name: _cleaned(part) for name, part in value.items()}
        if key in ("properties", "$defs")
        else _cleaned(value)
        for key, value in schema.items()
        if key not in ("default", "title")
    }


def _cleaned(part: Any) -> Any:
    if isinstance(part, dict):
        return _without_defaults(part)
    if isinstance(part, list):
        return [_cleaned(item) for item in part]
    return part
