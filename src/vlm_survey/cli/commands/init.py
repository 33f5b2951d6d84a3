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
@click.option("--name", metavar="NAME", help="What it is called.  [default: from DIR]")
@click.option("--description", metavar="TEXT", help="A sentence on what it holds.")
def command(folder: Path, name: str | None, description: str | None) -> None:
    """Start a catalog of your own in the new folder DIR.

    It gets a small taxonomy and one record as examples, pages, issue forms, workflows for GitHub, and
    a Makefile. Nothing is written into a folder that holds something already.

    Example: vlm-survey init my-survey --name "Graph learning for chemistry"
    """
    if folder.exists() and any(folder.iterdir()):
        raise CatalogError(f"{folder} is not empty; name a new folder")
    called = " ".join((name or folder.resolve().name.replace("-", " ")).split())
    if not called:
        raise click.UsageError("the catalog needs a name: --name")
    told = " ".join((description or f"A living catalog of papers on {called}.").split())
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
        f"{folder} is a catalog with {len(catalog)} record. Next: set its questions in "
        "taxonomy.yaml, add papers with vlm-survey add, and build the site with make site"
    )
