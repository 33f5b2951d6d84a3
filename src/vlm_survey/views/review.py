"""What a proposed change does to the catalog: for whoever judges a pull request."""

import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.completeness import owed_by
from vlm_survey.model.finding import Finding, Severity
from vlm_survey.model.release import RecordChange
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.views.changes import compare
from vlm_survey.views.record import RecordView, record_view

MOST_SHOWN = 40
"""A summary on GitHub has its limit; larger changes are read as a diff."""

_PAPERS = re.compile(r"papers/(?P<id>[^/]+)\.yaml")
_CONTENT = re.compile(
    r"papers/.+|(?:taxonomy|gaps|retired)\.yaml|docs/(?:.+/)?[^/]+\.md"
    # What commands write from the records changes along with them.
    r"|README\.md|docs/schema/record\.schema\.json|releases/[^/]+\.yaml",
    re.DOTALL,
)
"""All that is no code."""


@dataclasses.dataclass(frozen=True)
class ChangedPath:
    """A path that a change touches; its mode is 000000 where it is gone."""

    path: str
    mode: str


@dataclasses.dataclass(frozen=True)
class Reviewed:
    """One record that is new or changed.

    Attributes:
        view: What its page will show.
        is_new: Whether it was added.
        change: What differs, for one that was there.
        findings: What the checks find in its file.
        owed: What it lacks to be curated.
    """

    view: RecordView
    is_new: bool
    change: RecordChange | None
    findings: tuple[Finding, ...]
    owed: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Review:
    """A proposed change.

    Attributes:
        refused: Why it must not be merged as it is.
        records: The first of its records, by id.
        more: How many more there are.
        others: Findings on other files, such as records that could not be read.
    """

    refused: tuple[Finding, ...]
    records: tuple[Reviewed, ...]
    more: int
    others: tuple[Finding, ...]

    @property
    def is_fine(self) -> bool:
        """Whether nothing speaks against it."""
        findings = [*self.others, *(f for record in self.records for f in record.findings)]
        return not self.refused and not any(f.severity is Severity.ERROR for f in findings)


def review(
    before: Catalog,
    after: Catalog,
    paths: Collection[ChangedPath],
    findings: Collection[Finding],
    *,
    may_mix: bool = False,
) -> Review:
    """The review of a change from `before` to `after`.

    Args:
        before: The catalog that the change starts from.
        after: What it leads to; records with errors are not in it.
        paths: What it touches.
        findings: What the checks say of the whole catalog after it.
        may_mix: Whether somebody allowed records and code in one change.
    """
    touched = {path.path for path in paths}
    ids = {match["id"] for path in touched if (match := _PAPERS.fullmatch(path))}
    changes = compare(before, after)
    changed: Mapping[str, RecordChange] = {change.id: change for change in changes.changed}
    shown = [after[record_id] for record_id in sorted(ids) if record_id in after]
    of_path: dict[str, list[Finding]] = {}
    for finding in findings:
        # An error elsewhere comes of the change too: of two records alike, the later one is named.
        if finding.path in touched or finding.severity is Severity.ERROR:
            of_path.setdefault(finding.path, []).append(finding)
    records = tuple(
        Reviewed(
            view=record_view(record, after),
            is_new=record.id not in before,
            change=changed.get(record.id),
            findings=tuple(of_path.pop(f"papers/{record.id}.yaml", ())),
            owed=tuple(owed_by(record, after.taxonomy)),
        )
        for record in shown
    )
    # Beyond what is shown, nothing that speaks against the change may be lost.
    rest = [f for record in records[MOST_SHOWN:] for f in record.findings]
    return Review(
        refused=tuple(_refusals(before, after, paths, may_mix=may_mix)),
        records=records[:MOST_SHOWN],
        more=max(0, len(records) - MOST_SHOWN),
        others=(*rest, *(finding for listed in of_path.values() for finding in listed)),
    )


def _refusals(
    before: Catalog, after: Catalog, paths: Collection[ChangedPath], *, may_mix: bool
) -> Iterator[Finding]:
    present = {m["id"] for p in paths if p.mode != "000000" and (m := _PAPERS.fullmatch(p.path))}
    for record in before:
        if record.id not in after and record.id not in after.retired and record.id not in present:
            yield _refusal(
                f"papers/{record.id}.yaml",
                f"the id {record.id} vanished, and links to it would break",
                "put the file back, or name the id in retired.yaml: day, why, and now if another "
                "record takes its place",
            )
    for old in before.retired:
        if old not in after.retired and old not in after:
            message = f"the retired id {old} is no longer named"
            yield _refusal("retired.yaml", message, "put its entry back; ids are for ever")
    yield from _lost_terms(before.taxonomy, after.taxonomy)
    for path in paths:
        if path.mode in ("120000", "160000"):
            what = "a symbolic link" if path.mode == "120000" else "a submodule"
            yield _refusal(path.path, f"{what} is not taken", "put the content itself there")
    code = sorted(path.path for path in paths if not _CONTENT.fullmatch(path.path))
    has_records = any(path.path.startswith("papers/") for path in paths)
    if code and has_records and not may_mix:
        yield _refusal(
            code[0],
            f"records and code in one change ({len(code)} files besides the records)",
            "make two pull requests; a maintainer can allow it with the label 'records and code'",
        )


def _lost_terms(before: Taxonomy, after: Taxonomy) -> Iterator[Finding]:
    known = _ids_by_field(after)
    for field, ids in _ids_by_field(before).items():
        for gone in sorted(ids - known.get(field, set())):
            yield _refusal(
                "taxonomy.yaml",
                f"{field}={gone} vanished, and links and filters that name it would break",
                "use vlm-survey taxonomy rename or merge, or name the id under 'formerly' of the "
                "entry that takes its place",
            )


def _ids_by_field(taxonomy: Taxonomy) -> dict[str, set[str]]:
    """All ids that links and filters may name, those of earlier days among them."""
    ids = {field: set(facet.terms) for field, facet in taxonomy.vocabulary.items()}
    ids["venue"] = set(taxonomy.venues)
    return {field: {*now, *taxonomy.former_ids.get(field, {})} for field, now in ids.items()}


def _refusal(path: str, message: str, fix: str) -> Finding:
    return Finding(path, 1, "change", message, fix, Severity.ERROR)
