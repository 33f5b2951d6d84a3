"""Where the catalog differs from the survey's own list, and what of the list it repaired."""

import dataclasses
from collections.abc import Callable, Iterator

from vlm_survey.errors import InvalidValueError
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.durability import passing_reason, session_reason
from vlm_survey.model.folding import fold
from vlm_survey.model.record import Record, SurveyEntry
from vlm_survey.model.url import Url
from vlm_survey.model.value import Slug
from vlm_survey.views.indexes import all_by_title


@dataclasses.dataclass(frozen=True)
class Difference:
    """One record where the two differ.

    Attributes:
        printed: What the list says.
        ours: What the record says.
        note: The record's own note, which gives the reason where there is more to say.
    """

    id: str
    title: str
    printed: str
    ours: str
    note: str


@dataclasses.dataclass(frozen=True)
class Differences:
    """All differences of one sort, in the order of the titles."""

    anchor: str
    heading: str
    explanation: str
    items: tuple[Difference, ...]


@dataclasses.dataclass(frozen=True)
class Comparison:
    """The list beside the catalog."""

    rows: int
    records: int
    respelled: int
    sorts: tuple[Differences, ...]


_Rule = Callable[[Record, SurveyEntry, Catalog], tuple[str, str] | None]
"""What the list says and what we say, if the two differ."""


@dataclasses.dataclass(frozen=True)
class _Sort:
    """A sort of difference. `explained`: the record's note gives the reason."""

    anchor: str
    heading: str
    explanation: str
    rule: _Rule
    explained: bool = False


def comparison(catalog: Catalog) -> Comparison:
    """The rows of the survey's list beside the records that hold them."""
    listed = [record for record in all_by_title(catalog) if record.survey]
    sorts = [
        Differences(
            sort.anchor, sort.heading, sort.explanation, tuple(_found(sort, listed, catalog))
        )
        for sort in _SORTS
    ]
    return Comparison(
        rows=sum(len(record.survey) for record in listed),
        records=len(listed),
        respelled=sum(
            entry.title is not None
            and entry.title != record.title
            and fold(entry.title) == fold(record.title)
            for record in listed
            for entry in record.survey
        ),
        sorts=tuple(sort for sort in sorts if sort.items),
    )


def _found(sort: _Sort, records: list[Record], catalog: Catalog) -> Iterator[Difference]:
    for record in records:
        for entry in record.survey:
            if found := sort.rule(record, entry, catalog):
                note = record.note if sort.explained else None
                yield Difference(record.id, record.title, *found, note or "")


def _double(record: Record, entry: SurveyEntry, _catalog: Catalog) -> tuple[str, str] | None:
    first, *others = record.survey
    if not others or entry is not first:
        return None
    rows = " and ".join(f"{row.section} {row.number}" for row in record.survey)
    return rows, "one record"


def _title(record: Record, entry: SurveyEntry, _catalog: Catalog) -> tuple[str, str] | None:
    if entry.title is None or fold(entry.title) == fold(record.title):
        return None
    return entry.title, record.title


def _missing(record: Record, entry: SurveyEntry, _catalog: Catalog) -> tuple[str, str] | None:
    return (entry.name or "no title", record.title) if entry.title is None else None


def _domain(record: Record, entry: SurveyEntry, catalog: Catalog) -> tuple[str, str] | None:
    if not entry.domain or not record.domain:
        return None
    domain = catalog.taxonomy.term("domain", record.domain)
    called = map(fold, (record.domain, domain.name, *domain.aliases))
    return None if fold(entry.domain) in called else (entry.domain, domain.name)


def _section(record: Record, entry: SurveyEntry, catalog: Catalog) -> tuple[str, str] | None:
    taxonomy = catalog.taxonomy
    listed = taxonomy.survey.sections if taxonomy.survey else {}
    term = listed.get(entry.task or "") or listed.get(entry.section)
    tagged = record.terms(taxonomy.group_by)
    is_checked = taxonomy.group_by in record.tags
    if term is None or not is_checked or term in tagged:
        return None
    terms = taxonomy.grouping.terms
    return terms[term].name, ", ".join(terms[Slug(tag)].name for tag in tagged) or "none applies"


def _link(record: Record, entry: SurveyEntry, _catalog: Catalog) -> tuple[str, str] | None:
    if entry.link is None:
        return "no link", str(record.primary_link or "")
    try:
        url = Url.parse(entry.link)
    except InvalidValueError as error:
        return error.problem, str(record.primary_link or "")
    reason = session_reason(url) or passing_reason(url)
    if reason is None and url.tidied() != url:
        reason = f"untidy: {url}"
    return (reason, str(record.primary_link or "")) if reason else None


_SORTS = (
    _Sort(
        "doubles",
        "Listed twice",
        "Works that the list names more than once have one record here.",
        _double,
    ),
    _Sort(
        "titles",
        "Another title",
        "The title changed before publication, or is cut short or misspelled in the list. "
        "Ours is the title as published.",
        _title,
        explained=True,
    ),
    _Sort(
        "without-title",
        "No title in the list",
        "The list gives only a model's name. Our record gives the citable source, or says that there is none.",
        _missing,
        explained=True,
    ),
    _Sort(
        "domains",
        "Another domain",
        "The paper itself contradicts the label in the list.",
        _domain,
        explained=True,
    ),
    _Sort(
        "sections",
        "Another task",
        "The section of the list names a task that is not among our tags, which follow the codebook.",
        _section,
        explained=True,
    ),
    _Sort(
        "links",
        "Links repaired",
        "The link in the list was missing, expired, untidy, or valid for one session or person only.",
        _link,
    ),
)
