"""An index of data sets, and a page for each that a record uses."""

from collections.abc import Iterator
from functools import partial

from vlm_survey.site.page import Content, Page, PageKind, Part
from vlm_survey.views.datasets import DatasetView, dataset_table, datasets
from vlm_survey.views.edition import Edition


def _pages(edition: Edition) -> Iterator[Page]:
    for dataset in datasets(edition.catalog):
        for number, url in enumerate(dataset.parts, 1):
            yield Page(url, partial(_content, dataset, number))


def _content(view: DatasetView, number: int) -> Content:
    name = view.dataset.name
    return Content(name, f"Papers that use {name}.", view.page(number))


DATASET = PageKind("dataset.html", "datasets/", _pages)
DATASETS = Part("datasets", "datasets.html", lambda edition: dataset_table(edition.catalog))
