"""What the checks say of records that are about to be written, beside all that are there."""

import dataclasses
from collections.abc import Sequence

from vlm_survey.checks import run_checks
from vlm_survey.load import Reading, SourceFile
from vlm_survey.model.finding import Severity


def errors_in(files: Sequence[SourceFile], reading: Reading) -> list[str]:
    """For each of `files`, the errors that the checks find in it; empty where there are none.

    Args:
        files: New files, or changed ones that take the place of those with the same path.
        reading: The catalog without them.
    """
    paths = {file.path for file in files}
    others = (file for file in reading.files if file.path not in paths)
    findings = run_checks(dataclasses.replace(reading, files=(*others, *files))) if files else []
    errors: dict[str, list[str]] = {path: [] for path in paths}
    for finding in findings:
        if finding.path in errors and finding.severity is Severity.ERROR:
            errors[finding.path].append(f"{finding.code}: {finding.message}; {finding.fix}")
    return [" | ".join(errors[file.path]) for file in files]
