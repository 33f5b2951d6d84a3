"""Venues that the taxonomy does not have."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.load.validate import did_you_mean
from vlm_survey.model.finding import Finding


@check("unknown-venue", Scope.WORDS, needs_taxonomy=True)
def unknown_venue(reading: Reading) -> Iterator[Finding]:
    """The venue of a record is defined in taxonomy.yaml.

    Without ids, one venue would get many names. Add a new venue as one line under `venues`, with its
    short name, full name and type.
    """
    venues = reading.known_words.venues
    moved = reading.known_words.former_ids.get("venue", {})
    for file, record in reading.records():
        if record.venue and record.venue not in venues:
            fix = did_you_mean(record.venue, venues) or "add it to taxonomy.yaml under 'venues'"
            if record.venue in moved:
                fix = f"use its new id {moved[record.venue]!r}"
            yield file.finding("unknown-venue", ("venue",), f"unknown venue {record.venue!r}", fix)
