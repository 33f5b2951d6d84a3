"""`vlm-survey schema`."""

from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option, read
from vlm_survey.errors import CatalogError
from vlm_survey.files import write_atomically
from vlm_survey.schema import PATH, schema_text


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if it is stale.")
@catalog_option
@click.pass_context
def command(context: click.Context, only_check: bool, root: Path) -> None:
    """Write the JSON Schema by which editors complete and check records.

    Example: vlm-survey schema --check
    """
    reading = read(root)
    if reading.taxonomy is None:
        raise CatalogError("taxonomy.yaml has errors; see: vlm-survey check")
    text, path = schema_text(reading.taxonomy), root / PATH
    if only_check:
        fresh = path.is_file() and path.read_text(encoding="utf-8") == text
        click.echo(f"{PATH} is fresh" if fresh else f"{PATH} is stale; run: vlm-survey schema")
        context.exit(0 if fresh else 1)
    written = write_atomically(path, text)
    click.echo(f"{PATH} {'written' if written else 'was fresh'}")
