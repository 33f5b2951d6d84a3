"""`vlm-survey export`."""

from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option, sound_catalog, where_option
from vlm_survey.exports.registry import all_exports
from vlm_survey.files import write_atomically
from vlm_survey.views.query import Query


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(sorted(all_exports())))
@where_option
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Output file; - is standard output.  [default: -]",
)
@catalog_option
def command(form: str, conditions: tuple[str, ...], output: Path | None, root: Path) -> None:
    """Export records as bibtex, csl-json, csv, json, jsonl, parquet, ris or sqlite.

    Example: vlm-survey export bibtex --where task=segmentation -o segmentation.bib
    """
    if output and not output.name:
        raise click.BadParameter(
            "give a file name, or - for standard output", param_hint="--output"
        )
    catalog = sound_catalog(root)
    records = Query.from_conditions(conditions, catalog).apply(catalog)
    data = all_exports()[form].render(records, catalog)
    if output is None or str(output) in ("-", "/dev/stdout"):
        click.echo(data, nl=False)
        return
    if output.exists() and not output.is_file():
        # Write to a pipe or device directly instead of replacing it.
        output.write_bytes(data)
    else:
        write_atomically(output, data)
    click.echo(f"{output}: {len(records)} of {len(catalog)} records")
