"""A living literature catalog: checked YAML records, a browsable site and an awesome-list README.

What stands in `__all__` is the public interface; everything else may change without notice.

    >>> from vlm_survey import load_catalog
    >>> catalog = load_catalog("tests/catalog")
    >>> catalog["clip"].title
    'Learning Transferable Visual Models From Natural Language Supervision'
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vlm_survey.checks import run_checks
    from vlm_survey.errors import CatalogError, InvalidValueError, QueryError
    from vlm_survey.library import Catalog, load_catalog
    from vlm_survey.load import Reading, read_catalog
    from vlm_survey.model.finding import Finding, Severity
    from vlm_survey.model.identifiers import ArxivId, Doi
    from vlm_survey.model.names import PersonName
    from vlm_survey.model.record import (
        DatasetRole,
        Identifiers,
        Links,
        Record,
        Status,
        SurveyEntry,
    )
    from vlm_survey.model.taxonomy import Dataset, Facet, Survey, Taxonomy, Term, Venue
    from vlm_survey.model.url import Url
    from vlm_survey.model.value import Slug
    from vlm_survey.views.query import Query

__all__ = [
    "ArxivId",
    "Catalog",
    "CatalogError",
    "Dataset",
    "DatasetRole",
    "Doi",
    "Facet",
    "Finding",
    "Identifiers",
    "InvalidValueError",
    "Links",
    "PersonName",
    "Query",
    "QueryError",
    "Reading",
    "Record",
    "Severity",
    "Slug",
    "Status",
    "Survey",
    "SurveyEntry",
    "Taxonomy",
    "Term",
    "Url",
    "Venue",
    "load_catalog",
    "read_catalog",
    "run_checks",
]

# The same once more for the running program, which imports a thing when it is first asked for:
# all of it takes longer to load than most commands take to run.
_HOMES = {
    "ArxivId": "vlm_survey.model.identifiers",
    "Catalog": "vlm_survey.library",
    "CatalogError": "vlm_survey.errors",
    "Dataset": "vlm_survey.model.taxonomy",
    "DatasetRole": "vlm_survey.model.record",
    "Doi": "vlm_survey.model.identifiers",
    "Facet": "vlm_survey.model.taxonomy",
    "Finding": "vlm_survey.model.finding",
    "Identifiers": "vlm_survey.model.record",
    "InvalidValueError": "vlm_survey.errors",
    "Links": "vlm_survey.model.record",
    "PersonName": "vlm_survey.model.names",
    "Query": "vlm_survey.views.query",
    "QueryError": "vlm_survey.errors",
    "Reading": "vlm_survey.load",
    "Record": "vlm_survey.model.record",
    "Severity": "vlm_survey.model.finding",
    "Slug": "vlm_survey.model.value",
    "Status": "vlm_survey.model.record",
    "Survey": "vlm_survey.model.taxonomy",
    "SurveyEntry": "vlm_survey.model.record",
    "Taxonomy": "vlm_survey.model.taxonomy",
    "Term": "vlm_survey.model.taxonomy",
    "Url": "vlm_survey.model.url",
    "Venue": "vlm_survey.model.taxonomy",
    "load_catalog": "vlm_survey.library",
    "read_catalog": "vlm_survey.load",
    "run_checks": "vlm_survey.checks",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
