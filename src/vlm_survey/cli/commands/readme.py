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
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if it is out of date."
)
@catalog_option
@click.pass_context
def command(context: click.Context, only_check: bool, root: Path) -> None:
    """Update README.md from the records.

    Example: vlm-survey readme --check
    """
    catalog = sound_catalog(root)
    if only_check:
        path, text = root / PATH, render_readme(catalog, read_settings(root))
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        if old == text:
            click.echo(f"{PATH} is up to date")
            context.exit(0)
        changed = [
            line
            for line in difflib.unified_diff(old.split("\n"), text.split("\n"), lineterm="", n=0)
            if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))
        ]
        click.echo(f"{PATH} is out of date ({len(changed)} lines differ); run: vlm-survey readme")
        context.exit(1)
    write(render_readme(catalog, read_settings(root)), catalog, root)


def write(text: str, catalog: Catalog, root: Path) -> None:
    """Write `text` as the README of the catalog in `root`, unless it is up to date."""
    written = write_atomically(root / PATH, text)
    click.echo(f"{PATH} {'written' if written else 'already up to date'}: {len(catalog)} records")
