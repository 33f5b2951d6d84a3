"""Adding the papers of a JSON file: what `vlm-survey add --json` does."""

import datetime
from pathlib import Path

import click

from vlm_survey.cli.terminal import printable, progress
from vlm_survey.errors import CatalogError
from vlm_survey.files import clear, write_new
from vlm_survey.intake.draft import Draft
from vlm_survey.intake.entries import Entry, entries_of
from vlm_survey.intake.json_file import MOST_BYTES
from vlm_survey.intake.judging import errors_in
from vlm_survey.intake.works import NearTitles, Sorter, Work
from vlm_survey.load import PAPERS, Reading, SourceFile, read_record
from vlm_survey.load import folder as papers


def add_entries(path: Path, reading: Reading, *, dry_run: bool) -> int:
    """Add a record for each work in a JSON file.

    Returns:
        The exit code: 0 if all entries were added, else 1.

    Raises:
        CatalogError: The file cannot be read.
    """
    name = "standard input" if str(path) == "-" else str(path)
    taxonomy = reading.catalog.taxonomy
    try:
        entries = entries_of(_data(path), taxonomy, progress("reading"))
    except CatalogError as error:
        raise CatalogError(f"{name}: {error}") from None
    sorter = Sorter(reading, datetime.date.today(), entries.unit)
    works = sorter.works(entries.items)
    drafts = list(sorter.drafts(progress("drafting")(works)))
    problems = errors_in([_file(made) for _, made in drafts], reading)
    near = NearTitles()
    for record in reading.catalog.records:
        near.add(record.title, f"{PAPERS}/{record.id}.yaml")
    lines: list[str] = []
    added = merged = 0
    if not dry_run:
        clear(reading.root / PAPERS)
    judged = list(zip(drafts, problems, strict=True))
    for (work, made), found in progress("writing")(judged):
        problem = found or ("" if dry_run else _written(made, reading.root))
        if problem:
            sorter.leave_out(work, problem)
            continue
        added += 1
        merged += len(work.entries) - 1
        file = f"{PAPERS}/{made.record.id}.yaml"
        lines.append(f"{_label(name, entries.unit, work.entries[0])}: {file}")
        lines += _looked_at(work, made, near, entries.unit)
        near.add(made.record.title, file)
        if dry_run:
            lines.append(made.text)
    if lines:
        _say("\n".join(lines))
    for left in sorted(sorter.left_out, key=lambda one: one.entry.number):
        label = _label(name, entries.unit, left.entry)
        titled = f'"{left.entry.title}": ' if left.entry.title else ""
        _say(f"{label}: {titled}not added. {left.reason}", err=True)
    left_out = len(sorter.left_out)
    would = "would be " if dry_run else ""
    _say(
        f"{_counted(added, 'record', 'records')} {would}added, "
        f"{_counted(merged, 'entry', 'entries')} merged, {left_out} skipped"
    )
    return 1 if left_out else 0


def _data(path: Path) -> bytes:
    """Read at most one byte more than the limit, so that larger files can be rejected."""
    with click.open_file(str(path), "rb") as file:
        data: bytes = file.read(MOST_BYTES + 1)
    return data


def _looked_at(work: Work, made: Draft, near: NearTitles, unit: str) -> list[str]:
    """Return merged entries and warnings of a record."""
    numbers = sorted(entry.number for entry in work.entries)
    lines = []
    if len(numbers) > 1:
        lines.append(
            f"  {' and '.join(f'{unit} {number}' for number in numbers)} are the same work"
        )
    lines += [f"  warning: {remark}" for remark in made.remarks]
    lines += [
        f"  warning: {other} has a similar title; each work has one record only"
        for other in near.near(made.record.title)
    ]
    return lines


def _label(name: str, unit: str, entry: Entry) -> str:
    return f"{name}:{entry.number}" if unit == "line" else f"{name}: entry {entry.number}"


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _file(made: Draft) -> SourceFile:
    return read_record(papers.Entry(f"{made.record.id}.yaml", made.text.encode()))


def _written(made: Draft, root: Path) -> str:
    """Write the record's file. Returns the reason if that is not possible, else an empty string."""
    path = root / PAPERS / f"{made.record.id}.yaml"
    try:
        write_new(path, made.text, is_cleared=True)
    except FileExistsError:
        return f"{path} already exists; choose another id"
    except OSError as error:
        return (
            f"{path} could not be written ({error.strerror}); fix that, then run the command again"
        )
    return ""


def _say(text: str, *, err: bool = False) -> None:
    click.echo(printable(text), err=err)
