"""`vlm-survey refresh`."""

import dataclasses
from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option, read, where_option
from vlm_survey.cli.terminal import printable, progress
from vlm_survey.errors import CatalogError
from vlm_survey.files import write_atomically
from vlm_survey.intake.web import Web, default_cache
from vlm_survey.layout import canonical_text
from vlm_survey.templating import render_markdown
from vlm_survey.upkeep.refresh import News, news_of
from vlm_survey.views.query import Query


@dataclasses.dataclass(frozen=True)
class Refreshed:
    """Updates found for records, and records whose sources could not be reached."""

    news: tuple[News, ...]
    not_asked: tuple[News, ...]
    total: int


@click.command()
@where_option
@click.option("--dry-run", is_flag=True, help="Print updates without writing them.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    help="Plain text, or Markdown for a pull request.",
)
@catalog_option
def command(conditions: tuple[str, ...], dry_run: bool, form: str, root: Path) -> None:
    """Update the records from doi.org and arXiv.

    A preprint that has been published gets its DOI, year, venue and link; a withdrawn or retracted
    paper gets a note. Other differences are reported, not written. Review the result with git diff.

    Example: vlm-survey refresh --where venue=arxiv --dry-run
    """
    reading = read(root)
    records = Query.from_conditions(conditions, reading.catalog).apply(reading.catalog)
    asked = [record for record in records if record.identifiers.arxiv or record.identifiers.doi]
    web = Web(default_cache())
    found = [
        news_of(record, web, reading.catalog.taxonomy) for record in progress("looking up")(asked)
    ]
    outcome = Refreshed(
        tuple(news for news in found if news.told),
        tuple(news for news in found if news.not_asked),
        len(asked),
    )
    if asked and len(outcome.not_asked) == len(asked):
        raise CatalogError(f"no source could be reached: {outcome.not_asked[0].not_asked[0]}")
    for news in outcome.news:
        file = reading.file_of[news.record.id]
        if not dry_run and news.record != file.record and file.text is not None:
            write_atomically(root / file.path, canonical_text(file.text, news.record, file.lines))
    if form == "markdown":
        click.echo(render_markdown("refresh.md.j2", view=outcome))
    else:
        click.echo(_text(outcome))


def _text(outcome: Refreshed) -> str:
    lines = [f"papers/{n.record.id}.yaml: {told}" for n in outcome.news for told in n.told]
    lines += [
        f"{n.record.id}: not looked up: {why}" for n in outcome.not_asked for why in n.not_asked
    ]
    summary = f"{outcome.total} looked up, {len(outcome.news)} with updates"
    return printable("\n".join([*lines, summary]))
