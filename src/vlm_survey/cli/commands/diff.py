"""`vlm-survey diff`."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import click
import yaml

from vlm_survey.cli.revision import catalog_at
from vlm_survey.cli.shared import catalog_option, sound_catalog
from vlm_survey.cli.terminal import printable, printable_json
from vlm_survey.errors import CatalogError
from vlm_survey.files import inside, write_atomically
from vlm_survey.load import RELEASES
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.release import Changes
from vlm_survey.rewrite.release import released
from vlm_survey.templating import escape_markdown
from vlm_survey.views.changes import compare


@click.command()
@click.argument("before", metavar="REV")
@click.argument("after", metavar="[REV]", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="Output format.",
)
@click.option(
    "--release",
    metavar="NAME",
    help="Write releases/NAME.yaml (the source of the change log page and the feeds) and set the "
    "version in mkdocs.yml and CITATION.cff.",
)
@catalog_option
def command(before: str, after: str | None, form: str, release: str | None, root: Path) -> None:
    """Show records added, corrected, re-tagged and retired between two git revisions.

    Without a second revision, compare with the working tree.

    Example: vlm-survey diff v0.1.0 --release 0.2.0
    """
    old = catalog_at(before, root)
    new = catalog_at(after, root) if after else sound_catalog(root)
    changes = compare(old, new)
    if release:
        _write_release(changes, release, root)
        return
    if form == "json":
        data = changes.model_dump(mode="json", exclude_defaults=True)
        click.echo(printable_json(data))
        return
    for line in _lines(changes, new, markdown=form == "markdown"):
        click.echo(line)


def _write_release(changes: Changes, name: str, root: Path) -> None:
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z.-]{0,40}", name):
        raise click.BadParameter(
            "use letters, digits, '.' and '-', such as 0.2.0", param_hint="--release"
        )
    data = changes.model_dump(mode="json", exclude_defaults=True)
    dated = {"release": name, "date": datetime.date.today().isoformat(), **data}
    text = yaml.safe_dump(dated, sort_keys=False, allow_unicode=True, width=100)
    path = root / RELEASES / f"{name}.yaml"
    if path.exists() and path.read_bytes() != text.encode():
        raise CatalogError(
            f"{path} exists with other content; choose another name, or delete the file first"
        )
    written = {f"{RELEASES}/{name}.yaml": text, **released(root, name, datetime.date.today())}
    for changed, content in written.items():
        write_atomically(inside(root, changed), content)
        click.echo(f"{changed} written")


def _lines(changes: Changes, catalog: Catalog, *, markdown: bool) -> Iterator[str]:
    shown = escape_markdown if markdown else printable
    heading, item = ("## {}\n", "- {}") if markdown else ("{}", "  {}")
    sections = {
        "Added": [f"{shown(catalog[i].title)} ({i})" for i in changes.added],
        "Corrected": [
            f"{change.id}: {shown(name)}: {shown(field.before or '(empty)')} -> {shown(field.after or '(empty)')}"
            for change in changes.changed
            for name, field in change.fields.items()
        ],
        "Re-tagged": [
            f"{change.id}: {shown(facet)}: "
            + ", ".join([*(f"+{t}" for t in tags.added), *(f"-{t}" for t in tags.removed)])
            for change in changes.changed
            for facet, tags in change.tags.items()
        ],
        "Retired": [f"{shown(gone.title)} ({gone.id})" for gone in changes.retired],
    }
    if not any(sections.values()):
        yield "no differences"
    for name, lines in sections.items():
        if lines:
            yield heading.format(f"{name} ({len(lines)})")
            yield from (item.format(line) for line in lines)
            yield ""
