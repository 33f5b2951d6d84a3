"""Venues that the taxonomy does not have."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.load.validate import did_you_mean
from vlm_survey.model.finding import Finding


@check("unknown-venue", Scope.WORDS, needs_taxonomy=True)
def unknown_venue(reading: Reading) -> Iterator[Finding]:
    """The venue of a record is the id of one in taxonomy.yaml.

    Written out by hand, one venue would get many names. A new venue is one line under `venues` with
    its short name, full name and type.
    """
    venues = reading.known_words.venues
    moved = reading.known_words.former_ids.get("venue", {})
    for file, record in reading.records():
        if record.venue and record.venue not in venues:
            fix = did_you_mean(record.venue, venues) or "add it to taxonomy.yaml under 'venues'"
            if record.venue in moved:
                fix = f"write {moved[record.venue]!r}: it has that id now"
            yield file.finding("unknown-venue", ("venue",), f"unknown venue {record.venue!r}", fix)
