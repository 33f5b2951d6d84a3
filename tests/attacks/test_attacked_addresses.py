"""Golden cases: what `addresses.yaml` says becomes of each address in a record."""

import pytest

from tests.attacks.golden import Case, address_of, cases
from tests.properties import judged, read
from vlm_survey import InvalidValueError, Url
from vlm_survey.model.finding import Severity

CASES = cases("addresses")


@pytest.mark.parametrize(
    "case", [case for case in CASES if "refused" in case], ids=lambda c: repr(c["url"])
)
def test_refused(case: Case) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Url.parse(address_of(case))

    assert case["refused"] in caught.value.problem
    assert caught.value.code == "unsafe-url"


@pytest.mark.parametrize(
    "case", [case for case in CASES if "refused" not in case], ids=lambda c: c["url"]
)
def test_taken(case: Case) -> None:
    text = address_of(case)
    url = Url.parse(text)
    quoted = text.replace("'", "''")
    data = f"title: A\nlinks: {{paper: '{quoted}'}}\nstatus: imported\nadded: 2026-11-24\n".encode()
    findings = [finding for finding in judged(read(data)) if finding.code != "layout"]

    assert url == case.get("is", text)
    assert url.tidied() == case.get("tidy", url)
    assert [
        finding.code + " (warning)" * (finding.severity is Severity.WARNING) for finding in findings
    ] == case.get("finds", [])
