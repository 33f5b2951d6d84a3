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
    help="Problems as plain text or GitHub annotations, or a Markdown summary of each record.",
)
@click.option("--may-mix", is_flag=True, help="Allow changes to records and code together.")
@catalog_option
@click.pass_context
def command(context: click.Context, base: str, form: str, may_mix: bool, root: Path) -> None:
    """Review all changes since the git revision REV, as for a pull request.

    A removed id needs an entry in retired.yaml; symbolic links and submodules are rejected; records
    and code must not change together. For each new or changed record, the summary shows its content,
    the findings of the checks, and its missing fields.

    Exit codes: 0 no problems, 1 problems found, 2 usage error.

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
        click.echo(f"{count} records changed, {len(judged.refused)} problems", err=True)
    context.exit(0 if judged.is_fine else 1)
