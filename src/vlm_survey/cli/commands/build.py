"""`vlm-survey build`."""

from functools import partial
from pathlib import Path

import click

from vlm_survey.checks import run_checks
from vlm_survey.cli.commands import check, readme, site
from vlm_survey.cli.shared import catalog_option, read, site_url_option
from vlm_survey.processes import beside


@click.command()
@site_url_option
@catalog_option
@click.pass_context
def command(context: click.Context, site_url: str | None, root: Path) -> None:
    """Check the records, then write README.md and site/. With errors, nothing is written.

    Example: vlm-survey build
    """
    reading = read(root)
    if not check.show(run_checks(reading), reading, "text"):
        context.exit(1)
    with beside(partial(readme.write, reading.catalog, root)) as said:
        site.write(reading, root, site_url)
        click.echo(said())
