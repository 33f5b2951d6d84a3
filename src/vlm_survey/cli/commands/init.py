"""`vlm-survey init`."""

import datetime
from pathlib import Path

import click

from vlm_survey.errors import CatalogError
from vlm_survey.files import write_atomically
from vlm_survey.forms import FOLDER, issue_forms
from vlm_survey.load import load_catalog
from vlm_survey.load.text import FORBIDDEN
from vlm_survey.readme import PATH as README
from vlm_survey.readme import render_readme
from vlm_survey.schema import PATH as SCHEMA
from vlm_survey.schema import schema_text
from vlm_survey.settings import read_settings
from vlm_survey.start import start_files


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", metavar="NAME", help="Name of the catalog.  [default: from DIR]")
@click.option("--description", metavar="TEXT", help="One sentence that describes the catalog.")
def command(folder: Path, name: str | None, description: str | None) -> None:
    """Create a new catalog in the folder DIR.

    The new catalog has an example taxonomy, one example record, pages, issue forms, GitHub workflows
    and a Makefile. The folder must be empty or new.

    Example: vlm-survey init my-survey --name "Graph learning for chemistry"
    """
    if folder.exists() and any(folder.iterdir()):
        raise CatalogError(f"{folder} is not empty; choose a new folder")
    called = " ".join((name or folder.resolve().name.replace("-", " ")).split())
    if not called:
        raise click.UsageError("give the catalog a name with --name")
    told = " ".join((description or f"A catalog of papers on {called}.").split())
    if bad := FORBIDDEN.search(called + told):
        raise click.UsageError(f"character U+{ord(bad[0]):04X} in name or description; delete it")
    for path, text in start_files(called, told, datetime.date.today()).items():
        write_atomically(folder / path, text)
    catalog = load_catalog(folder)
    made = {
        SCHEMA: schema_text(catalog.taxonomy),
        **{f"{FOLDER}/{form}": text for form, text in issue_forms(catalog.taxonomy).items()},
        README: render_readme(catalog, read_settings(folder)),
    }
    for path, text in made.items():
        write_atomically(folder / path, text)
    click.echo(
        f"Created a catalog with {len(catalog)} record in {folder}. Next: define your terms in "
        "taxonomy.yaml, add papers with vlm-survey add, and build the site with make site"
    )
