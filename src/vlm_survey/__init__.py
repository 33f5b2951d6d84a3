"""A living literature catalog: checked YAML records, a browsable site and an awesome-list README.

What stands in `__all__` is the public interface; everything else may change without notice.

    >>> from vlm_survey import load_catalog
    >>> catalog = load_catalog("tests/catalog")
    >>> catalog["clip"].title
    'Learning Transferable Visual Models From Natural Language Supervision'
"""

from vlm_survey.checks import run_checks
from vlm_survey.errors import CatalogError, InvalidValueError, QueryError
from vlm_survey.library import Catalog, load_catalog
from vlm_survey.load import Reading, read_catalog
from vlm_survey.model.finding import Finding, Severity
from vlm_survey.model.identifiers import ArxivId, Doi
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import Identifiers, Links, Record, Status, SurveyEntry
from vlm_survey.model.taxonomy import Facet, Survey, Taxonomy, Term, Venue
from vlm_survey.model.url import Url
from vlm_survey.model.value import Slug
from vlm_survey.views.query import Query

__all__ = [
    "ArxivId",
    "Catalog",
    "CatalogError",
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
