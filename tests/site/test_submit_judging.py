"""What the form says of a record is what the checks say of it: the same cases, judged by its modules."""

import re
from typing import Any

import pytest
import yaml

from tests.conftest import REPOSITORY, TODAY
from tests.model.test_identifiers import (
    ARXIV_IDS,
    DOI_ADDRESSES,
    NO_ARXIV_IDS,
    ONE_ARXIV_ID,
    ONE_DOI,
)
from tests.model.test_names import NAMES, NO_NAMES, SEVERAL
from vlm_survey import Catalog
from vlm_survey.checks.rules.long_evidence import MAX_WORDS
from vlm_survey.intake.facts import straight
from vlm_survey.model.names import PersonName
from vlm_survey.views.browse_files import lookups

pytestmark = pytest.mark.browser

CASES = REPOSITORY / "tests" / "checks" / "cases"
LIMITS = {"words": MAX_WORDS, "year": TODAY.year + 1}


def cases(code: str) -> list[tuple[str, dict[str, Any], bool]]:
    """Each record of a check's golden cases, by the case's name, and whether it is refused."""
    found = []
    for kind, named in yaml.safe_load((CASES / f"{code}.yaml").read_text(encoding="utf-8")).items():
        for name, case in named.items():
            is_refused = any(" warning: " not in line for line in case.get("reports", []))
            for text in case["papers"].values():
                data = yaml.load(text, yaml.BaseLoader)
                if "year" in data:
                    data["year"] = int(data["year"])
                found.append((f"{kind}: {name}", data, is_refused))
    return found


def test_long_evidence_is_told(in_module: Any) -> None:
    given = cases("long-evidence")

    found = in_module("judging", "faults", [[data, LIMITS] for _, data, _ in given])

    assert {name: bool(faults) for (name, *_), faults in zip(given, found, strict=True)} == {
        name: is_refused for name, _, is_refused in given
    }


def test_a_title_has_letters(in_module: Any) -> None:
    good, bad = in_module(
        "judging", "faults", [[{"title": "X²"}, LIMITS], [{"title": "…?"}, LIMITS]]
    )

    assert (good, [fault["name"] for fault in bad]) == ([], ["title"])


@pytest.mark.parametrize("code", ["duplicate-arxiv", "duplicate-doi", "duplicate-title"])
def test_what_only_one_work_can_have(code: str, in_module: Any, small: Catalog) -> None:
    works = "".join(text for name, text in lookups(small) if name.startswith("works-"))
    # That a title of signs is none is told by `faults`.
    given = [case for case in cases(code) if case[0] != "bad: signs only"]

    found = in_module("judging", "keysOf", [[data] for _, data, _ in given])

    assert {
        name: any(f'"{one["key"]}"' in works for one in keys)
        for (name, *_), keys in zip(given, found, strict=True)
    } == {name: is_refused for name, _, is_refused in given}


def test_a_line_is_one_author(in_module: Any) -> None:
    good, bad = [[name] for name, _, _ in NAMES], [[name] for name in NO_NAMES]

    assert in_module("names", "nameProblem", good) == [""] * len(good)
    assert "" not in in_module("names", "nameProblem", [*bad, [":"], ["{:}"]])


WORDS = [
    "Ada",
    "de",
    "la",
    "von",
    "O'Neil",
    "J.-P.",
    "{Ben Abacha}",
    "{Mc}Donald",
    "Čapek",
    "ß",
    "李",
    "II",
]


def test_commas_between_people_are_noticed(in_module: Any) -> None:
    found = in_module("judging", "faults", [[{"authors": [name]}, LIMITS] for name, _ in SEVERAL])

    assert [[fault["name"] for fault in faults] for faults in found] == [
        ["authors"] * expected for _, expected in SEVERAL
    ]


FORMS = ["{0} {1}", "{1}, {0}", "{0} {1} Lee", "{0} {1}, Jan", "{0} {1}, Jr, Jan", "Jan {0} de {1}"]


def test_names_are_turned_as_add_does(in_module: Any, real: Catalog) -> None:
    names = [name for record in real for name in record.authors if not name.is_group]
    names += [
        PersonName.parse(form.format(first, second))
        for first in WORDS
        for second in WORDS
        for form in FORMS
    ]
    names = list(dict.fromkeys(names))

    found = in_module("names", "straight", [[name] for name in names])

    assert dict(zip(names, found, strict=True)) == {name: straight(name) for name in names}


IDENTIFIERS: dict[str, dict[str, object]] = {
    "arxivIn": {
        **dict.fromkeys(ONE_ARXIV_ID, "2303.00910"),
        **{text: re.sub(r"v\d+$", "", text) for text, _, _ in ARXIV_IDS},
        **dict.fromkeys([*NO_ARXIV_IDS, "https://example.org/2303.00910"]),
    },
    "doiIn": {**dict.fromkeys(ONE_DOI, ONE_DOI[0]), **dict(DOI_ADDRESSES)},
    "yearOf": {text: year for text, _, year in ARXIV_IDS},
}


@pytest.mark.parametrize("function", IDENTIFIERS)
def test_identifiers_are_found_where_the_model_finds_them(function: str, in_module: Any) -> None:
    expected = IDENTIFIERS[function]

    found = in_module("identifiers", function, [[text] for text in expected])

    assert dict(zip(expected, found, strict=True)) == expected
