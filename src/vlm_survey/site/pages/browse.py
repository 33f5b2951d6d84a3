"""The list of all records, and the data that its scripts filter it by."""

from collections.abc import Iterator
from functools import partial

from vlm_survey.site.page import FileKind, Part, SiteFile
from vlm_survey.views.browse import browse_view, data_files
from vlm_survey.views.edition import Edition

BROWSE = Part("browse", "browse.html", browse_view, shares="browse")


def _data(edition: Edition) -> Iterator[SiteFile]:
    for name, text in data_files(edition):
        yield SiteFile(f"browse/data/{name}", partial(str, text))


BROWSE_DATA = FileKind("browse/data/", _data, shares="browse")
