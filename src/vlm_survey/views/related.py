"""Which papers a reader of one paper may want next, and why."""

import dataclasses

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record

MOST = 6
LEAST = 0.15
"""Below this likeness a paper is not named: the three parts together reach 1."""

TEXT, TAGS, BASES = 0.5, 0.3, 0.2
"""What each part of the likeness weighs."""

SIMILAR_TEXT = 0.15
"""From this cosine on, the texts are called similar."""


@dataclasses.dataclass(frozen=True)
class Related:
    """A paper like another one, with the reasons."""

    id: str
    title: str
    published: str
    reasons: tuple[str, ...]


def related(catalog: Catalog) -> dict[str, tuple[Related, ...]]:
    """For each record, those most like it, the most alike first.

    Likeness is the cosine of title and summary (TF-IDF of words and word pairs), of the tags, and of
    the base models, each weighed as above.
    """
    # Only this part of the site needs the library, and it takes a second to load.
    import numpy as np
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import MultiLabelBinarizer, normalize

    records = catalog.records
    if len(records) < 2:
        return {record.id: () for record in records}

    def labels(values: list[list[str]]) -> csr_matrix:
        if not any(values):
            return csr_matrix((len(records), 1))
        return normalize(
            MultiLabelBinarizer(sparse_output=True).fit_transform(values).astype(float)
        )

    vectorizer = TfidfVectorizer(stop_words="english", ngram_range=(1, 2), sublinear_tf=True)
    try:
        texts = vectorizer.fit_transform([_text(record) for record in records])
    except ValueError:  # Not one word in the whole catalog.
        texts = csr_matrix((len(records), 1))
    tags = labels([_tags(record) for record in records])
    bases = labels([list(record.builds_on) for record in records])
    parts = [(TEXT, texts), (TAGS, tags), (BASES, bases)]
    joint = hstack([matrix * weight**0.5 for weight, matrix in parts]).tocsr()
    found: dict[str, tuple[Related, ...]] = {}
    for position, record in enumerate(records):
        likeness = np.round((joint @ joint[position].T).toarray().ravel(), 6)
        likeness[position] = 0
        near = np.flatnonzero(likeness >= LEAST)
        # Among equals, the order of the ids decides: the same catalog, the same page.
        nearest = near[np.lexsort((near, -likeness[near]))[:MOST]]
        alike = (texts[nearest] @ texts[position].T).toarray().ravel() >= SIMILAR_TEXT
        found[record.id] = tuple(
            _related(record, records[at], catalog, bool(is_alike))
            for at, is_alike in zip(nearest, alike, strict=True)
        )
    return found


def _related(record: Record, other: Record, catalog: Catalog, alike: bool) -> Related:
    taxonomy = catalog.taxonomy
    reasons = []
    if other.id in record.builds_on:
        reasons.append("is its base")
    if record.id in other.builds_on:
        reasons.append("is built on it")
    shared = [base for base in record.builds_on if base in other.builds_on and base in catalog]
    if shared:
        names = ", ".join(catalog[base].name or catalog[base].title for base in shared)
        reasons.append(f"same base: {names}")
    common = [
        facet.terms[term].name
        for facet_id, facet in taxonomy.facets.items()
        for term in record.tags.get(facet_id, {})
        if term in other.tags.get(facet_id, {})
    ]
    if common:
        reasons.append(f"shares {', '.join(common).lower()}")
    if alike:
        reasons.append("similar text")
    venue = taxonomy.venues.get(other.venue) if other.venue else None
    published = " ".join(
        part for part in (venue.short if venue else "", str(other.year or "")) if part
    )
    return Related(other.id, other.title, published, tuple(reasons))


def _text(record: Record) -> str:
    return " ".join((record.title, record.name or "", record.summary or ""))


def _tags(record: Record) -> list[str]:
    return [f"{facet} {term}" for facet, terms in record.tags.items() for term in terms]
