"""From the answers of a form to a record: a new one, a corrected one, one with other tags."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vlm_survey.errors import InvalidValueError
from vlm_survey.exports.plain import record_data
from vlm_survey.forms import CORRECTABLE, VERDICTS, facet_question, tag_names
from vlm_survey.intake.draft import Draft
from vlm_survey.intake.issue import IssueError
from vlm_survey.layout import tidied
from vlm_survey.load import guarded_yaml
from vlm_survey.load.validate import did_you_mean, validate
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import DatasetRole, Links, Record
from vlm_survey.model.taxonomy import Facet, Taxonomy, Term
from vlm_survey.model.url import Url
from vlm_survey.model.value import Slug, shortened

_LISTS = frozenset({"authors", "builds_on", "sources"})
_MAPPINGS = frozenset({"identifiers", "links"})


def completed(made: Draft, answers: Mapping[str, str], taxonomy: Taxonomy) -> Draft:
    """A draft with what the form "Add a paper" says beyond the facts.

    Raises:
        IssueError: An answer cannot be what it should be.
    """
    record = made.record
    evidence = _evidence(answers["evidence"])
    found: dict[str, Any] = {}
    tags: dict[str, Any] = {}
    for facet_id, facet in taxonomy.facets.items():
        named = answers[facet_question(facet_id)]
        if named:
            terms = _terms(named, facet)
            tags[facet_id] = {term: _evidence_for(term, facet, evidence) for term in terms}
    if tags:
        found["tags"] = tags
    for field, known in (("kind", taxonomy.kinds), ("domain", taxonomy.domains)):
        if name := answers.get(field):
            found[field] = _term(name, known, field)
    if summary := _line(answers["summary"]):
        found["summary"] = summary
    uses = _uses(answers.get("datasets", ""), taxonomy)
    if known_sets := {name: role for name, role in uses.items() if name in taxonomy.datasets}:
        found["datasets"] = known_sets
    links = {name: _line(answers.get(f"link-{name}", "")) for name in Links.model_fields}
    given = {name: url for name, url in links.items() if url}
    if given:
        found["links"] = {**_said(record.links), **given}
    filled = _valid({**_data(record), **found}, record.id)
    left = tuple(p for p in made.proposals if p.facet not in tags)
    unused = [f"{term}: {text}" for term, text in evidence.items() if not _is_used(text, tags)]
    remarks = [f"evidence without a matching tag: {text}" for text in unused]
    remarks += [
        f"data set {shortened(name)!r} is not in taxonomy.yaml; add it there, then to the record"
        for name in uses
        if name not in taxonomy.datasets
    ]
    return dataclasses.replace(
        made, record=filled, proposals=left, remarks=(*made.remarks, *remarks)
    )


def corrected(answers: Mapping[str, str], catalog: Catalog) -> Record:
    """The record that the form "Correct a record" is about, with the field as it says.

    Raises:
        IssueError: There is no such record, or the answer cannot be that field's value.
    """
    record = _record(answers["record"], catalog)
    field, text = answers["field"], answers["right"]
    if field not in CORRECTABLE:
        raise IssueError(f"the field {field!r} cannot be corrected with the form")
    value: Any = _line(text)
    if field in _LISTS:
        value = list(_items(text))
    elif field == "datasets":
        value = _uses(text, catalog.taxonomy)
    elif field in _MAPPINGS:
        value, _, problems = guarded_yaml.parse(text)
        if problems or not isinstance(value, dict):
            raise IssueError(f'{field}: write one "name: value" per line')
        value = {**_said(getattr(record, field)), **value}
    changed = _valid({**_data(record), field: value}, record.id)
    _refuse_several(name for name in changed.authors if name not in record.authors)
    return _with_source(changed, answers["source"])


def retagged(answers: Mapping[str, str], catalog: Catalog) -> Record:
    """The record that the form "Contest a tag" is about, with the tag or without it.

    Raises:
        IssueError: There is no such record or tag, or nothing is to be changed.
    """
    record = _record(answers["record"], catalog)
    tag = answers["tag"]
    if tag not in (known := tag_names(catalog.taxonomy)):
        raise IssueError(f"unknown tag {tag!r}; choose a tag from the form")
    facet_id, term = known[tag]
    carried = dict(record.evidence(facet_id))
    match answers["verdict"]:
        case "carry it":
            carried[term] = _line(answers["evidence"])
        case "not carry it" if term in carried:
            del carried[term]
        case "not carry it":
            raise IssueError(f"{record.id} does not have the tag {facet_id}={term}")
        case _:
            raise IssueError(
                f"only {' and '.join(map(repr, VERDICTS))} can be applied automatically; if the rule is "
                "unclear, improve it in taxonomy.yaml first"
            )
    data = _data(record)
    data["tags"][facet_id] = carried
    return _valid(data, record.id)


def _record(text: str, catalog: Catalog) -> Record:
    address = re.split("[?#]", _line(text))[0]
    record_id = address.rstrip("/").rpartition("/")[2].removesuffix(".yaml")
    now = catalog.retired[Slug(record_id)].now if record_id in catalog.retired else None
    record_id = now or record_id
    if record_id not in catalog:
        near = did_you_mean(record_id, [record.id for record in catalog])
        raise IssueError(
            f"unknown record {record_id!r}; {near or 'the id is part of the link to its page'}"
        )
    return catalog[record_id]


def _terms(named: str, facet: Facet) -> Iterator[Slug]:
    """Terms by their names, joined by commas as GitHub joins what was ticked."""
    names = sorted((term.name for term in facet.terms.values()), key=len, reverse=True)
    while named:
        # A name may hold commas itself.
        fitting = (name for name in names if f"{named}, ".startswith(f"{name}, "))
        name = next(fitting, named.partition(", ")[0])
        yield _term(name, facet.terms, facet.name)
        named = named[len(name) + len(", ") :]


def _term(name: str, terms: Mapping[Slug, Term], what: str) -> Slug:
    for term_id, term in terms.items():
        if name == term.name:
            return term_id
    raise IssueError(f"{name!r} is not an option of {what!r}; choose one from the form")


def _refuse_several(names: Iterable[PersonName]) -> None:
    """Refuse a line that seems to list people: as one name it could be read, wrongly."""
    for name in names:
        if name.seems_several:
            raise IssueError(
                f"authors: {shortened(name)!r} may be several people; write one name per line, and put "
                "a family name of several words in braces: Gabriel {García Márquez}"
            )


def _evidence(text: str) -> dict[str, str]:
    """Lines such as `Fine-tuning: abstract`, by what stands before the colon."""
    pairs = (line.partition(":") for line in _items(text))
    return {before.strip(): after.strip() for before, _, after in pairs if before.strip()}


def _evidence_for(term: Slug, facet: Facet, evidence: Mapping[str, str]) -> str | None:
    known_as = {term, facet.terms[term].name.casefold()}
    return (
        next((text for name, text in evidence.items() if name.casefold() in known_as), "") or None
    )


def _uses(text: str, taxonomy: Taxonomy) -> dict[str, str]:
    """Lines such as `mimic-cxr: both`: each data set's id, or what was typed if it is unknown, and role."""
    uses = {}
    for item in _items(text):
        name, colon, role = (part.strip() for part in item.rpartition(":"))
        if not colon:
            name, role = item, DatasetRole.NOT_STATED.value
        uses[taxonomy.dataset_called(name) or name] = role.lower()
    return uses


def _is_used(text: str, tags: Mapping[str, Mapping[str, str | None]]) -> bool:
    return any(text == given for terms in tags.values() for given in terms.values())


def _with_source(record: Record, address: str) -> Record:
    try:
        source = Url.parse(_line(address)).tidied()
    except InvalidValueError as error:
        raise IssueError(f"source: {error}") from None
    if source in record.sources:
        return record
    return record.model_copy(update={"sources": (*record.sources, source)})


def _items(text: str) -> Iterator[str]:
    """The lines of `text` that say something, without the marks of a list."""
    for line in map(_line, text.split("\n")):
        if item := re.sub(r"^(?:[-*+•]\s+)+", "", line):
            yield item


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _said(part: Any) -> dict[str, str]:
    return {name: str(value) for name, value in part if value}


def _data(record: Record) -> dict[str, Any]:
    data = record_data(record)
    del data["id"]
    return data


def _valid(data: dict[str, Any], record_id: str) -> Record:
    record, problems = validate(Record, data, {}, id=record_id)
    if record is None:
        raise IssueError("; ".join(f"{problem.message}; {problem.fix}" for problem in problems))
    return tidied(record)
