"""`vlm-survey readme`."""

import difflib
from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option, sound_catalog
from vlm_survey.files import write_atomically
from vlm_survey.model.catalog import Catalog
from vlm_survey.readme import PATH, render_readme
from vlm_survey.settings import read_settings


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if it is stale.")
@catalog_option
@click.pass_context
def command(context: click.Context, only_check: bool, root: Path) -> None:
    """Write README.md anew from the records.

    Example: vlm-survey readme --check
    """
    catalog = sound_catalog(root)
    if only_check:
        path, text = root / PATH, render_readme(catalog, read_settings(root))
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        if old == text:
            click.echo(f"{PATH} is fresh")
            context.exit(0)
        changed = [
            line
            for line in difflib.unified_diff(old.split("\n"), text.split("\n"), lineterm="", n=0)
            if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))
        ]
        click.echo(f"{PATH} is stale, {len(changed)} lines differ; run: vlm-survey readme")
        context.exit(1)
    write(render_readme(catalog, read_settings(root)), catalog, root)


def write(text: str, catalog: Catalog, root: Path) -> None:
    """Write `text` as the README of the catalog in `root`, unless it is fresh, and say so."""
    written = write_atomically(root / PATH, text)
    click.echo(f"{PATH} {'written' if written else 'was fresh'}: {len(catalog)} records")
