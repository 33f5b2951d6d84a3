"""Items of a list of authors that are not one person each."""

import itertools
from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding, Severity
from vlm_survey.model.value import shortened


@check("several-authors")
def several_authors(reading: Reading) -> Iterator[Finding]:
    """Warn about items of `authors` that do not seem to be one person.

    `"A. Smith, B. Brown"` is parsed as one person with the family name "A. Smith", and
    `[Cao, Yunkang]` as two people with one name each. Put a family name of several words in braces:
    `Gabriel {García Márquez}`.
    """
    for file, record in reading.records():
        for number, name in enumerate(record.authors):
            if name.seems_several:
                message = f"{shortened(name)!r} is parsed as one person with the family name {shortened(name.family)!r}"
                fix = "write one person per item; put a family name of several words in braces: Gabriel {García Márquez}"
                place = ("authors", number)
                yield file.finding("several-authors", place, message, fix, Severity.WARNING)
        for number, (name, after) in enumerate(itertools.pairwise(record.authors)):
            # Scripts without capitals write a whole name as one word.
            if all(" " not in one and one[0].isupper() for one in (name, after)):
                message = f"{name!r} and {after!r} are parsed as two people with one name each"
                fix = f"if this is one person, write '{after} {name}', or \"{name}, {after}\" in quotes"
                place = ("authors", number)
                yield file.finding("several-authors", place, message, fix, Severity.WARNING)
                break
