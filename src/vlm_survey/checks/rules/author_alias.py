"""Spellings of names that are one person's."""

from collections.abc import Iterable, Iterator

from vlm_survey.checks.registry import Key, check_keys
from vlm_survey.load.reading import Place, Reading
from vlm_survey.model.author import Spellings
from vlm_survey.model.finding import Finding
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import Record
from vlm_survey.model.value import shortened


def _names(record: Record) -> Iterator[tuple[str, Place]]:
    """All authors of a record in one key."""
    yield "\n".join(record.authors), ("authors",)


@check_keys("author-alias", _names)
def author_alias(reading: Reading, keys: Iterable[Key]) -> Iterator[Finding]:
    """Every spelling in `authors.yaml` belongs to one person and is used by a record.

    A name listed under two people is ambiguous, and an entry that no record uses is probably
    misspelled. Names that differ only in accents, case or punctuation count as the same name.
    """
    yield from _ambiguous(reading)
    printed = (
        {name for key in keys for name in key.text.split("\n")} if reading.spellings else set()
    )
    unused = [
        (place, name) for place, name in _entries(reading.spellings) if str(name) not in printed
    ]
    # Most entries are spelled as a record prints them, and no name needs to be taken apart.
    slugs = {PersonName(name).slug for name in printed} if unused else set()
    for place, name in unused:
        if name.slug not in slugs:
            message = f"no record has an author {shortened(name)!r}"
            fix = "use a spelling from a record, or delete it"
            yield reading.authors_file.finding("author-alias", place, message, fix)


def _entries(spellings: Spellings) -> Iterator[tuple[Place, PersonName]]:
    """All other spellings; for a person without any, the preferred name."""
    for person, others in spellings.items():
        if not others:
            yield ("authors", str(person)), person
        for number, name in enumerate(others):
            yield ("authors", str(person), number), name


def _ambiguous(reading: Reading) -> Iterator[Finding]:
    preferred: dict[str, PersonName] = {}
    for person in reading.spellings:
        first = preferred.setdefault(person.slug, person)
        if first != person:
            message = f"{shortened(person)!r} and {shortened(first)!r} are the same name"
            fix = f"move the spellings to {shortened(first)!r} and delete this entry"
            at = ("authors", str(person))
            yield reading.authors_file.finding("author-alias", at, message, fix)
    owner: dict[str, PersonName] = {}
    for person, others in reading.spellings.items():
        for number, name in enumerate(others):
            place = ("authors", str(person), number)
            message = fix = ""
            if name == person:
                message = f"{shortened(name)!r} is already the preferred name"
                fix = "delete it here"
            elif preferred.get(name.slug, person) != person:
                message = f"{shortened(name)!r} is also a preferred name"
                fix = (
                    f"if both are the same person, move the spellings of {shortened(name)!r} here "
                    "and delete that entry; if not, delete it here"
                )
            elif owner.setdefault(name.slug, person) != person:
                first = owner[name.slug]
                message = f"{shortened(name)!r} is also listed under {shortened(first)!r}"
                fix = "delete the wrong one"
            if message:
                yield reading.authors_file.finding("author-alias", place, message, fix)
