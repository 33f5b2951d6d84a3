"""Going through the links and texts of all records, each with its file and place."""

from collections.abc import Iterator

from vlm_survey.load.reading import Place, Reading, SourceFile
from vlm_survey.model.record import Record
from vlm_survey.model.url import Url


def links_of(reading: Reading) -> Iterator[tuple[SourceFile, Place, Url]]:
    """Every address that a record links to, with its place: `links` and `sources`."""
    for file, record in reading.records():
        for name, url in record.links.named():
            yield file, ("links", name), url
        for number, url in enumerate(record.sources):
            yield file, ("sources", number), url


def texts_of(reading: Reading) -> Iterator[tuple[SourceFile, Place, str]]:
    """Every text that is shown to readers, with its place."""
    for file, record in reading.records():
        for place, text in _texts(record):
            yield file, place, text


def own_texts_of(reading: Reading) -> Iterator[tuple[SourceFile, Place, str]]:
    """The same without the survey's rows, which stay as printed."""
    for file, place, text in texts_of(reading):
        if place[0] != "survey":
            yield file, place, text


def _texts(record: Record) -> Iterator[tuple[Place, str]]:
    for name in ("title", "name", "summary", "note"):
        if text := getattr(record, name):
            yield (name,), text
    for number, author in enumerate(record.authors):
        yield ("authors", number), author
    for facet, term, evidence in record.all_tags():
        if evidence:
            yield ("tags", facet, term), evidence
    for number, entry in enumerate(record.survey):
        for field in type(entry).model_fields:
            if isinstance(text := getattr(entry, field), str):
                yield ("survey", number, field), text
