"""Going through the links of all records."""

from collections.abc import Iterator

from vlm_survey.load.reading import Place, Reading, SourceFile
from vlm_survey.model.url import Url


def links_of(reading: Reading) -> Iterator[tuple[SourceFile, Place, Url]]:
    """Every address that a record links to, with its place: `links` and `sources`."""
    for file, record in reading.records():
        for name, url in record.links.named():
            yield file, ("links", name), url
        for number, url in enumerate(record.sources):
            yield file, ("sources", number), url
