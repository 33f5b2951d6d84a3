"""`vlm-survey links`."""

from pathlib import Path

import click
from tqdm import tqdm

from vlm_survey.cli.shared import catalog_option, read, where_option
from vlm_survey.cli.terminal import printable
from vlm_survey.errors import CatalogError
from vlm_survey.templating import render_markdown
from vlm_survey.upkeep.links import LinkClient, LinkReport, look_at, uses
from vlm_survey.views.query import Query


@click.command()
@where_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    help="Lines to read, or the text of an issue.",
)
@catalog_option
@click.pass_context
def command(context: click.Context, conditions: tuple[str, ...], form: str, root: Path) -> None:
    """Ask the network which links of the records lead nowhere.

    Dead is what its host calls not found, or whose host is gone. A publisher that turns programs
    away says nothing about a link: that counts as unknown. Each host is asked slowly; a whole
    catalog takes minutes.

    Exit code 0: none is dead; 1: some are; 2: wrong usage, or no network.

    Example: vlm-survey links --where status=curated
    """
    reading = read(root)
    query = Query.from_conditions(conditions, reading.catalog)
    found = uses(reading, query.apply(reading.catalog))
    with tqdm(total=len({use.url for use in found}), delay=1, leave=False, disable=None) as bar:
        report = look_at(found, LinkClient(), bar.update)
    if found and not report.answered:
        raise CatalogError("no address at all was reached; look at your connection")
    click.echo(render_markdown("links.md.j2", view=report) if form == "markdown" else _text(report))
    context.exit(1 if report.dead else 0)


def _text(report: LinkReport) -> str:
    lines = [
        f"{use.path}:{use.line}: {outcome.verdict} {use.field} {use.url} {outcome.reason}"
        for use, outcome in (*report.dead, *report.unknown)
    ]
    summary = f"{report.alive} alive, {len(report.dead)} dead, {len(report.unknown)} unknown"
    return printable("\n".join([*lines, summary]))
