"""The documents of the API."""

from collections.abc import Iterator

from vlm_survey.site.page import FileKind, SiteFile
from vlm_survey.views.api import documents
from vlm_survey.views.edition import Edition


def _documents(edition: Edition) -> Iterator[SiteFile]:
    for path, data in documents(edition):
        yield SiteFile(path, data)


API = FileKind("api/", _documents)
