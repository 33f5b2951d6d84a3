"""How two versions of the records differ."""

from collections.abc import Mapping
from typing import Any

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.release import Changes, FieldChange, RecordChange, Retagging, Retirement

_NOT_COMPARED = {"id", "tags", "survey"}
"""Never changed, or compared on their own."""


def compare(before: Catalog, after: Catalog) -> Changes:
    """What was added, corrected, re-tagged and retired, each by id.

    A term that only got another id re-tags nothing.
    """
    return Changes(
        added=tuple(record.id for record in after if record.id not in before),
        changed=tuple(
            change
            for record in after
            if record.id in before
            and (change := _change(before[record.id].with_ids(after.taxonomy.former_ids), record))
        ),
        retired=tuple(
            Retirement(id=record.id, title=record.title)
            for record in before
            if record.id not in after
        ),
    )


def _change(before: Record, after: Record) -> RecordChange | None:
    old, new = _flat(before), _flat(after)
    fields = {
        name: FieldChange(before=old.get(name), after=new.get(name))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    }
    tags = {}
    for facet in sorted({*before.tags, *after.tags}):
        had, has = before.evidence(facet), after.evidence(facet)
        added = tuple(term for term in has if term not in had)
        removed = tuple(term for term in had if term not in has)
        if added or removed:
            tags[facet] = Retagging(added=added, removed=removed)
        elif before.tag_state(facet) != after.tag_state(facet):
            states = before.tag_state(facet), after.tag_state(facet)
            fields[f"tags.{facet}"] = FieldChange(before=states[0].value, after=states[1].value)
        # Evidence is a field like any other: its wording can be corrected without a new tag.
        for term in had:
            if term in has and had[term] != has[term]:
                name = f"evidence of {facet}.{term}"
                fields[name] = FieldChange(before=had[term], after=has[term])
    return RecordChange(id=after.id, fields=fields, tags=tags) if fields or tags else None


def _flat(record: Record) -> dict[str, str]:
    """Every field that says something, by its dotted name, as text."""
    data = record.model_dump(mode="json", exclude_none=True, exclude=_NOT_COMPARED)
    found: dict[str, str] = {}
    for name, value in data.items():
        parts: Mapping[str, Any] = value if isinstance(value, dict) else {"": value}
        for part, content in parts.items():
            text = "; ".join(content) if isinstance(content, list) else str(content)
            if text:
                found[f"{name}.{part}".rstrip(".")] = text
    return found
