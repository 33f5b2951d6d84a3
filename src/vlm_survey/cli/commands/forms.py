"""`vlm-survey forms`."""

from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option, taxonomy_of, write_or_check
from vlm_survey.forms import FOLDER, issue_forms


@click.command()
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; exit with 1 if a form is out of date.",
)
@catalog_option
@click.pass_context
def command(context: click.Context, only_check: bool, root: Path) -> None:
    """Write the GitHub issue forms from the model and the taxonomy.

    Example: vlm-survey forms --check
    """
    forms = {f"{FOLDER}/{name}": text for name, text in issue_forms(taxonomy_of(root)).items()}
    fine = write_or_check(forms, root, only_check=only_check, command="forms")
    context.exit(0 if fine else 1)
