"""What a record still lacks."""

from collections.abc import Iterator

from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Taxonomy


def owed_by(record: Record, taxonomy: Taxonomy) -> Iterator[str]:
    """What `record` lacks to be curated, by the names of its fields."""
    for name in ("authors", "year", "venue", "kind", "domain", "summary", "sources"):
        is_asked = name != "domain" or taxonomy.domains
        if is_asked and not getattr(record, name):
            yield name
    if record.primary_link is None:
        yield "links"
    for facet in taxonomy.facets:
        if facet not in record.tags:
            yield f"tags.{facet}"
        for term, evidence in record.evidence(facet).items():
            if not evidence:
                yield f"evidence of {facet}.{term}"
