"""`vlm-survey check`."""

import dataclasses
from collections import Counter
from collections.abc import Set
from pathlib import Path

import click

from vlm_survey.checks import run_checks
from vlm_survey.cli.findings import github_line, text_line
from vlm_survey.cli.shared import catalog_option, read
from vlm_survey.cli.terminal import printable_json
from vlm_survey.load import Reading
from vlm_survey.model.finding import Finding, Severity


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--strict", is_flag=True, help="Also report missing fields, and fail on any finding.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="Plain text, JSON, or GitHub Actions annotations.",
)
@catalog_option
@click.pass_context
def command(
    context: click.Context, paths: tuple[Path, ...], strict: bool, form: str, root: Path
) -> None:
    """Check all records. With PATHS, report findings in these files only.

    Exit codes: 0 no errors, 1 errors (with --strict: any finding), 2 usage error.

    Example: vlm-survey check papers/med-flamingo.yaml --strict
    """
    reading = read(root)
    findings = run_checks(reading, strict=strict)
    if paths:
        named = {_within(path, root) for path in paths}
        if reading.taxonomy is None:
            # With an invalid taxonomy, many checks are skipped: report that as well.
            named.add(reading.taxonomy_file.path)
        findings = [
            finding
            for finding in findings
            if any(_is_among(path, named) for path in (finding.path, finding.other))
        ]
    context.exit(0 if show(findings, reading, form, strict=strict) else 1)


def show(findings: list[Finding], reading: Reading, form: str, *, strict: bool = False) -> bool:
    """Print all findings. Returns whether there are no errors; with `strict`, no findings at all."""
    if form == "json":
        click.echo(printable_json([dataclasses.asdict(f) for f in findings]))
    else:
        for finding in findings:
            click.echo(github_line(finding) if form == "github" else text_line(finding))
        click.echo(_summary(findings, len(reading.files)), err=form == "github")
    return not any(strict or finding.severity is Severity.ERROR for finding in findings)


def _summary(findings: list[Finding], files: int) -> str:
    counts = Counter(finding.severity for finding in findings)
    parts = [
        f"{counts[severity]} {severity.label}{_plural(severity, counts)}" for severity in counts
    ]
    return f"{files} files checked: " + (", ".join(parts) or "no findings")


def _plural(severity: Severity, counts: Counter[Severity]) -> str:
    return "s" if severity is not Severity.OWED and counts[severity] != 1 else ""


def _is_among(path: str, named: Set[str]) -> bool:
    return bool(path) and not named.isdisjoint({path, *map(str, Path(path).parents)})


def _within(path: Path, root: Path) -> str:
    try:
        # The file itself may be a symbolic link, which is a finding and must not be followed.
        return (path.parent.resolve() / path.name).relative_to(root.resolve()).as_posix()
    except ValueError:
        raise click.UsageError(f"{path} is not in the catalog {root.resolve()}") from None
