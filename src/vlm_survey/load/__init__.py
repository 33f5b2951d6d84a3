"""From files to a catalog. What is wrong is collected, never raised and never dropped."""

from vlm_survey.load.catalog import PAPERS, TAXONOMY, load_catalog, read_catalog, read_record
from vlm_survey.load.reading import Problem, Reading, SourceFile

__all__ = [
    "PAPERS",
    "TAXONOMY",
    "Problem",
    "Reading",
    "SourceFile",
    "load_catalog",
    "read_catalog",
    "read_record",
]
