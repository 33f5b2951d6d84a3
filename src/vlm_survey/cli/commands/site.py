"""`vlm-survey site`."""

from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option, site_url_option, sound_reading
from vlm_survey.cli.terminal import progress
from vlm_survey.load import Reading
from vlm_survey.settings import hosted, read_settings
from vlm_survey.site import build_site

NO_REPOSITORY = (
    "warning: no repository is configured, so the pages cannot offer to suggest a correction or "
    "a paper; set extra.repository in mkdocs.yml"
)


@click.command()
@site_url_option
@catalog_option
def command(site_url: str | None, root: Path) -> None:
    """Build the website in site/.

    Example: vlm-survey site --site-url https://example.org/catalog/
    """
    write(sound_reading(root), root, site_url)


def write(reading: Reading, root: Path, site_url: str | None) -> None:
    """Build the site of what was read of the catalog in `root`."""
    if not hosted(read_settings(root)).repository:
        click.echo(NO_REPOSITORY, err=True)
    shown = progress("making the site")
    built = build_site(reading.catalog, root, site_url, shown, reading)
    click.echo(
        f"site/ built: {len(reading.catalog)} records, {built.pages} record and list pages; "
        f"{built.written} of {built.files} files written"
    )
