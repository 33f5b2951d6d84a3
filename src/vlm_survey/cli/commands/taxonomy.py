"""`vlm-survey taxonomy`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from vlm_survey.cli.shared import catalog_option, read, where_option
from vlm_survey.cli.terminal import printable
from vlm_survey.errors import InvalidValueError
from vlm_survey.files import write_atomically
from vlm_survey.model.value import Slug
from vlm_survey.rewrite.terms import Rewriting, merge, rename, split
from vlm_survey.views.query import Query

_dry_run: Callable[[Any], Any] = click.option(
    "--dry-run", is_flag=True, help="List the files that would change, without writing them."
)


@click.group()
def command() -> None:
    """Rename, merge or split terms in the taxonomy and all records.

    Comments and unrelated content are kept. Old links and filters redirect to the new term.
    """


@command.command("rename")
@click.argument("old", metavar="FIELD=OLD")
@click.argument("new", metavar="NEW")
@click.option("--name", metavar="NAME", help="New name of the term.")
@_dry_run
@catalog_option
def rename_command(old: str, new: str, name: str | None, dry_run: bool, root: Path) -> None:
    """Change the id of a term, kind, domain, data set or venue.

    If interrupted, run the same command again to continue.

    Example: vlm-survey taxonomy rename task=vqa question-answering
    """
    field, term = _field_and_term(old)
    _write(rename(read(root), field, term, _id(new), name), root, dry_run)


@command.command("merge")
@click.argument("old", metavar="FIELD=OLD")
@click.argument("into", metavar="INTO")
@_dry_run
@catalog_option
def merge_command(old: str, into: str, dry_run: bool, root: Path) -> None:
    """Merge one term into another: records tagged OLD become tagged INTO.

    The entry of OLD is removed and its names become aliases. A record with both terms keeps the
    evidence for INTO; the other evidence is printed.

    Example: vlm-survey taxonomy merge modality=dental x-ray
    """
    field, term = _field_and_term(old)
    _write(merge(read(root), field, term, _id(into)), root, dry_run)


@command.command("split")
@click.argument("old", metavar="FIELD=OLD")
@click.argument("new", metavar="NEW")
@where_option
@_dry_run
@catalog_option
def split_command(
    old: str, new: str, conditions: tuple[str, ...], dry_run: bool, root: Path
) -> None:
    """Split a term: records tagged OLD that match --where become tagged NEW.

    First define NEW in taxonomy.yaml, with the rule that distinguishes it from OLD.

    Example: vlm-survey taxonomy split modality=other thermography --where q=infrared
    """
    field, term = _field_and_term(old)
    if not conditions:
        raise click.UsageError(
            "select the records that become NEW with --where; for all records, use rename"
        )
    reading = read(root)
    query = Query.from_conditions(conditions, reading.catalog)
    ids = {record.id for record in query.apply(reading.catalog)}
    _write(split(reading, field, term, _id(new), ids), root, dry_run)


def _field_and_term(text: str) -> tuple[str, str]:
    field, equals, term = text.partition("=")
    if not equals or not field or not term:
        raise click.UsageError(f"{text!r}: use the format FIELD=TERM, for example kind=method")
    return field, term


def _id(text: str) -> Slug:
    try:
        return Slug.parse(text)
    except InvalidValueError as error:
        raise click.UsageError(str(error)) from None


def _write(rewriting: Rewriting, root: Path, dry_run: bool) -> None:
    for path, text in rewriting.files.items():
        if not dry_run:
            write_atomically(root / path, text)
        click.echo(f"{path} {'would change' if dry_run else 'changed'}")
    for note in rewriting.notes:
        click.echo(printable(note))
    click.echo(
        f"{len(rewriting.files)} files; now update the generated files: "
        "vlm-survey schema, vlm-survey forms, vlm-survey build"
        if rewriting.files
        else "nothing to change"
    )
