"""Golden cases: what `bibtex.yaml` says becomes of each entry."""

import pytest

from tests.attacks.golden import Case, bibtex_of, cases
from vlm_survey.intake.bibtex import Item, items_of

CASES = cases("bibtex")


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: Case) -> None:
    items = items_of(bibtex_of(case))

    assert [item.line for item in items] == [given["line"] for given in case["gives"]]
    for item, given in zip(items, case["gives"], strict=True):
        assert said_of(item, given) == given


def said_of(item: Item, given: Case) -> Case:
    """What an entry says, in the words of the case."""
    said: Case = {"line": item.line}
    if item.facts is None:
        reason = "; ".join(item.problems)
        return said | {
            "refused": given.get("refused") if given.get("refused", "-") in reason else reason
        }
    said["title"] = item.facts.title
    if "authors" in given:
        said["authors"] = list(item.facts.authors)
    for name in ("year", "doi"):
        if name in given:
            said[name] = getattr(item.facts, name)
    if item.facts.remarks:
        said["look"] = list(item.facts.remarks)
    return said
