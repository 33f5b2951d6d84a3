"""GitHub's issue forms, to suggest a paper, a correction or another tag without editing a file.

The questions come from the taxonomy's terms and the model's descriptions. The syntax is GitHub's:
https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

import yaml

from vlm_survey.model.record import Links, Record
from vlm_survey.model.taxonomy import Taxonomy, Term
from vlm_survey.model.value import Slug

FOLDER = ".github/ISSUE_TEMPLATE"
ADD = "add-a-paper.yml"
CONTEST = "contest-a-tag.yml"
CORRECT = "correct-a-record.yml"
"""The form that a record's page opens, with the record's id and present values filled in."""

_DATASET_LINES = (
    "One per line, as `id: role`; the role is train, test, both or not-stated. "
    "You can write the name instead of the id."
)

VERDICTS = ("carry it", "not carry it")
"""What a reader can say of a tag; the third possibility is for people to discuss."""

_HEAD = "# Written by `vlm-survey forms` from the model and taxonomy.yaml.\n"
_NOT_CORRECTED = {"id", "survey", "status", "added", "tags"}
"""Never changed, or asked for by another form."""

CORRECTABLE = tuple(name for name in Record.model_fields if name not in _NOT_CORRECTED)
"""Fields that a reader may correct."""


@dataclasses.dataclass(frozen=True)
class Question:
    """One question of a form. An answer that is code comes in a fence."""

    id: str
    label: str
    is_code: bool


def issue_forms(taxonomy: Taxonomy) -> dict[str, str]:
    """The forms' files by name."""
    return {
        name: _HEAD + yaml.safe_dump(form, sort_keys=False, allow_unicode=True, width=100)
        for name, form in _forms(taxonomy).items()
    }


def questions(taxonomy: Taxonomy) -> dict[str, list[Question]]:
    """What each form asks, in order, by the form's file name."""
    return {
        name: [
            Question(part["id"], part["attributes"]["label"], "render" in part["attributes"])
            for part in form["body"]
            if "id" in part
        ]
        for name, form in _forms(taxonomy).items()
    }


def facet_question(facet_id: str) -> str:
    """The id of the question about a facet, which no other question has."""
    return f"facet-{facet_id}"


def tag_names(taxonomy: Taxonomy) -> dict[str, tuple[str, Slug]]:
    """Facet and term of every tag, by the name that a reader contests it by."""
    return {
        f"{facet.name}: {term.name}": (facet_id, term_id)
        for facet_id, facet in taxonomy.facets.items()
        for term_id, term in facet.terms.items()
    }


def _forms(taxonomy: Taxonomy) -> dict[str, dict[str, Any]]:
    return {ADD: _add(taxonomy), CORRECT: _correct(), CONTEST: _contest(taxonomy)}


def _add(taxonomy: Taxonomy) -> dict[str, Any]:
    facets = [
        _dropdown(
            facet_question(facet_id),
            facet.name,
            f"{facet.definition} Leave it empty if you do not know.",
            _names(facet.terms),
            many=True,
        )
        for facet_id, facet in taxonomy.facets.items()
    ]
    domain = [_dropdown("domain", "Domain", _asked("domain"), _names(taxonomy.domains))]
    if not taxonomy.domains:
        domain = []
    datasets = [
        _area("datasets", "Data sets", f"{_said(Record, 'datasets')}. {_DATASET_LINES}"),
    ]
    if not taxonomy.datasets:
        datasets = []
    links = [
        _input(f"link-{name}", f"Link: {name}", _said(Links, name))
        for name in ("code", "weights", "data", "project")
    ]
    return {
        "name": "Add a paper",
        "description": "Suggest a paper for the catalog; one paper per form.",
        "title": "Add: ",
        "labels": ["paper"],
        "body": [
            _text("An arXiv id or a DOI is enough. Everything else saves the maintainers work."),
            _input(
                "paper",
                "Paper",
                "arXiv id, DOI, or a link that contains one",
                placeholder="2307.15189",
            ),
            _area("bibtex", "BibTeX", "If the paper has neither.", render="bibtex"),
            _dropdown("kind", "Kind", _asked("kind"), _names(taxonomy.kinds)),
            *domain,
            *facets,
            _area("evidence", "Evidence", "For each tag, where the paper says so."),
            _area("summary", "Summary", _said(Record, "summary")),
            *datasets,
            *links,
        ],
    }


def _correct() -> dict[str, Any]:
    return {
        "name": "Correct a record",
        "description": "Something in a record is wrong or missing.",
        "title": "Correct: ",
        "labels": ["correction"],
        "body": [
            _record(),
            _area(
                "now",
                "What the record says now",
                "For reference. The link on the paper's page fills it in; no need to change it.",
                render="yaml",
            ),
            _dropdown(
                "field",
                "What is wrong",
                "One field per form.",
                list(CORRECTABLE),
                required=True,
            ),
            _area(
                "right",
                "What is right",
                "The whole new value. For authors, builds_on, datasets and sources: the whole "
                "list, one per line.",
                required=True,
            ),
            _input("source", "Source", "Link to a page that confirms it", required=True),
        ],
    }


def _contest(taxonomy: Taxonomy) -> dict[str, Any]:
    tags = list(tag_names(taxonomy))
    return {
        "name": "Contest a tag",
        "description": "A tag does not match its rule in the codebook, or a tag is missing.",
        "title": "Tag: ",
        "labels": ["tag"],
        "body": [
            _record(),
            _dropdown("tag", "Tag", "The tag that is wrong or missing.", tags, required=True),
            _dropdown(
                "verdict",
                "By the rule, the record should",
                "The rule is on the tag's page in the codebook.",
                [*VERDICTS, "The rule leaves a doubt"],
                required=True,
            ),
            _area(
                "evidence", "Where the paper says so", "Section, table or sentence.", required=True
            ),
        ],
    }


def _record() -> dict[str, Any]:
    help_text = "Its id, the last part of the address of the paper's page"
    return _input("record", "Record", help_text, placeholder="clip", required=True)


def _names(terms: Mapping[Any, Term]) -> list[str]:
    return [term.name for term in terms.values()]


def _said(model: type[Record] | type[Links], field: str) -> str:
    return model.model_fields[field].description or ""


def _asked(field: str) -> str:
    """The question alone: how the answer is written matters in a file only."""
    return _said(Record, field).partition(":")[0]


def _text(value: str) -> dict[str, Any]:
    return {"type": "markdown", "attributes": {"value": value}}


def _input(
    key: str, label: str, description: str, placeholder: str = "", *, required: bool = False
) -> dict[str, Any]:
    shown = {"placeholder": placeholder} if placeholder else {}
    return _question("input", key, label, description, shown, required=required)


def _area(
    key: str, label: str, description: str, render: str = "", *, required: bool = False
) -> dict[str, Any]:
    shown = {"render": render} if render else {}
    return _question("textarea", key, label, description, shown, required=required)


def _dropdown(
    key: str,
    label: str,
    description: str,
    options: list[str],
    *,
    many: bool = False,
    required: bool = False,
) -> dict[str, Any]:
    shown: dict[str, Any] = {"options": options}
    if many:
        shown["multiple"] = True
    return _question("dropdown", key, label, description, shown, required=required)


def _question(
    kind: str, key: str, label: str, description: str, more: dict[str, Any], *, required: bool
) -> dict[str, Any]:
    question: dict[str, Any] = {
        "type": kind,
        "id": key,
        "attributes": {"label": label, "description": description, **more},
    }
    if required:
        question["validations"] = {"required": True}
    return question
