"""The API: the catalog as JSON documents at addresses that stay, described by their own schema.

Within `/api/v1/` nothing is taken away or changes its meaning; what is new is added. Whoever reads it
must ignore what she does not know.
"""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from vlm_survey.exports.plain import record_data
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Term
from vlm_survey.urls import api_url, record_url, term_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.items import by_title
from vlm_survey.views.query import values_of


class CatalogDocument(BaseModel):
    """`catalog.json`: what this is, and where the rest lies."""

    name: str = Field(description="What the catalog is called")
    description: str = Field(description="What it holds")
    release: str = Field(description="Version of the records; empty where there is none")
    records: int = Field(description="How many records there are")
    documents: dict[str, str] = Field(description="Name -> address, relative to this document")


class RecordSummary(BaseModel):
    """One record in `records.json`."""

    id: str = Field(description="Never changes")
    title: str = Field(description="As published")
    name: str | None = Field(None, description="Short name of the method or model")
    year: int | None = Field(None, description="Of the version of record")
    venue: str | None = Field(None, description="Id of a venue")
    kind: str | None = Field(None, description="Id of a kind")
    status: str = Field(description="imported, curated or reviewed")
    page: str = Field(description="Its page on the site")


class RecordsDocument(BaseModel):
    """`records.json`: all records in short, by title."""

    records: list[RecordSummary]


class RecordDocument(Record):
    """`records/<id>.json`: all that the catalog says of one work."""

    page: str = Field(description="Its page on the site")
    base_of: list[str] = Field(description="Ids of the records that are built on it")


class RetiredDocument(BaseModel):
    """`records/<id>.json` of an id that has no record any more."""

    id: str
    retired: str = Field(description="Day on which the record went, as 2026-11-24")
    why: str = Field(description="What became of it")
    now: str | None = Field(None, description="Id of the record that takes its place")


class TermSummary(BaseModel):
    """One term in `facets.json`."""

    id: str
    name: str
    definition: str
    rule: str = Field(description="When it is assigned, and how to decide in doubt")
    look_alike: str = Field(description="What looks like it and is not")
    aliases: list[str] = Field(description="Other words for it")
    formerly: list[str] = Field(description="Ids that it had before")
    count: int = Field(description="How many records carry it")


class FacetSummary(BaseModel):
    """One facet in `facets.json`; `kind` and `domain` are facets here too."""

    id: str
    name: str
    definition: str
    terms: list[TermSummary]


class FacetsDocument(BaseModel):
    """`facets.json`: every word that records are tagged with."""

    facets: list[FacetSummary]


class TermDocument(TermSummary):
    """`terms/<facet>/<term>.json`: one term with the ids of its records, by title."""

    facet: str
    page: str = Field(description="Its page on the site")
    records: list[str]


DOCUMENTS: tuple[type[BaseModel], ...] = (
    CatalogDocument,
    RecordsDocument,
    RecordDocument,
    RetiredDocument,
    FacetsDocument,
    TermDocument,
)


def documents(edition: Edition) -> Iterator[tuple[str, str]]:
    """Address and text of every document."""
    catalog, settings = edition.catalog, edition.settings
    site = settings.site_url.rstrip("/") + "/" if settings.site_url else "/"
    named = {
        "records": "records.json",
        "record": "records/{id}.json",
        "facets": "facets.json",
        "term": "terms/{facet}/{term}.json",
        "openapi": "openapi.json",
    }
    yield _document(
        "catalog",
        CatalogDocument(
            name=settings.name,
            description=settings.description,
            release=settings.release,
            records=len(catalog),
            documents=named,
        ),
    )
    summaries = [_summary(record, site) for record in by_title(catalog)]
    yield _document("records", RecordsDocument(records=summaries))
    for record in catalog:
        base_of = list(catalog.built_on.get(record.id, ()))
        data = {**record_data(record), "page": site + record_url(record.id), "base_of": base_of}
        yield api_url(f"records/{record.id}"), _json(data)
    for old, tombstone in catalog.retired.items():
        gone = RetiredDocument(
            id=old, retired=tombstone.day.isoformat(), why=tombstone.why, now=tombstone.now
        )
        yield _document(f"records/{old}", gone)
    facets = []
    for field, facet in catalog.taxonomy.vocabulary.items():
        terms = []
        for term_id, term in facet.terms.items():
            ids = [str(r.id) for r in by_title(catalog) if term_id in values_of(r, field)]
            summary = _term(term_id, term, len(ids))
            terms.append(summary)
            whole = TermDocument(
                **summary.model_dump(),
                facet=field,
                page=site + term_url(field, term_id),
                records=ids,
            )
            for known_as in (term_id, *term.formerly):
                yield _document(f"terms/{field}/{known_as}", whole)
        facets.append(
            FacetSummary(id=field, name=facet.name, definition=facet.definition, terms=terms)
        )
    yield _document("facets", FacetsDocument(facets=facets))
    yield api_url("openapi"), _json(openapi(edition))


def openapi(edition: Edition) -> dict[str, Any]:
    """The API described in OpenAPI 3.1. Source: https://spec.openapis.org/oas/v3.1.0."""
    _, schemas = models_json_schema(
        [(document, "serialization") for document in DOCUMENTS],
        ref_template="#/components/schemas/{model}",
    )
    text = {"schema": {"type": "string"}, "required": True, "in": "path"}
    record_id = {"name": "id", "description": "A record's id", **text}
    facet = {"name": "facet", "description": "A facet's id, or kind or domain", **text}
    term = {"name": "term", "description": "A term's id, of now or of before", **text}
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
        operation["responses"]["404"] = {"description": "There is none by that id"}
        operation["parameters"] = on
    return {"get": operation}


def _document(path: str, document: BaseModel) -> tuple[str, str]:
    return api_url(path), _json(document.model_dump(mode="json", exclude_none=True))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _summary(record: Record, site: str) -> RecordSummary:
    return RecordSummary(
        id=record.id,
        title=record.title,
        name=record.name,
        year=record.year,
        venue=record.venue,
        kind=record.kind,
        status=record.status.value,
        page=site + record_url(record.id),
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
