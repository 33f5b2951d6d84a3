"""`vlm-survey forms`."""

from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option, read
from vlm_survey.errors import CatalogError
from vlm_survey.files import write_atomically
from vlm_survey.forms import FOLDER, issue_forms


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if one is stale.")
@catalog_option
@click.pass_context
def command(context: click.Context, only_check: bool, root: Path) -> None:
    """Write GitHub's issue forms from the model and the taxonomy.

    Example: vlm-survey forms --check
    """
    reading = read(root)
    if reading.taxonomy is None:
        raise CatalogError("taxonomy.yaml has errors; see: vlm-survey check")
    stale = 0
    for name, text in issue_forms(reading.taxonomy).items():
        path = root / FOLDER / name
        if only_check:
            fresh = path.is_file() and path.read_text(encoding="utf-8") == text
            stale += not fresh
            click.echo(f"{FOLDER}/{name} is {'fresh' if fresh else 'stale; run: vlm-survey forms'}")
        else:
            written = write_atomically(path, text)
            click.echo(f"{FOLDER}/{name} {'written' if written else 'was fresh'}")
    context.exit(1 if stale else 0)
