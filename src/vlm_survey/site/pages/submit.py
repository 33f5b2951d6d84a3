"""A form that writes a record: a script puts it together in the browser and sends nothing."""

import dataclasses
from collections.abc import Iterator, Mapping
from functools import partial

from vlm_survey.checks.rules.long_evidence import MAX_WORDS
from vlm_survey.load.folder import RESERVED
from vlm_survey.model.record import Links
from vlm_survey.model.taxonomy import Facet, Term, Venue
from vlm_survey.model.url import SECURE_HOSTS, TRACKING
from vlm_survey.model.value import Slug
from vlm_survey.schema import schema_text
from vlm_survey.site.page import FileKind, Part, SiteFile
from vlm_survey.views.browse_files import data_version
from vlm_survey.views.edition import Edition


@dataclasses.dataclass(frozen=True)
class Question:
    """A text field of the form.

    Attributes:
        rows: Lines of the field; with more than one, the reader can break lines.
        example: A right value, for the message about a wrong one.
    """

    name: str
    label: str
    help: str
    example: str = ""
    rows: int = 1


# The descriptions in the model are written for people who edit YAML.
_QUESTIONS = (
    Question("title", "Title", "As published, with the paper's own capitalization", rows=2),
    Question(
        "authors",
        "Authors (one per line)",
        "In order; put organisations in braces: {OpenAI}",
        "Ada Lovelace",
        4,
    ),
    Question("name", "Short name", "Of the method or model, if it has one", "Med-Flamingo"),
    Question(
        "id",
        "Id",
        "Last part of the address of its page; made from the name or title, never changed later",
        "med-flamingo",
    ),
    Question("year", "Year", "Of the proceedings or of the journal's issue", "2024"),
    Question("arxiv", "arXiv id", "For example 2307.15189", "2307.15189"),
    Question(
        "doi",
        "DOI",
        "Of the published version, for example 10.1038/s41467-023-40260-7",
        "10.1038/s41467-023-40260-7",
    ),
    Question(
        "sources",
        "Sources (one per line)",
        "Pages that confirm the facts, such as the paper's page",
        "https://arxiv.org/abs/2307.15189",
        2,
    ),
    Question(
        "summary",
        "Summary",
        "One or two sentences in your own words: what it does, on which data, and how the model "
        "was adapted",
        rows=3,
    ),
    Question(
        "builds_on",
        "Builds on (ids, separated by commas)",
        "Models in this catalog that it starts from; an id is the last part of the address of a "
        "paper's page",
        "clip",
    ),
    Question(
        "datasets",
        "Data sets (one per line)",
        "Written as “id: role”; the role is train, test, both or not-stated",
        "mimic-cxr: test",
        2,
    ),
    *(
        Question(f"link-{name}", label, text, "https://example.org/page")
        for name, label, text in (
            ("paper", "Paper", "Page of the published version"),
            ("pdf", "PDF", "Full text that is free to read"),
            ("code", "Code", "Source code of the authors"),
            ("weights", "Weights", "Page of the trained model, for example on a model hub"),
            ("data", "Data", "Data set published with the paper"),
            ("project", "Project", "Project page of the paper"),
        )
    ),
)


@dataclasses.dataclass(frozen=True)
class SubmitView:
    """All that the form offers.

    Attributes:
        questions: The text fields, by name.
        links: The names of those that ask for a link.
        kinds: Ids and names, as are domains and venues.
        abbreviations: Of those venues that have one, by id.
        words: The most words that evidence may have.
        reserved: Pattern of the ids that no record may have.
        tracking: Pattern of the parameters' names that are taken out of an address.
        secure: Hosts that answer over https.
        version: Digest of the data that the record is compared with.
        repository: Where the record is proposed; empty if no repository is configured.
    """

    questions: Mapping[str, Question]
    links: tuple[str, ...]
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
        questions={question.name: question for question in _QUESTIONS},
        links=tuple(f"link-{name}" for name in Links.model_fields),
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


def _schema(edition: Edition) -> Iterator[SiteFile]:
    """The schema of this catalog, which the form validates against."""
    yield SiteFile(SCHEMA, partial(schema_text, edition.catalog.taxonomy))


SCHEMA = "submit/record.schema.json"
SUBMIT_SCHEMA = FileKind("submit/", _schema)
SUBMIT = Part("submit", "submit.html", _view, shares="browse")
