"""`vlm-survey explain`."""

import click

from vlm_survey.checks import all_checks
from vlm_survey.load.validate import did_you_mean


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain what the check CODE finds, and why. Without CODE, list all checks.

    Example: vlm-survey explain session-link
    """
    checks = {check.code: check for check in all_checks()}
    if code is None:
        for check in checks.values():
            click.echo(f"{check.code:24} {check.explanation.splitlines()[0]}")
    elif code in checks:
        click.echo(f"{code}\n\n{checks[code].explanation}")
    else:
        hint = did_you_mean(code, checks) or "to list all checks, run: vlm-survey explain"
        raise click.UsageError(f"unknown check {code!r}; {hint}")
