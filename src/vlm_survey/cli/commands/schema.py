"""`vlm-survey schema`."""

from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option, taxonomy_of, write_or_check
from vlm_survey.schema import PATH, schema_text


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if it is out of date."
)
@catalog_option
@click.pass_context
def command(context: click.Context, only_check: bool, root: Path) -> None:
    """Write the JSON Schema that editors use to complete and check records.

    Example: vlm-survey schema --check
    """
    files = {PATH: schema_text(taxonomy_of(root))}
    fine = write_or_check(files, root, only_check=only_check, command="schema")
    context.exit(0 if fine else 1)
