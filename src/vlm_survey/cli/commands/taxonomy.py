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
    "--dry-run", is_flag=True, help="Only name the files that would be written."
)


@click.group()
def command() -> None:
    """Change the terms that records are tagged with, everywhere at once.

    Comments and all that is not concerned stay as they are. Old addresses and filters lead on.
    """


@command.command("rename")
@click.argument("old", metavar="FIELD=OLD")
@click.argument("new", metavar="NEW")
@click.option("--name", metavar="NAME", help="What the term is called from now on.")
@_dry_run
@catalog_option
def rename_command(old: str, new: str, name: str | None, dry_run: bool, root: Path) -> None:
    """Give a term, kind, domain, data set or venue another id.

    Cut off half-way, the same command goes on from there.

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
    """Make one term of two: records tagged OLD are tagged INTO.

    The entry of OLD goes; its names become aliases. A record that carries both keeps the evidence
    for INTO, and the other evidence is printed.

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
    """Take a term out of another: of the records tagged OLD, those that --where selects become NEW.

    Write the entry of NEW in taxonomy.yaml first: how to tell the two apart is for people to say.

    Example: vlm-survey taxonomy split modality=other thermography --where q=infrared
    """
    field, term = _field_and_term(old)
    if not conditions:
        raise click.UsageError("say with --where which records become NEW; for all, use rename")
    reading = read(root)
    query = Query.from_conditions(conditions, reading.catalog)
    ids = {record.id for record in query.apply(reading.catalog)}
    _write(split(reading, field, term, _id(new), ids), root, dry_run)


def _field_and_term(text: str) -> tuple[str, str]:
    field, equals, term = text.partition("=")
    if not equals or not field or not term:
        raise click.UsageError(f"{text!r}: write it as FIELD=TERM, such as kind=method")
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
        click.echo(f"{path} {'would be rewritten' if dry_run else 'rewritten'}")
    for note in rewriting.notes:
        click.echo(printable(note))
    click.echo(
        f"{len(rewriting.files)} files; what is made of them is now stale: "
        "vlm-survey schema, vlm-survey forms, vlm-survey build"
        if rewriting.files
        else "nothing to rewrite"
    )
