"""`vlm-survey build`."""

from functools import partial
from pathlib import Path

import click

from vlm_survey.checks import run_checks
from vlm_survey.cli.commands import check, readme, site
from vlm_survey.cli.shared import catalog_option, read, site_url_option
from vlm_survey.processes import beside
from vlm_survey.readme import render_readme
from vlm_survey.settings import read_settings


@click.command()
@site_url_option
@catalog_option
@click.pass_context
def command(context: click.Context, site_url: str | None, root: Path) -> None:
    """Check the records, then write README.md and site/. Nothing is written if there are errors.

    Example: vlm-survey build
    """
    reading = read(root)
    if not check.show(run_checks(reading), reading, "text"):
        context.exit(1)
    catalog = reading.catalog
    # The README is rendered in parallel but written here, so that an interrupt can remove temporary files.
    with beside(partial(render_readme, catalog, read_settings(root))) as rendered:
        site.write(reading, root, site_url)
        readme.write(rendered(), catalog, root)
