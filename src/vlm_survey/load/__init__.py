"""Read files into a catalog. Problems are collected, never raised and never dropped."""

from vlm_survey.load.catalog import (
    AUTHORS,
    GAPS,
    PAPERS,
    REJECTED,
    RETIRED,
    TAXONOMY,
    load_catalog,
    read_catalog,
    read_record,
)
from vlm_survey.load.problem import Problem
from vlm_survey.load.reading import Reading, SourceFile
from vlm_survey.load.releases import RELEASES, load_releases

__all__ = [
    "AUTHORS",
    "GAPS",
    "PAPERS",
    "REJECTED",
    "RELEASES",
    "RETIRED",
    "TAXONOMY",
    "Problem",
    "Reading",
    "SourceFile",
    "load_catalog",
    "load_releases",
    "read_catalog",
    "read_record",
]
