"""`vlm-survey explain`."""

import click

from vlm_survey.checks import all_checks
from vlm_survey.load.validate import did_you_mean


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Say what the check CODE looks for, and why; without CODE, list all checks.

    Example: vlm-survey explain session-link
    """
    checks = {check.code: check for check in all_checks()}
    if code is None:
        for check in checks.values():
            click.echo(f"{check.code:24} {check.explanation.splitlines()[0]}")
    elif code in checks:
        click.echo(f"{code}\n\n{checks[code].explanation}")
    else:
        hint = did_you_mean(code, checks) or "list all with: vlm-survey explain"
        raise click.UsageError(f"no check has the code {code!r}; {hint}")
