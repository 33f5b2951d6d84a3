"""Golden cases: what `files.yaml` says must be found in each file, and nothing else."""

import pytest
import yaml

from tests.attacks.golden import Case, cases, file_of
from tests.properties import judged, read
from vlm_survey import Finding, layout
from vlm_survey.load import guarded_yaml
from vlm_survey.model.finding import Severity

CASES = cases("files")


def findings_on(data: bytes) -> list[Finding]:
    """All that is found, but for the layout."""
    return [finding for finding in judged(read(data)) if finding.code != "layout"]


def said_of(findings: list[Finding]) -> list[str]:
    """Lines and codes."""
    return [
        f"{finding.line} {finding.code}" + " (warning)" * (finding.severity is Severity.WARNING)
        for finding in findings
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: Case) -> None:
    data = file_of(case)
    findings = findings_on(data)

    assert said_of(findings) == case.get("finds", [])
    assert case.get("fix", "") in "\n".join(finding.fix for finding in findings)
    record = read(data).record
    for field, value in case.get("reads", {}).items():
        assert record is not None
        assert record.model_dump(mode="json")[field] == value


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_without_libyaml_the_same_is_found(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML comes with a parser of its own, too, for machines without that library."""
    for module in (guarded_yaml, layout):
        monkeypatch.setattr(module, "LOADER", yaml.BaseLoader)

    assert said_of(findings_on(file_of(case))) == case.get("finds", [])
