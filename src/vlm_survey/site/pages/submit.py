"""A form that writes a record: filled in by the reader, put together by a script, sent to nobody."""

import dataclasses
from collections.abc import Iterator, Mapping
from functools import partial

from vlm_survey.checks.rules.long_evidence import MAX_WORDS
from vlm_survey.load.folder import RESERVED
from vlm_survey.model.record import Identifiers, Links, Record
from vlm_survey.model.taxonomy import Facet, Term, Venue
from vlm_survey.model.url import SECURE_HOSTS, TRACKING
from vlm_survey.model.value import Slug
from vlm_survey.schema import schema_text
from vlm_survey.site.page import FileKind, Part, SiteFile
from vlm_survey.views.browse_files import data_version
from vlm_survey.views.edition import Edition


@dataclasses.dataclass(frozen=True)
class Question:
    """A field of a record, with what the model says of it."""

    name: str
    label: str
    help: str


@dataclasses.dataclass(frozen=True)
class SubmitView:
    """All that the form offers.

    Attributes:
        texts: The model's word on each plain field, by name.
        kinds: Ids and names, as are domains and venues.
        abbreviations: Of those venues that have one, by id.
        words: The most words that evidence may have.
        reserved: Pattern of the ids that no record may have.
        tracking: Pattern of the parameters' names that are taken out of an address.
        secure: Hosts that answer over https.
        version: Digest of the data that the record is compared with.
        repository: Where the record is proposed; empty while that is not known.
    """

    texts: Mapping[str, str]
    identifiers: tuple[Question, ...]
    links: tuple[Question, ...]
    kinds: tuple[tuple[str, str], ...]
    domains: tuple[tuple[str, str], ...]
    venues: tuple[tuple[str, str], ...]
    abbreviations: Mapping[Slug, str]
    facets: Mapping[str, Facet]
    asks_datasets: bool
    words: int
    reserved: str
    tracking: str
    secure: tuple[str, ...]
    version: str
    repository: str


def _view(edition: Edition) -> SubmitView:
    taxonomy = edition.catalog.taxonomy
    return SubmitView(
        texts={name: field.description or "" for name, field in Record.model_fields.items()},
        identifiers=_questions(Identifiers),
        links=_questions(Links),
        kinds=_named(taxonomy.kinds),
        domains=_named(taxonomy.domains),
        venues=tuple(sorted(_named(taxonomy.venues), key=lambda pair: pair[1].casefold())),
        abbreviations={
            venue_id: venue.short
            for venue_id, venue in taxonomy.venues.items()
            if venue.short != venue.name
        },
        facets=taxonomy.facets,
        asks_datasets=bool(taxonomy.datasets),
        words=MAX_WORDS,
        reserved=RESERVED.pattern,
        tracking=TRACKING,
        secure=SECURE_HOSTS,
        version=data_version(edition),
        repository=edition.settings.repository,
    )


def _named(words: Mapping[Slug, Term] | Mapping[Slug, Venue]) -> tuple[tuple[str, str], ...]:
    return tuple((word_id, word.name) for word_id, word in words.items())


def _questions(model: type[Identifiers] | type[Links]) -> tuple[Question, ...]:
    labels = {"arxiv": "arXiv id", "doi": "DOI", "pdf": "PDF"}
    return tuple(
        Question(name, labels.get(name, name.capitalize()), field.description or "")
        for name, field in model.model_fields.items()
    )


def _schema(edition: Edition) -> Iterator[SiteFile]:
    """What the form judges by: the schema of this very catalog."""
    yield SiteFile(SCHEMA, partial(schema_text, edition.catalog.taxonomy))


SCHEMA = "submit/record.schema.json"
SUBMIT_SCHEMA = FileKind("submit/", _schema)
SUBMIT = Part("submit", "submit.html", _view, shares="browse")
