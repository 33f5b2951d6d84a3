"""`vlm-survey issue`."""

import datetime
from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option, read
from vlm_survey.cli.terminal import printable
from vlm_survey.errors import CatalogError, InvalidValueError
from vlm_survey.files import write_atomically, write_new
from vlm_survey.forms import ADD, CONTEST
from vlm_survey.intake.address import identifier_in
from vlm_survey.intake.answers import completed, corrected, retagged
from vlm_survey.intake.bibtex import items_of
from vlm_survey.intake.draft import Draft, draft
from vlm_survey.intake.facts import Facts
from vlm_survey.intake.issue import MOST_CHARACTERS, Issue, IssueError, read_issue
from vlm_survey.intake.judging import errors_in
from vlm_survey.intake.lookup import look_up
from vlm_survey.intake.web import FetchError, Web, default_cache
from vlm_survey.layout import canonical_text
from vlm_survey.load import PAPERS, Reading, read_record
from vlm_survey.load.folder import Entry, read_regular


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Print the record without writing it.")
@catalog_option
@click.pass_context
def command(context: click.Context, file: Path, dry_run: bool, root: Path) -> None:
    """Apply an issue to the records. FILE contains the text of an issue form.

    A new paper is looked up at doi.org and arXiv, a correction changes one field and adds its
    source, and a contested tag is added or removed. If the issue cannot be applied, the reason is
    printed and nothing is written.

    Exit codes: 0 written, 1 cannot be applied, 2 usage error.

    Example: vlm-survey issue body.md --dry-run
    """
    reading = read(root)
    try:
        path, text, remarks = _asked_for(_body(file), reading)
    except (IssueError, FetchError, InvalidValueError) as error:
        click.echo(printable(str(error)))
        context.exit(1)
    if not dry_run:
        # Two additions at the same time must not share an id.
        write = write_atomically if Path(path).stem in reading.file_of else write_new
        write(root / path, text)
    click.echo(path)
    for remark in remarks:
        click.echo(printable(f"warning: {remark}"))
    if dry_run:
        click.echo(printable(text))


def _body(file: Path) -> str:
    data, problems = read_regular(file, 4 * MOST_CHARACTERS)
    if data is None:
        raise CatalogError(f"{file}: {problems[0].message}")
    return data.decode(errors="replace")


def _asked_for(body: str, reading: Reading) -> tuple[str, str, tuple[str, ...]]:
    """Return path and new text of the record that an issue is about, and warnings."""
    issue = read_issue(body, reading.catalog.taxonomy)
    if issue.form == ADD:
        made = _added(issue, reading)
        path, text, remarks = f"{PAPERS}/{made.record.id}.yaml", made.text, made.remarks
        if (reading.root / path).exists():
            raise IssueError(f"{path} already exists")
    else:
        change = retagged if issue.form == CONTEST else corrected
        record = change(issue.answers, reading.catalog)
        file = reading.file_of[record.id]
        if record == file.record:
            raise IssueError(f"{file.path} already says this")
        path, remarks = file.path, ()
        text = canonical_text(file.text or "", record, file.lines)
    (errors,) = errors_in([read_record(Entry(path.rpartition("/")[2], text.encode()))], reading)
    if errors:
        raise IssueError(errors)
    return path, text, remarks


def _added(issue: Issue, reading: Reading) -> Draft:
    taxonomy = reading.catalog.taxonomy
    taken = {Path(file.path).stem for file in reading.files} | set(reading.retired)
    made = draft(_facts(issue), taxonomy, taken, datetime.date.today())
    return completed(made, issue.answers, taxonomy)


def _facts(issue: Issue) -> Facts:
    if paper := issue.answers["paper"]:
        return look_up(Web(default_cache()), identifier_in(paper))
    items = items_of(issue.answers["bibtex"])
    if len(items) != 1:
        raise IssueError(
            "give an arXiv id, a DOI, a link that contains one of them, or exactly one BibTeX entry"
        )
    facts = items[0].facts
    if facts is None:
        raise IssueError("; ".join(items[0].problems))
    return facts
