"""Options that several commands share, and what they lead to."""

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
    help="Folder of the catalog.  [default: here]",
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
    help="Only records that fulfil this; may be repeated: task=vqa, kind=!survey, year=2023.., "
    "has=code, q=words, sort=-year.",
)


def read(root: Path) -> Reading:
    """What lies in the catalog's folder, with a progress bar if it takes long."""
    return read_catalog(root, progress=progress("reading"))


def taxonomy_of(root: Path) -> Taxonomy:
    """The taxonomy of the catalog in `root`.

    Raises:
        CatalogError: It has errors.
    """
    return read(root).catalog.taxonomy


def write_or_check(files: Mapping[str, str], root: Path, *, only_check: bool, command: str) -> bool:
    """Write `files`, by their paths below `root`, or only say which are not as they should be.

    Returns:
        Whether all is well now: always after writing, else if every file was fresh.
    """
    stale = 0
    for name, text in files.items():
        path = inside(root, name)
        if only_check:
            fresh = path.is_file() and path.read_text(encoding="utf-8") == text
            stale += not fresh
            click.echo(f"{name} is {'fresh' if fresh else f'stale; run: vlm-survey {command}'}")
        else:
            click.echo(f"{name} {'written' if write_atomically(path, text) else 'was fresh'}")
    return not stale


def sound_catalog(root: Path) -> Catalog:
    """The catalog in `root`, for commands that must not work on half of one.

    Raises:
        CatalogError: A record or the taxonomy has errors.
    """
    return sound_reading(root).catalog


def sound_reading(root: Path) -> Reading:
    """What was read of a catalog without errors.

    Raises:
        CatalogError: A record or the taxonomy has errors.
    """
    reading = read(root)
    errors = [finding for finding in run_checks(reading) if finding.severity is Severity.ERROR]
    if errors:
        first = errors[0]
        raise CatalogError(
            f"{len(errors)} errors, the first at {first.path}:{first.line}: {first.code} "
            f"{first.message}; see all with: vlm-survey check"
        )
    return reading
