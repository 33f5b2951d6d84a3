"""Findings as lines: for people, and for GitHub Actions."""

from vlm_survey.cli.terminal import printable, visible
from vlm_survey.model.finding import Finding, Severity


def text_line(finding: Finding) -> str:
    """One finding as a line of plain text."""
    kind = "" if finding.severity is Severity.ERROR else f"{finding.severity.label}: "
    where = f"{finding.path}:{finding.line}:"
    # A path can contain a line break, but a finding must stay on one line.
    line = f"{where} {finding.code} {kind}{finding.message}; {finding.fix}"
    return printable(line).replace("\n", "\\n")


def github_line(finding: Finding) -> str:
    """One finding as a workflow command, escaped so that no text can become another command."""
    level = "error" if finding.severity is Severity.ERROR else "warning"
    path, code = _property(finding.path), _property(finding.code)
    message = _escaped(visible(f"{finding.message}; {finding.fix}"))
    return f"::{level} file={path},line={finding.line},title={code}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(visible(text)).replace(":", "%3A").replace(",", "%2C")
