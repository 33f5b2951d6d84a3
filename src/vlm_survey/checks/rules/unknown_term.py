"""Facets, terms, kinds and domains that the taxonomy does not have."""

from collections.abc import Collection, Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Place, Reading
from vlm_survey.load.validate import did_you_mean
from vlm_survey.model.finding import Finding


@check("unknown-term", Scope.WORDS, needs_taxonomy=True)
def unknown_term(reading: Reading) -> Iterator[Finding]:
    """Every facet, term, kind and domain of a record is defined in taxonomy.yaml.

    The site has a page for each of them. Look up the term on the site or in taxonomy.yaml; to propose
    a new one, add it there with its definition.
    """
    taxonomy = reading.known_words
    for file, record in reading.records():
        # place, what it is, the word, the facet or field that it belongs to, the words that are known
        words: list[tuple[Place, str, str, str, Collection[str]]] = []
        if record.kind:
            words.append((("kind",), "kind", record.kind, "kind", taxonomy.kinds))
        if record.domain:
            words.append((("domain",), "domain", record.domain, "domain", taxonomy.domains))
        for facet in record.tags:
            words.append((("tags", facet), "facet", facet, "", taxonomy.facets))
            if facet in taxonomy.facets:
                known, what = taxonomy.facets[facet].terms, f"{facet} term"
                words += [
                    (("tags", facet, term), what, term, facet, known)
                    for term in record.terms(facet)
                ]
        for place, what, word, field, known_words in words:
            if word not in known_words:
                fix = did_you_mean(word, known_words) or (
                    f"use one of: {', '.join(known_words)}" if known_words else "delete it"
                )
                if now := taxonomy.former_ids.get(field, {}).get(word):
                    fix = f"use its new id {now!r}"
                yield file.finding("unknown-term", place, f"unknown {what} {word!r}", fix)
