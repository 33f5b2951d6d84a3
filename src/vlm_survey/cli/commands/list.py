"""`vlm-survey list`."""

from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option, sound_catalog, where_option
from vlm_survey.cli.terminal import printable, printable_json
from vlm_survey.views.query import Query


@click.command()
@where_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "ids", "json"]),
    default="table",
    help="Output format.",
)
@catalog_option
def command(conditions: tuple[str, ...], form: str, root: Path) -> None:
    """List the records that match all filters.

    Example: vlm-survey list --where task=segmentation --where year=2023.. --where sort=-year
    """
    catalog = sound_catalog(root)
    records, search = Query.from_conditions(conditions, catalog).run(catalog)
    for word, meant in search.corrected.items():
        note = f'no paper mentions "{word}"; showing results for "{meant}"'
        click.echo(printable(note), err=True)
    for word, meant in search.suggested.items():
        click.echo(printable(f'no paper mentions "{word}"; did you mean "{meant}"?'), err=True)
    if form == "ids":
        for record in records:
            click.echo(record.id)
    elif form == "json":
        found = [record.model_dump(mode="json", exclude_none=True) for record in records]
        click.echo(printable_json(found))
    else:
        width = max((len(record.id) for record in records), default=0)
        for record in records:
            click.echo(printable(f"{record.id:{width}}  {record.year or '----'}  {record.title}"))
        click.echo(f"{len(records)} of {len(catalog)} records")
