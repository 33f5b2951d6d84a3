"""Interactive questions about a paper: missing fields and tags."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import click

from vlm_survey.checks.rules.long_evidence import MAX_WORDS
from vlm_survey.cli.terminal import printable
from vlm_survey.intake.draft import Draft
from vlm_survey.model.record import Record, Tagging, TagState
from vlm_survey.model.taxonomy import Facet, Taxonomy, Term
from vlm_survey.model.value import Slug

_STATES: dict[str, Tagging] = {"none": {}, "not-stated": TagState.NOT_STATED}
_LONGEST_SUMMARY = 600


def answered(made: Draft, taxonomy: Taxonomy) -> Draft:
    """Return the draft with the answers filled in. An empty answer keeps a field as it is."""
    record = made.record
    click.echo(printable(f"\n{record.title}\nPress Enter to skip, ? for options."))
    found: dict[str, Any] = {
        "kind": _one("Kind", taxonomy.kinds),
        "domain": _one("Domain", taxonomy.domains) if taxonomy.domains else None,
        "summary": _summary(),
    }
    if record.venue is None:
        found["venue"] = _venue(taxonomy)
    tags = {}
    for facet_id, facet in taxonomy.facets.items():
        hints = [proposal.term for proposal in made.proposals if proposal.facet == facet_id]
        terms = _terms(facet, hints)
        if terms is not None:
            tags[facet_id] = terms
    update = {name: value for name, value in found.items() if value}
    filled = Record.model_validate(dict(record) | update | {"tags": tags})
    open_ones = tuple(p for p in made.proposals if p.facet not in tags)
    return dataclasses.replace(made, record=filled, proposals=open_ones)


def _one(label: str, terms: Mapping[Slug, Term]) -> str | None:
    chosen = _chosen(f"{label} ({', '.join(terms)})", terms, most=1)
    return chosen[0] if chosen else None


def _terms(facet: Facet, hints: list[str]) -> Tagging | None:
    """Ask for the terms of a facet and their evidence, or a state. None if skipped."""
    hint = f" (suggested: {', '.join(hints)})" if hints else ""
    label = f"{facet.name}: comma-separated ids, or {' or '.join(_STATES)}{hint}"
    chosen = _chosen(label, facet.terms, most=len(facet.terms))
    if chosen is None:
        return None
    if state := next((word for word in chosen if word in _STATES), ""):
        return _STATES[state]
    return {Slug(term): _evidence(facet.terms[Slug(term)].name) for term in chosen}


def _evidence(term: str) -> str | None:
    answer = _ask(
        f"  Evidence for {term}: where does the paper say so? (at most {MAX_WORDS} words)"
    )
    while (words := len(answer.split())) > MAX_WORDS:
        answer = _ask(f"  {words} words, but at most {MAX_WORDS} are allowed")
    return answer or None


def _chosen(label: str, terms: Mapping[Slug, Term], most: int) -> list[str] | None:
    while True:
        answer = _ask(label)
        if not answer:
            return None
        if answer == "?":
            for term_id, term in terms.items():
                click.echo(printable(f"  {term_id}: {term.definition} {term.rule}"))
            continue
        if answer in _STATES and most > 1:
            return [answer]
        chosen = list(dict.fromkeys(part.strip() for part in answer.split(",")))
        unknown = [term for term in chosen if term not in terms]
        if not unknown and len(chosen) <= most:
            return chosen
        click.echo(printable(f"  unknown: {', '.join(unknown) or answer}; enter ? for options"))


def _venue(taxonomy: Taxonomy) -> str | None:
    while True:
        answer = _ask("Venue (id or full name)")
        known = {
            word.casefold(): venue_id
            for venue_id, venue in taxonomy.venues.items()
            for word in (venue_id, venue.short, venue.name)
        }
        if not answer:
            return None
        if answer == "?":
            click.echo(printable("  " + ", ".join(taxonomy.venues)))
        elif answer.casefold() in known:
            return known[answer.casefold()]
        else:
            click.echo(
                "  not in taxonomy.yaml; press Enter to skip and add it there, or enter ? for options"
            )


def _summary() -> str | None:
    answer = _ask("Summary (one or two sentences in your own words)")
    while len(answer) > _LONGEST_SUMMARY:
        answer = _ask(f"  {len(answer)} characters, but at most {_LONGEST_SUMMARY} are allowed")
    return answer or None


def _ask(label: str) -> str:
    answer = click.prompt(printable(label), default="", show_default=False)
    return " ".join(str(answer).split())
