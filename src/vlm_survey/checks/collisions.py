"""Finding records that share something that only one work can have."""

from collections.abc import Callable, Iterable, Iterator

from vlm_survey.load.reading import Place, Reading, SourceFile
from vlm_survey.model.finding import Finding
from vlm_survey.model.record import Record

Keys = Callable[[Record], Iterable[tuple[str, Place]]]


def collisions(reading: Reading, code: str, what: str, keys_of: Keys) -> Iterator[Finding]:
    """A finding on each record that has a key which a record before it has too.

    Args:
        reading: What was read.
        code: The check that asks.
        what: What the key is, for the message: "DOI", "title".
        keys_of: The record's keys, each with the place where it stands.
    """
    first: dict[str, tuple[SourceFile, Place]] = {}
    for file, record in reading.records():
        for key, place in keys_of(record):
            owner, owner_place = first.setdefault(key, (file, place))
            if owner is not file:
                where = f"{owner.path}:{owner.line_of(owner_place)}"
                yield file.finding(
                    code,
                    place,
                    f"same {what} as {where}",
                    f"if they are one work, merge this file into {owner.path}; "
                    "if not, one of the two is wrong",
                )
