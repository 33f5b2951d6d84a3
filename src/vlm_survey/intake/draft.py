"""From facts to a record that the catalog can hold, and what a person has still to do about it."""

import dataclasses
import datetime
from collections.abc import Container
from typing import Any

from vlm_survey.errors import InvalidValueError
from vlm_survey.intake.facts import Facts
from vlm_survey.intake.proposals import (
    Proposal,
    free_id,
    short_name_in,
    tags_suggested,
)
from vlm_survey.intake.venues import venue_named
from vlm_survey.layout import record_text, tidied
from vlm_survey.load.validate import validate
from vlm_survey.model.record import Identifiers, Links, Record, Status
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.model.value import Slug


@dataclasses.dataclass(frozen=True)
class Draft:
    """A record that was made from facts, not yet written.

    Attributes:
        record: Its facts; status `imported`, no tags.
        proposals: Tags that its words suggest.
        remarks: What a person must look at.
    """

    record: Record
    proposals: tuple[Proposal, ...]
    remarks: tuple[str, ...]

    @property
    def text(self) -> str:
        """The record's file. Proposals are comments: nobody has judged them."""
        lines = [
            f"#   {proposal.facet}: {proposal.term}, keywords: "
            + ", ".join(f'"{word}"' for word in proposal.words)
            for proposal in self.proposals
        ]
        if lines:
            lines = [
                "# Suggested tags, from words in title and abstract. Check each against its rule, add",
                "# those that apply to tags with evidence, then delete these lines.",
                *lines,
            ]
        return record_text(self.record) + "".join(line + "\n" for line in lines)


def draft(
    facts: Facts,
    taxonomy: Taxonomy,
    taken: Container[str],
    today: datetime.date,
    own_id: Slug | None = None,
) -> Draft:
    """A record with these facts.

    Args:
        facts: What a source says.
        taxonomy: Where venues and terms are looked up.
        taken: Ids that other records have.
        today: The day on which it comes into the catalog.
        own_id: The id that a person wants for it.

    Raises:
        InvalidValueError: A record cannot hold them, such as a title of a thousand characters.
    """
    record, remarks = record_of(facts, taxonomy, taken, today, own_id)
    proposals = tags_suggested(f"{facts.title}. {facts.abstract}", taxonomy)
    return Draft(record, tuple(proposals), remarks)


def record_of(
    facts: Facts,
    taxonomy: Taxonomy,
    taken: Container[str],
    today: datetime.date,
    own_id: Slug | None = None,
) -> tuple[Record, tuple[str, ...]]:
    """The record of a draft, and what a person must look at; see `draft`."""
    venue = facts.venue or venue_named(facts.appeared_in, taxonomy)
    remarks = [facts.standing, *facts.remarks] if facts.standing else list(facts.remarks)
    if venue is None and facts.appeared_in:
        remarks.append(
            f'published in "{facts.appeared_in[0]}", which is not a venue in taxonomy.yaml; '
            "add it there, or set venue to the matching one"
        )
    fields: dict[str, Any] = {
        "id": own_id or free_id(facts.title, facts.year, taken, facts.name),
        "title": facts.title,
        "name": facts.name or short_name_in(facts.title),
        "authors": facts.authors,
        "year": facts.year,
        "venue": venue,
        "identifiers": Identifiers(arxiv=facts.arxiv, doi=facts.doi),
        "links": Links(**facts.links),
        "status": Status.IMPORTED,
        "sources": facts.sources,
        "note": " ".join(filter(None, (facts.standing, facts.note))) or None,
        "added": today,
    }
    record, problems = validate(Record, fields, {})
    if record is None:
        raise InvalidValueError(problems[0].message, problems[0].fix)
    return tidied(record), tuple(remarks)
