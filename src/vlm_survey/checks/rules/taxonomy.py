"""The taxonomy's own rules."""

import collections
from collections.abc import Iterator, Mapping

from vlm_survey.checks.registry import Scope, check
from vlm_survey.forms import ADD, questions
from vlm_survey.load.reading import Place, Reading
from vlm_survey.load.validate import did_you_mean
from vlm_survey.model.finding import Finding
from vlm_survey.model.folding import fold
from vlm_survey.model.record import EMPTY_STATES
from vlm_survey.model.taxonomy import OTHER_FILTERS, Dataset, Entries, Taxonomy, Term
from vlm_survey.model.value import Slug


@check("taxonomy", Scope.CATALOG, needs_taxonomy=True)
def taxonomy(reading: Reading) -> Iterator[Finding]:
    """The taxonomy is consistent: names and aliases are unique, and all references exist.

    No two terms of a facet and no two data sets share a name or alias, since readers would tag
    differently. A former id (`formerly`) belongs to one term only, since old links use it. A facet
    does not have the name of another filter or of another question of the issue form. No term is
    named None, which GitHub rejects in forms, or has the id of a state (`none`, `not-stated`,
    `not-checked`). `group_by`, `sections`, kinds and the tags of data sets refer to existing facets,
    domains and terms.
    """
    file, words = reading.taxonomy_file, reading.known_words
    yield from _former_ids(reading)
    yield from _refused_by_forms(reading)
    yield from _unknown_in_kinds(reading)
    if words.group_by not in words.facets:
        message = f"unknown facet in group_by: {words.group_by!r}"
        fix = "use one of: " + ", ".join(words.facets)
        yield file.finding("taxonomy", ("group_by",), message, fix)
        return
    for heading, named in (words.survey.sections if words.survey else {}).items():
        if named not in words.grouping.terms:
            fix = did_you_mean(named, words.grouping.terms) or "use the id of a term"
            message = f"{named!r} is not a term of {words.group_by}"
            yield file.finding("taxonomy", ("survey", "sections", heading), message, fix)
    for facet_id, facet in words.facets.items():
        if facet_id in OTHER_FILTERS:
            message = f"{facet_id!r} is reserved for another filter"
            fix = "choose another id here and in the records"
            yield file.finding("taxonomy", ("facets", facet_id), message, fix)
        for term_id in facet.terms:
            if str(term_id) in {state.value for state in EMPTY_STATES}:
                place = ("facets", facet_id, "terms", term_id)
                message = f"{term_id!r} is reserved for the state of a facet without terms"
                yield file.finding("taxonomy", place, message, "choose another id")
        fix = "keep the alias only at the term that most papers mean by it"
        yield from _shared_words(reading, ("facets", facet_id, "terms"), facet.terms, fix)
    fix = "keep the name only at one of them, or merge the entries"
    yield from _shared_words(reading, ("datasets",), words.datasets, fix)
    yield from _unknown_tags(reading)


def _shared_words(
    reading: Reading, place: Place, entries: Mapping[Slug, Term] | Mapping[Slug, Dataset], fix: str
) -> Iterator[Finding]:
    owner: dict[str, str] = {}
    for entry_id, entry in entries.items():
        for word in sorted({fold(text) for text in (entry_id, entry.name, *entry.aliases)}):
            first = owner.setdefault(word, entry_id)
            if first != entry_id:
                message = f"{word!r} names both {first!r} and {entry_id!r}"
                at = (*place, entry_id)
                yield reading.taxonomy_file.finding("taxonomy", at, message, fix)


def _unknown_tags(reading: Reading) -> Iterator[Finding]:
    """Facets and terms that data sets are tagged with and the taxonomy does not have."""
    file, words = reading.taxonomy_file, reading.known_words
    for dataset_id, dataset in words.datasets.items():
        for facet_id, terms in dataset.tags.items():
            place = ("datasets", dataset_id, "tags", facet_id)
            if facet_id not in words.facets:
                fix = did_you_mean(facet_id, words.facets)
                fix = fix or f"use one of: {', '.join(words.facets)}"
                yield file.finding("taxonomy", place, f"unknown facet {facet_id!r}", fix)
                continue
            known = words.facets[facet_id].terms
            for number, term in enumerate(terms):
                if term not in known:
                    fix = did_you_mean(term, known) or f"use one of: {', '.join(known)}"
                    if now := words.former_ids.get(facet_id, {}).get(term):
                        fix = f"use its new id {now!r}"
                    message = f"unknown term {term!r} of {facet_id}"
                    yield file.finding("taxonomy", (*place, number), message, fix)


def _unknown_in_kinds(reading: Reading) -> Iterator[Finding]:
    file, words = reading.taxonomy_file, reading.known_words
    for kind_id, kind in words.kinds.items():
        for number, facet_id in enumerate(kind.untagged):
            if facet_id not in words.facets:
                fix = f"use one of: {', '.join(words.facets)}"
                place: Place = ("kinds", kind_id, "untagged", number)
                yield file.finding(
                    "taxonomy", place, f"unknown facet {facet_id!r} in untagged", fix
                )
        for domain in kind.sections:
            if domain not in words.domains:
                fix = f"use one of: {', '.join(words.domains) or '(no domains are defined)'}"
                place = ("kinds", kind_id, "sections", domain)
                yield file.finding("taxonomy", place, f"unknown domain {domain!r}", fix)


def _refused_by_forms(reading: Reading) -> Iterator[Finding]:
    file, words = reading.taxonomy_file, reading.known_words
    asked = collections.Counter(fold(question.label) for question in questions(words)[ADD])
    for facet_id, facet in words.facets.items():
        if asked[fold(facet.name)] > 1:
            message = f"the issue form has another question named {facet.name!r}"
            at = ("facets", facet_id, "name")
            yield file.finding("taxonomy", at, message, "choose another name")
    for place, terms in _terms(words):
        for term_id, term in terms.items():
            if term.name.casefold() == "none":
                message = f"{term.name!r} is reserved by issue forms for an empty answer"
                yield file.finding("taxonomy", (*place, term_id), message, "choose another name")


def _terms(words: Taxonomy) -> list[tuple[Place, Mapping[Slug, Term]]]:
    return [
        (("kinds",), words.kinds),
        (("domains",), words.domains),
        *((("facets", name, "terms"), facet.terms) for name, facet in words.facets.items()),
    ]


def _former_ids(reading: Reading) -> Iterator[Finding]:
    words = reading.known_words
    lists: list[tuple[Place, Entries]] = [
        (("datasets",), words.datasets),
        (("venues",), words.venues),
        *_terms(words),
    ]
    for place, entries in lists:
        owner: dict[str, str] = dict(zip(entries, entries, strict=True))
        for entry_id, entry in entries.items():
            for number, old in enumerate(entry.formerly):
                first = owner.setdefault(old, entry_id)
                if first != entry_id or old in entries:
                    message = (
                        f"{old!r} cannot be a former id of {entry_id!r}: it belongs to {first!r}"
                    )
                    fix = "list it in one place only"
                    at = (*place, entry_id, "formerly", number)
                    yield reading.taxonomy_file.finding("taxonomy", at, message, fix)
