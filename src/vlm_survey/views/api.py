"""The API: the catalog as JSON documents with stable URLs and an OpenAPI description.

Within `/api/v1/`, fields are added but never removed or changed in meaning. Clients must ignore
fields that they do not know.
"""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from vlm_survey.exports.plain import record_data
from vlm_survey.model.record import Record
from vlm_survey.model.retired import Tombstone
from vlm_survey.model.taxonomy import Term
from vlm_survey.model.value import Slug
from vlm_survey.urls import api_url, record_url, term_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.indexes import all_by_title, by_term

PageAddress = Annotated[
    str,
    Field(description="Page on the site; relative to this document if no site URL is configured"),
]


class CatalogDocument(BaseModel):
    """`catalog.json`: overview and links to the other documents."""

    name: str = Field(description="Name of the catalog")
    description: str = Field(description="Description of the catalog")
    release: str = Field(description="Version of the records; empty if there is none")
    records: int = Field(description="Number of records")
    documents: dict[str, str] = Field(description="Name -> URL, relative to this document")


class RecordSummary(BaseModel):
    """One record in `records.json`."""

    id: str = Field(description="Permanent id")
    title: str = Field(description="Title as published")
    name: str | None = Field(None, description="Short name of the method or model")
    year: int | None = Field(None, description="Year of the published version")
    venue: str | None = Field(None, description="Id of a venue")
    kind: str | None = Field(None, description="Id of a kind")
    status: str = Field(description="imported, curated or reviewed")
    page: PageAddress


class RecordsDocument(BaseModel):
    """`records.json`: summary of all records, by title."""

    records: list[RecordSummary]


class RecordDocument(Record):
    """`records/<id>.json`: a complete record."""

    page: PageAddress
    base_of: list[str] = Field(description="Ids of the records that build on it")


class RetiredDocument(BaseModel):
    """`records/<id>.json`: the replacement of a removed record."""

    id: str
    retired: str = Field(description="Date on which the record was removed, such as 2026-11-24")
    why: str = Field(description="Why it was removed")
    now: str | None = Field(None, description="Id of the record that replaces it")


class TermSummary(BaseModel):
    """One term in `facets.json`."""

    id: str
    name: str
    definition: str
    rule: str = Field(description="When to assign it, and how to decide if in doubt")
    look_alike: str = Field(description="Similar case that does not count")
    aliases: list[str] = Field(description="Other names")
    formerly: list[str] = Field(description="Former ids")
    count: int = Field(description="Number of records with this term")


class FacetSummary(BaseModel):
    """One facet in `facets.json`; `kind` and `domain` are facets here too."""

    id: str
    name: str
    definition: str
    terms: list[TermSummary]


class FacetsDocument(BaseModel):
    """`facets.json`: all categories (facets) and their terms."""

    facets: list[FacetSummary]


class TermDocument(TermSummary):
    """`terms/<facet>/<term>.json`: a term and the ids of its records, by title."""

    facet: str
    page: PageAddress
    records: list[str]


DOCUMENTS: tuple[type[BaseModel], ...] = (
    CatalogDocument,
    RecordsDocument,
    RecordDocument,
    RetiredDocument,
    FacetsDocument,
    TermDocument,
)


def documents(edition: Edition) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield the URL of every document, with a function that returns its text."""
    catalog = edition.catalog
    yield api_url("catalog"), partial(_catalog, edition)
    yield api_url("records"), partial(_records, edition)
    for record in catalog:
        yield api_url(f"records/{record.id}"), partial(_record, record, edition)
    for old, tombstone in catalog.retired.items():
        yield api_url(f"records/{old}"), partial(_retired, old, tombstone)
    yield api_url("facets"), partial(_facets, edition)
    for field_id, field in catalog.taxonomy.vocabulary.items():
        for term_id, term in field.terms.items():
            for known_as in (term_id, *term.formerly):
                yield (
                    api_url(f"terms/{field_id}/{known_as}"),
                    partial(_whole_term, field_id, term_id, edition),
                )
    yield api_url("openapi"), lambda: _json(openapi(edition))


def _catalog(edition: Edition) -> str:
    settings = edition.settings
    document = CatalogDocument(
        name=settings.name,
        description=settings.description,
        release=settings.release,
        records=len(edition.catalog),
        documents={
            "records": "records.json",
            "record": "records/{id}.json",
            "facets": "facets.json",
            "term": "terms/{facet}/{term}.json",
            "openapi": "openapi.json",
        },
    )
    return _text(document)


def _records(edition: Edition) -> str:
    root = edition.root(api_url("records"))
    summaries = [_summary(record, root) for record in all_by_title(edition.catalog)]
    return _text(RecordsDocument(records=summaries))


def _record(record: Record, edition: Edition) -> str:
    base_of = list(edition.catalog.built_on.get(record.id, ()))
    page = edition.root(api_url(f"records/{record.id}")) + record_url(record.id)
    return _json({**record_data(record), "page": page, "base_of": base_of})


def _retired(old: str, tombstone: Tombstone) -> str:
    day = tombstone.day.isoformat()
    return _text(RetiredDocument(id=old, retired=day, why=tombstone.why, now=tombstone.now))


def _facets(edition: Edition) -> str:
    catalog = edition.catalog
    facets = [
        FacetSummary(
            id=field_id,
            name=field.name,
            definition=field.definition,
            terms=[
                _term(term_id, term, len(by_term(catalog)[field_id, term_id]))
                for term_id, term in field.terms.items()
            ],
        )
        for field_id, field in catalog.taxonomy.vocabulary.items()
    ]
    return _text(FacetsDocument(facets=facets))


def _whole_term(field_id: str, term_id: str, edition: Edition) -> str:
    term = edition.catalog.taxonomy.vocabulary[field_id].terms[Slug(term_id)]
    records = by_term(edition.catalog)[field_id, term_id]
    document = TermDocument(
        **_term(term_id, term, len(records)).model_dump(),
        facet=field_id,
        page=edition.root(api_url(f"terms/{field_id}/{term_id}")) + term_url(field_id, term_id),
        records=[str(record.id) for record in records],
    )
    return _text(document)


def openapi(edition: Edition) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description. Source: https://spec.openapis.org/oas/v3.1.0."""
    _, schemas = models_json_schema(
        [(document, "serialization") for document in DOCUMENTS],
        ref_template="#/components/schemas/{model}",
    )
    text = {"schema": {"type": "string"}, "required": True, "in": "path"}
    record_id = {"name": "id", "description": "Id of a record", **text}
    facet = {"name": "facet", "description": "Id of a facet, or kind or domain", **text}
    term = {"name": "term", "description": "Current or former id of a term", **text}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": edition.settings.name,
            "description": edition.settings.description,
            "version": "1",
        },
        "servers": [{"url": "."}],
        "paths": {
            "/catalog.json": _path("catalog", CatalogDocument),
            "/records.json": _path("records", RecordsDocument),
            "/records/{id}.json": _path("record", RecordDocument, RetiredDocument, on=[record_id]),
            "/facets.json": _path("facets", FacetsDocument),
            "/terms/{facet}/{term}.json": _path("term", TermDocument, on=[facet, term]),
        },
        "components": {"schemas": schemas["$defs"]},
    }


def _path(name: str, *models: type[BaseModel], on: list[Any] | None = None) -> dict[str, Any]:
    refs = [{"$ref": f"#/components/schemas/{model.__name__}"} for model in models]
    schema = refs[0] if len(refs) == 1 else {"anyOf": refs}
    summary = (models[0].__doc__ or "").partition(": ")[2].rstrip(".")
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": summary[:1].upper() + summary[1:],
        "responses": {
            "200": {
                "description": "The document",
                "content": {"application/json": {"schema": schema}},
            }
        },
    }
    if on:
        operation["responses"]["404"] = {"description": "No entry with this id"}
        operation["parameters"] = on
    return {"get": operation}


def _text(document: BaseModel) -> str:
    return _json(document.model_dump(mode="json", exclude_none=True))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _summary(record: Record, root: str) -> RecordSummary:
    return RecordSummary(
        id=record.id,
        title=record.title,
        name=record.name,
        year=record.year,
        venue=record.venue,
        kind=record.kind,
        status=record.status.value,
        page=root + record_url(record.id),
    )


def _term(term_id: str, term: Term, count: int) -> TermSummary:
    return TermSummary(
        id=term_id,
        name=term.name,
        definition=term.definition,
        rule=term.rule,
        look_alike=term.look_alike,
        aliases=list(term.aliases),
        formerly=[str(old) for old in term.formerly],
        count=count,
    )
