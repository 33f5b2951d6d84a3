"""`vlm-survey site`."""

from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option, site_url_option, sound_catalog
from vlm_survey.cli.terminal import progress
from vlm_survey.site import build_site


@click.command()
@site_url_option
@catalog_option
def command(site_url: str | None, root: Path) -> None:
    """Build the web site into site/.

    Example: vlm-survey site --site-url https://example.org/catalog/
    """
    catalog = sound_catalog(root)
    built = build_site(catalog, root, site_url, progress("making the site"))
    click.echo(
        f"site/ built: {len(catalog)} records, {built.pages} filled pages; "
        f"{built.written} of {built.files} files written"
    )
