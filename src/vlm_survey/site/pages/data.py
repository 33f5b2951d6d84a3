"""The records as files, and as documents of the API."""

from collections.abc import Iterator

from vlm_survey.site.page import FileKind, Part, SiteFile
from vlm_survey.views.api import documents
from vlm_survey.views.data import data_view, published
from vlm_survey.views.edition import Edition


def _files(edition: Edition) -> Iterator[SiteFile]:
    for file, data in published(edition):
        yield SiteFile(file.url, data)
    sums = "".join(f"{file.digest}  {file.name}\n" for file, _ in published(edition))
    yield SiteFile("data/SHA256SUMS", sums)


def _documents(edition: Edition) -> Iterator[SiteFile]:
    for path, text in documents(edition):
        yield SiteFile(path, text)


DATA = Part("data", "data.html", data_view)
DATA_FILES = FileKind(_files)
API = FileKind(_documents)
