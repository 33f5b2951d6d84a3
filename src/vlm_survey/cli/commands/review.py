"""`vlm-survey review`."""

from pathlib import Path

import click

from vlm_survey.checks import run_checks
from vlm_survey.cli.findings import github_line, text_line
from vlm_survey.cli.revision import changed_since, reading_at
from vlm_survey.cli.shared import catalog_option, read
from vlm_survey.templating import render_markdown
from vlm_survey.views.review import review


@click.command()
@click.argument("base", metavar="REV")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "markdown"]),
    default="text",
    help="What speaks against it, as lines or as annotations; or a summary of each record.",
)
@click.option("--may-mix", is_flag=True, help="Allow records and code in one change.")
@catalog_option
@click.pass_context
def command(context: click.Context, base: str, form: str, may_mix: bool, root: Path) -> None:
    """Judge what has changed since the git revision REV, as a pull request would bring it.

    Ids may not vanish without a word in retired.yaml; links and submodules are not taken; records
    and code come in changes of their own. For each record that is new or differs, the summary shows
    what its page will say, what the checks find, and what it still owes.

    Exit code 0: fine; 1: something speaks against it; 2: wrong usage.

    Example: vlm-survey review origin/main --format markdown
    """
    reading = read(root)
    judged = review(
        reading_at(base, root),
        reading,
        changed_since(base, root),
        run_checks(reading),
        may_mix=may_mix,
    )
    if form == "markdown":
        click.echo(render_markdown("review.md.j2", view=judged))
    else:
        for finding in judged.refused:
            click.echo(github_line(finding) if form == "github" else text_line(finding))
        count = len(judged.records) + judged.more
        click.echo(f"{count} records differ, {len(judged.refused)} reasons against", err=True)
    context.exit(0 if judged.is_fine else 1)
