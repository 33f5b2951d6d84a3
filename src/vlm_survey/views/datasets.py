"""Data sets and the papers that use them."""

import dataclasses
import functools
from collections.abc import Mapping, Sequence

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Access, Dataset
from vlm_survey.model.value import Slug
from vlm_survey.urls import browse_url, dataset_url, term_url
from vlm_survey.views.items import hue_of, newest_first
from vlm_survey.views.paging import Papers, part, parts_of

ACCESS_LABELS = {
    Access.OPEN: "open",
    Access.REGISTRATION: "after registration",
    Access.CREDENTIALED: "credentialed",
    Access.ON_REQUEST: "on request",
    Access.PRIVATE: "private",
}


@dataclasses.dataclass(frozen=True)
class DatasetTag:
    """A term that holds for a data set, with its page and the number of its colour."""

    name: str
    url: str
    hue: int


@dataclasses.dataclass(frozen=True)
class DatasetTags:
    """The terms that hold for a data set on one facet."""

    facet: str
    facet_name: str
    terms: tuple[DatasetTag, ...]


@dataclasses.dataclass(frozen=True)
class DatasetView:
    """A data set that at least one paper uses.

    Attributes:
        url: Its page.
        tags: Its terms, in the taxonomy's order of facets.
        access: Who can get it; empty if that is not known.
        narrower: The same papers in the filtered list.
        records: Its papers, newest first.
    """

    id: Slug
    url: str
    dataset: Dataset
    tags: tuple[DatasetTags, ...]
    access: str
    narrower: str
    records: Sequence[Record]

    @property
    def count(self) -> int:
        """How many papers use it."""
        return len(self.records)

    @property
    def parts(self) -> tuple[str, ...]:
        """The addresses of its pages."""
        return parts_of(self.records, self.url)

    def terms(self, facet: str) -> tuple[DatasetTag, ...]:
        """Its terms on a facet."""
        return next((tags.terms for tags in self.tags if tags.facet == facet), ())

    def page(self, number: int) -> "DatasetPage":
        """One of its pages, from 1."""
        roles = {record.id: record.datasets[self.id].label for record in self.records}
        return DatasetPage(self, part(self.records, self.url, number), roles)


@dataclasses.dataclass(frozen=True)
class DatasetPage:
    """One page of a data set. `roles` says what each of its papers uses the data set for."""

    dataset: DatasetView
    papers: Papers
    roles: Mapping[Slug, str]


@dataclasses.dataclass(frozen=True)
class DatasetTable:
    """All data sets that papers use, and ids and names of the facets that they are tagged on."""

    facets: tuple[tuple[str, str], ...]
    datasets: tuple[DatasetView, ...]


@functools.lru_cache(maxsize=2)
def datasets(catalog: Catalog) -> tuple[DatasetView, ...]:
    """All data sets that a record uses, most used first."""
    papers: dict[Slug, list[Record]] = {}
    for record in newest_first(catalog):
        for dataset_id in record.datasets:
            papers.setdefault(dataset_id, []).append(record)
    views = [_view(dataset_id, records, catalog) for dataset_id, records in papers.items()]
    return tuple(
        sorted(views, key=lambda view: (-view.count, view.dataset.name.casefold(), view.id))
    )


def dataset_table(catalog: Catalog) -> DatasetTable:
    """The index of data sets."""
    found = datasets(catalog)
    facets = (
        (facet_id, facet.name)
        for facet_id, facet in catalog.taxonomy.facets.items()
        if any(view.terms(facet_id) for view in found)
    )
    return DatasetTable(tuple(facets), found)


def _view(dataset_id: Slug, records: Sequence[Record], catalog: Catalog) -> DatasetView:
    taxonomy = catalog.taxonomy
    dataset = taxonomy.dataset(dataset_id)
    return DatasetView(
        id=dataset_id,
        url=dataset_url(dataset_id),
        dataset=dataset,
        tags=tuple(
            DatasetTags(facet_id, facet.name, _tags(facet_id, dataset, catalog))
            for facet_id, facet in taxonomy.facets.items()
            if dataset.tags.get(facet_id)
        ),
        access=ACCESS_LABELS[dataset.access] if dataset.access else "",
        narrower=browse_url(f"dataset={dataset_id}"),
        records=records,
    )


def _tags(facet_id: str, dataset: Dataset, catalog: Catalog) -> tuple[DatasetTag, ...]:
    taxonomy = catalog.taxonomy
    hue = hue_of(facet_id, taxonomy)
    return tuple(
        DatasetTag(taxonomy.term(facet_id, term).name, term_url(facet_id, term), hue)
        for term in dataset.tags[facet_id]
    )
