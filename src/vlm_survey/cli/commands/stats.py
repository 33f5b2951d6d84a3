"""`vlm-survey stats`."""

from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option, sound_catalog
from vlm_survey.cli.terminal import printable_json
from vlm_survey.views.stats import stats


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help="Output format."
)
@catalog_option
def command(form: str, root: Path) -> None:
    """Count records by status, field and term.

    Example: vlm-survey stats --format json
    """
    found = stats(sound_catalog(root))
    if form == "json":
        click.echo(printable_json(found))
        return
    for heading, counts in found.items():
        click.echo(heading)
        for name, count in counts.items():
            click.echo(f"  {name:24} {count:6}")
