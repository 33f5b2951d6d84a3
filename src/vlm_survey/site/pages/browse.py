"""The list of all records, and the data that its scripts filter it by."""

from collections.abc import Iterator

from vlm_survey.site.page import FileKind, Part, SiteFile
from vlm_survey.views.browse import browse_view
from vlm_survey.views.browse_files import data_files
from vlm_survey.views.edition import Edition

BROWSE = Part("browse", "browse.html", browse_view, shares="browse")


def _data(edition: Edition) -> Iterator[SiteFile]:
    for name, text in data_files(edition):
        yield SiteFile(f"browse/data/{name}", text)


BROWSE_DATA = FileKind("browse/data/", _data)
