"""The records as files to take away: what each is, how large, and how to be sure of it."""

import dataclasses
import functools
import hashlib
from typing import Any

from markupsafe import Markup

from vlm_survey.exports.columns import column_types
from vlm_survey.exports.registry import Export, TextExport, all_exports
from vlm_survey.exports.sqlite import tables_and_views
from vlm_survey.urls import data_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.head import script_json


@dataclasses.dataclass(frozen=True)
class DataFile:
    """One file with all records.

    Attributes:
        url: Its address below the site's root.
        size: In bytes.
        digest: SHA-256, in hexadecimal digits.
    """

    form: Export
    url: str
    size: int
    digest: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.url.rpartition("/")[2]

    @property
    def shown_size(self) -> str:
        """The size as people read it, in units of 1,000."""
        return f"{self.size / 1e6:.1f} MB" if self.size >= 1e6 else f"{self.size / 1e3:.0f} KB"


@dataclasses.dataclass(frozen=True)
class DataView:
    """The page of data.

    Attributes:
        columns: Names and types of the columns of Parquet and data frames.
        tables: Names of the tables in SQLite.
        views: Names of its views.
        json_ld: The data set in the words of schema.org.
    """

    files: tuple[DataFile, ...]
    columns: tuple[tuple[str, str], ...]
    tables: tuple[str, ...]
    views: tuple[str, ...]
    json_ld: Markup


def rendered(form: Export, edition: Edition) -> bytes:
    """All records in a form."""
    catalog = edition.catalog
    if isinstance(form, TextExport):
        data = edition.text(form, catalog.records)
    else:
        data = form.render(catalog.records, catalog)
    digest = hashlib.sha256(data).hexdigest()
    _described(edition)[form.name] = DataFile(form, data_url(form.suffix), len(data), digest)
    return data


def published(edition: Edition) -> tuple[DataFile, ...]:
    """All forms of an edition."""
    known = _described(edition)
    for form in all_exports().values():
        if form.name not in known:
            rendered(form, edition)
    return tuple(known[name] for name in all_exports())


@functools.lru_cache(maxsize=1)
def _described(_edition: Edition) -> dict[str, DataFile]:
    """What is known of the files of an edition: they are too large to be kept, or made twice."""
    return {}


def data_view(edition: Edition) -> DataView:
    """The page of data."""
    files = published(edition)
    tables, views = tables_and_views()
    return DataView(
        files,
        tuple(column_types(edition.catalog.taxonomy).items()),
        tables,
        views,
        script_json(_dataset(edition, files)),
    )


def _dataset(edition: Edition, files: tuple[DataFile, ...]) -> dict[str, Any]:
    settings, survey = edition.settings, edition.catalog.taxonomy.survey
    site = settings.site_url.rstrip("/") + "/" if settings.site_url else ""
    dates = [record.added for record in edition.catalog]
    dates += [release.date for release in edition.releases]
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": settings.name,
        "description": settings.description,
        "version": settings.release,
        "url": site,
        "dateModified": max(dates).isoformat() if dates else "",
        "isBasedOn": survey.url if survey else "",
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.form.title,
                "encodingFormat": file.form.media_type,
                **({"contentUrl": site + file.url} if site else {}),
                "contentSize": f"{file.size} B",
                "sha256": file.digest,
            }
            for file in files
        ],
    }
    return {name: value for name, value in data.items() if value}
