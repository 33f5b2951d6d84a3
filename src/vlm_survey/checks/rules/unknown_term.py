"""Facets, terms, kinds and domains that the taxonomy does not have."""

from collections.abc import Iterable, Iterator

from vlm_survey.checks.registry import check
from vlm_survey.load.reading import Place, Reading
from vlm_survey.load.validate import did_you_mean
from vlm_survey.model.finding import Finding


@check("unknown-term", needs_taxonomy=True)
def unknown_term(reading: Reading) -> Iterator[Finding]:
    """Every facet, term, kind and domain of a record is one of taxonomy.yaml.

    The site has a page for each; a word that only one record knows would be found by nobody. Look for
    the term on the site or in taxonomy.yaml; a new one is proposed there, with its definition.
    """
    taxonomy = reading.catalog.taxonomy
    for file, record in reading.records():
        words: list[tuple[Place, str, str, Iterable[str]]] = []
        if record.kind:
            words.append((("kind",), "kind", record.kind, taxonomy.kinds))
        if record.domain:
            words.append((("domain",), "domain", record.domain, taxonomy.domains))
        for facet, terms in record.tags.items():
            words.append((("tags", facet), "facet", facet, taxonomy.facets))
            if facet in taxonomy.facets:
                known = taxonomy.facets[facet].terms
                words += [
                    (("tags", facet, term), f"term of {facet}", term, known) for term in terms
                ]
        for place, what, word, known_words in words:
            if word not in known_words:
                fix = did_you_mean(word, known_words) or "use one of: " + ", ".join(known_words)
                yield file.finding("unknown-term", place, f"unknown {what} {word!r}", fix)
