"""`vlm-survey build`."""

from pathlib import Path

import click

from vlm_survey.cli.commands.check import command as check
from vlm_survey.cli.commands.readme import command as readme
from vlm_survey.cli.commands.site import command as site
from vlm_survey.cli.shared import catalog_option, site_url_option


@click.command()
@site_url_option
@catalog_option
@click.pass_context
def command(context: click.Context, site_url: str | None, root: Path) -> None:
    """Check the records, then write README.md and site/. With errors, nothing is written.

    Example: vlm-survey build
    """
    try:
        context.invoke(check, root=root)
    except click.exceptions.Exit as outcome:
        if outcome.exit_code:
            raise
    context.invoke(readme, root=root)
    context.invoke(site, site_url=site_url, root=root)
