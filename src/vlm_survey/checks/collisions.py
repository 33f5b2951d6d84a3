"""Finding records that share something that only one work can have."""

import dataclasses
from collections.abc import Iterable, Iterator

from vlm_survey.checks.registry import Key
from vlm_survey.model.finding import Finding


def collisions(keys: Iterable[Key], code: str, what: str) -> Iterator[Finding]:
    """A finding on each record that has a key which a record before it has too.

    Args:
        keys: Of all records, in their order.
        code: The check that asks.
        what: What a key is, for the message: "DOI", "title".
    """
    first: dict[str, Key] = {}
    for key in keys:
        owner = first.setdefault(key.text, key)
        if owner.file is not key.file:
            found = key.finding(
                code,
                f"same {what} as {owner.file.path}:{owner.line}",
                "if they are one work, make one record of them, with the id that was here first; "
                "if not, one of the two is wrong",
            )
            yield dataclasses.replace(found, other=owner.file.path)
