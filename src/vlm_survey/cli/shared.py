"""Options that several commands share, and functions that use them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from vlm_survey.checks import run_checks
from vlm_survey.cli.terminal import progress
from vlm_survey.errors import CatalogError
from vlm_survey.files import inside, write_atomically
from vlm_survey.load import Reading, read_catalog
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.finding import Severity
from vlm_survey.model.taxonomy import Taxonomy

catalog_option: Callable[[Any], Any] = click.option(
    "--catalog",
    "root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="Catalog folder.  [default: current folder]",
)

site_url_option: Callable[[Any], Any] = click.option(
    "--site-url",
    metavar="URL",
    help="Where the site will be hosted.  [default: site_url of mkdocs.yml, "
    "or in GitHub Actions the address of GitHub Pages]",
)

where_option: Callable[[Any], Any] = click.option(
    "--where",
    "conditions",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Filter; repeat to combine: task=vqa, kind=!survey, year=2023.., has=code, q=words, "
    "sort=-year.",
)


def read(root: Path) -> Reading:
    """Read the catalog folder, with a progress bar if it takes long."""
    return read_catalog(root, progress=progress("reading"))


def taxonomy_of(root: Path) -> Taxonomy:
    """Return the taxonomy of the catalog in `root`.

    Raises:
        CatalogError: It has errors.
    """
    return read(root).catalog.taxonomy


def write_or_check(files: Mapping[str, str], root: Path, *, only_check: bool, command: str) -> bool:
    """Write `files` (path below `root` -> text), or only report which are out of date.

    Returns:
        Whether all files are up to date now; always true after writing.
    """
    outdated = 0
    for name, text in files.items():
        path = inside(root, name)
        if only_check:
            current = path.is_file() and path.read_text(encoding="utf-8") == text
            outdated += not current
            state = "up to date" if current else f"out of date; run: vlm-survey {command}"
            click.echo(f"{name} is {state}")
        else:
            written = write_atomically(path, text)
            click.echo(f"{name} {'written' if written else 'already up to date'}")
    return not outdated


def sound_catalog(root: Path) -> Catalog:
    """Return the catalog in `root`, for commands that need a catalog without errors.

    Raises:
        CatalogError: A record or the taxonomy has errors.
    """
    return sound_reading(root).catalog


def sound_reading(root: Path) -> Reading:
    """Read the catalog in `root`.

    Raises:
        CatalogError: A record or the taxonomy has errors.
    """
    reading = read(root)
    errors = [finding for finding in run_checks(reading) if finding.severity is Severity.ERROR]
    if errors:
        first = errors[0]
        raise CatalogError(
            f"{len(errors)} errors, first: {first.path}:{first.line}: {first.code} "
            f"{first.message}; to see all, run: vlm-survey check"
        )
    return reading
