"""What a proposed change does to the catalog: for whoever judges a pull request."""

import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping, Set

from vlm_survey.load.folder import NAME
from vlm_survey.load.reading import Reading
from vlm_survey.model.completeness import owed_by
from vlm_survey.model.finding import Finding, Severity
from vlm_survey.model.release import RecordChange
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.views.changes import compare
from vlm_survey.views.record import RecordView, record_view

MOST_SHOWN = 40
"""A summary on GitHub has its limit; larger changes are read as a diff."""

GONE = "000000"

_PAPERS = re.compile(rf"papers/{NAME.pattern}", re.ASCII)
_CONTENT = re.compile(
    # Hidden files are no records, and no check looks into them.
    r"papers/[^/.][^/]*|(?:taxonomy|gaps|retired|authors)\.yaml|docs/(?:.+/)?[^/]+\.md"
    # What commands write from the records changes along with them.
    r"|README\.md|docs/schema/record\.schema\.json|releases/[^/]+\.yaml",
    re.DOTALL,
)
"""All that is no code."""


@dataclasses.dataclass(frozen=True)
class ChangedPath:
    """A path that a change touches; its mode is `GONE` where it is no more."""

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
        is_legible: Whether `taxonomy.yaml` could be read; without it no record can be shown.
    """

    refused: tuple[Finding, ...]
    records: tuple[Reviewed, ...]
    more: int
    others: tuple[Finding, ...]
    is_legible: bool

    @property
    def is_fine(self) -> bool:
        """Whether nothing speaks against it."""
        findings = [*self.others, *(f for record in self.records for f in record.findings)]
        return not self.refused and not any(f.severity is Severity.ERROR for f in findings)


def review(
    before: Reading,
    after: Reading,
    paths: Collection[ChangedPath],
    findings: Collection[Finding],
    *,
    may_mix: bool = False,
) -> Review:
    """The review of a change from `before` to `after`, each of which may have faults.

    Args:
        before: What the change starts from.
        after: What it leads to.
        paths: What it touches.
        findings: What the checks say of the whole catalog after it.
        may_mix: Whether somebody allowed records and code in one change.
    """
    touched = {path.path for path in paths}
    of_path: dict[str, list[Finding]] = {}
    for finding in findings:
        # An error elsewhere comes of the change too: of two records alike, the later one is named.
        if finding.path in touched or finding.severity is Severity.ERROR:
            of_path.setdefault(finding.path, []).append(finding)
    records = tuple(_reviewed(before, after, touched, of_path)) if after.taxonomy else ()
    # Beyond what is shown, nothing that speaks against the change may be lost.
    rest = [f for record in records[MOST_SHOWN:] for f in record.findings]
    return Review(
        refused=tuple(_refusals(before, after, paths, may_mix=may_mix)),
        records=records[:MOST_SHOWN],
        more=max(0, len(records) - MOST_SHOWN),
        others=(
            *rest,
            *(finding for listed in of_path.values() for finding in listed),
            *_to_be_looked_at(before, after),
        ),
        is_legible=after.taxonomy is not None,
    )


def _reviewed(
    before: Reading, after: Reading, touched: Set[str], of_path: dict[str, list[Finding]]
) -> Iterator[Reviewed]:
    """The records that are new or changed; their findings are taken out of `of_path`."""
    catalog = after.catalog
    changed: Mapping[str, RecordChange] = {}
    if before.taxonomy:
        changed = {change.id: change for change in compare(before.catalog, catalog).changed}
    there = {file.path for file in before.files}
    for record in catalog:
        path = f"papers/{record.id}.yaml"
        if path in touched:
            yield Reviewed(
                view=record_view(record, catalog),
                is_new=path not in there,
                change=changed.get(record.id),
                findings=tuple(of_path.pop(path, ())),
                owed=tuple(owed_by(record, catalog.taxonomy)),
            )


def _refusals(
    before: Reading, after: Reading, paths: Collection[ChangedPath], *, may_mix: bool
) -> Iterator[Finding]:
    present = {path.path for path in paths if path.mode != GONE}
    for path in sorted({path.path for path in paths} - present):
        # Whatever the file held: that it was there is enough.
        if (match := _PAPERS.fullmatch(path)) and match["id"] not in after.retired:
            yield _refusal(
                path,
                f"the id {match['id']} was removed, and links to it would break",
                "restore the file, or add the id to retired.yaml with day, why, and now if another "
                "record replaces it",
            )
    ids = {file.id for file in after.files}
    for old in before.retired:
        if old not in after.retired and old not in ids:
            message = f"the retired id {old} was removed"
            yield _refusal("retired.yaml", message, "restore its entry; ids are permanent")
    if before.taxonomy and after.taxonomy:
        yield from _lost_terms(before.taxonomy, after.taxonomy)
    for changed in paths:
        if changed.mode in ("120000", "160000"):
            what = "a symbolic link" if changed.mode == "120000" else "a submodule"
            yield _refusal(
                changed.path, f"{what} is not allowed", "replace it with the content itself"
            )
    code = sorted(path.path for path in paths if not _CONTENT.fullmatch(path.path))
    has_records = any(path.path.startswith("papers/") for path in paths)
    if code and has_records and not may_mix:
        yield _refusal(
            code[0],
            f"records and code changed together ({len(code)} files besides the records)",
            "split this into two pull requests, or ask a maintainer for the label 'records and code'",
        )


def _to_be_looked_at(before: Reading, after: Reading) -> Iterator[Finding]:
    """What no program can judge."""
    ids = {file.id for file in after.files}
    for old in before.retired:
        if old in ids and old not in after.retired:
            message = f"{old} was retired, but is a record again"
            yield _told(
                f"papers/{old}.yaml", message, "check that it is the same work: ids are permanent"
            )
    for file in (before.taxonomy_file, before.retired_file):
        if file.problems:
            message = "the version before this change is not readable"
            yield _told(file.path, message, "check that no id was removed")


def _lost_terms(before: Taxonomy, after: Taxonomy) -> Iterator[Finding]:
    known = _ids_by_field(after)
    for field, ids in _ids_by_field(before).items():
        for gone in sorted(ids - known.get(field, set())):
            yield _refusal(
                "taxonomy.yaml",
                f"{field}={gone} was removed, and links and filters that use it would break",
                "use vlm-survey taxonomy rename or merge, or add the id to 'formerly' of the entry "
                "that replaces it",
            )


def _ids_by_field(taxonomy: Taxonomy) -> dict[str, set[str]]:
    """All ids that links and filters may name, those of earlier days among them."""
    ids = {field: set(facet.terms) for field, facet in taxonomy.vocabulary.items()}
    ids |= {"dataset": set(taxonomy.datasets), "venue": set(taxonomy.venues)}
    return {field: {*now, *taxonomy.former_ids.get(field, {})} for field, now in ids.items()}


def _refusal(path: str, message: str, fix: str) -> Finding:
    return Finding(path, 1, "change", message, fix, Severity.ERROR)


def _told(path: str, message: str, fix: str) -> Finding:
    return Finding(path, 1, "change", message, fix, Severity.WARNING)
