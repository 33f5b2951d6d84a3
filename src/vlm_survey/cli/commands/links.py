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
    help="Plain text, or Markdown for an issue.",
)
@catalog_option
@click.pass_context
def command(context: click.Context, conditions: tuple[str, ...], form: str, root: Path) -> None:
    """Find dead links in the records.

    A link is dead if its host returns "not found" or no longer exists. If a publisher blocks
    programs, the state of the link is unknown. Requests to each host are rate-limited, so a whole
    catalog takes minutes.

    Exit codes: 0 no dead links, 1 dead links, 2 usage error or no network.

    Example: vlm-survey links --where status=curated
    """
    reading = read(root)
    query = Query.from_conditions(conditions, reading.catalog)
    found = uses(reading, query.apply(reading.catalog))
    with tqdm(total=len({use.url for use in found}), delay=1, leave=False, disable=None) as bar:
        report = look_at(found, LinkClient(), bar.update)
    if found and not report.answered:
        raise CatalogError("no link could be reached; check your network connection")
    click.echo(render_markdown("links.md.j2", view=report) if form == "markdown" else _text(report))
    context.exit(1 if report.dead else 0)


def _text(report: LinkReport) -> str:
    lines = [
        f"{use.path}:{use.line}: {outcome.verdict} {use.field} {use.url} {outcome.reason}"
        for use, outcome in (*report.dead, *report.unknown)
    ]
    summary = f"{report.alive} alive, {len(report.dead)} dead, {len(report.unknown)} unknown"
    return printable("\n".join([*lines, summary]))
