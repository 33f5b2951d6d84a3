"""Find records that share a value that must be unique."""

import dataclasses
from collections.abc import Iterable, Iterator

from vlm_survey.checks.registry import Key
from vlm_survey.model.finding import Finding


def collisions(keys: Iterable[Key], code: str, what: str) -> Iterator[Finding]:
    """Yield a finding for each record that has the same key as an earlier record.

    Args:
        keys: The keys of all records, in order.
        code: The code of the check.
        what: What a key is, for the message: "DOI", "title".
    """
    first: dict[str, Key] = {}
    for key in keys:
        owner = first.setdefault(key.text, key)
        if owner.file is not key.file:
            found = key.finding(
                code,
                f"same {what} as {owner.file.path}:{owner.line}",
                "if they are the same work, merge them into one record and keep the older id; "
                "if not, correct the wrong one",
            )
            yield dataclasses.replace(found, other=owner.file.path)
