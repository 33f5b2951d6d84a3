"""The order of a record's terms, and terms that its kind rules out."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("tag-order", Scope.WORDS, needs_taxonomy=True)
def tag_order(reading: Reading) -> Iterator[Finding]:
    """A term that covers several others (`umbrella: true` in taxonomy.yaml) comes after them.

    Lists group papers by the first term of a category. A paper on several tasks belongs under its
    main task, so a general term must not come before a specific one.
    """
    facets = reading.known_words.facets
    for file, record in reading.records():
        for facet_id in record.tags:
            known = facets[facet_id].terms if facet_id in facets else {}
            terms = [term for term in record.terms(facet_id) if term in known]
            wanted = sorted(terms, key=lambda term: known[term].umbrella)
            if terms != wanted:
                first = next(term for term in terms if known[term].umbrella)
                message = f"{first!r} comes before the specific terms of {facet_id}"
                fix = f"use this order: {', '.join(wanted)}"
                yield file.finding("tag-order", ("tags", facet_id, first), message, fix)


@check("kind-tags", Scope.WORDS, needs_taxonomy=True)
def kind_tags(reading: Reading) -> Iterator[Finding]:
    """A record has no terms in categories that do not apply to its kind (`untagged` in taxonomy.yaml).

    A general-purpose model, for example, has no task within the subject of the catalog. If the paper
    claims one, choose another kind.
    """
    taxonomy = reading.known_words
    for file, record in reading.records():
        kind = taxonomy.kinds.get(record.kind) if record.kind else None
        for facet_id in kind.untagged if kind else ():
            if record.terms(facet_id):
                message = f"a record of kind {record.kind!r} cannot have terms of {facet_id}"
                fix = f"write '{facet_id}: none', or choose another kind"
                yield file.finding("kind-tags", ("tags", facet_id), message, fix)
