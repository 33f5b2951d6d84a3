"""What the list's scripts make of their data is what the command line makes of the records."""

import dataclasses
import json
import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.conftest import REPOSITORY, SMALL, TODAY
from tests.hostile import hostile_catalog
from tests.tools import missing
from tests.views.test_query import CASES
from vlm_survey import Catalog, PersonName, Query, Slug, load_catalog
from vlm_survey.model.retired import Tombstone
from vlm_survey.search.index import EXACT, Index
from vlm_survey.settings import read_settings
from vlm_survey.views import lookup
from vlm_survey.views.browse_files import data_files, data_version, lookups
from vlm_survey.views.choices import choice_fields
from vlm_survey.views.edition import Edition
from vlm_survey.views.query import SORTS

ASSETS = REPOSITORY / "templates" / "theme" / "assets"


def edition(catalog: Catalog) -> Edition:
    return Edition(catalog, read_settings(REPOSITORY))


def answers(catalog: Catalog, queries: list[str], folder: Path) -> list[dict[str, Any]]:
    """What the scripts answer, run by Node on the files of `catalog`."""
    node = shutil.which("node") or missing("Node")
    shutil.copytree(ASSETS / "browse", folder / "assets" / "browse")
    (folder / "assets" / "package.json").write_text('{"type": "module"}')
    (folder / "data").mkdir()
    for name, text in data_files(edition(catalog)):
        (folder / "data" / name).write_text(text(), encoding="utf-8")
    command = [node, str(Path(__file__).parent / "queries.mjs"), str(folder / "assets")]
    done = subprocess.run(
        [*command, str(folder / "data")],
        input=json.dumps(queries),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def some_queries(catalog: Catalog, chance: random.Random, count: int) -> list[str]:
    """Queries as readers make them: mostly of what is there, some of it misspelt or cut short."""
    index = Index.of(catalog.records, catalog)
    words = [word for word in index.words if not word.startswith(EXACT)]
    choices = [
        (field.id, choice.id, field.excludable)
        for field in choice_fields(catalog)
        for choice in field.choices
    ]

    def condition() -> str:
        sort = chance.random()
        if sort < 0.4:
            field, value, excludable = chance.choice(choices)
            return f"{field}={'!' if excludable and chance.random() < 0.3 else ''}{value}"
        if sort < 0.8:
            asked = " ".join(
                misspelt(chance.choice(words), chance) for _ in range(chance.choice([1, 1, 2]))
            )
            return f"q={quote(asked)}"
        if sort < 0.9:
            return chance.choice(["year=2023", "year=2022..", "year=..2023", "year=2021..2024"])
        return f"sort={chance.choice(SORTS)}"

    return ["&".join(condition() for _ in range(chance.randint(1, 3))) for _ in range(count)]


def misspelt(word: str, chance: random.Random) -> str:
    """The word, or what comes of it when it is typed in haste."""
    at = chance.randrange(len(word))
    other = chance.choice("aeinrst9é")
    return chance.choice(
        [
            word,
            word[: at + 1],
            word[:1],
            word[:2],
            word[:at] + word[at + 1 :] or word,
            word[:at] + other + word[at:],
            word[:at] + other + word[at + 1 :],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        ]
    )


CATALOGS = {
    "real": load_catalog(REPOSITORY),
    "small": load_catalog(SMALL),
    "hostile": hostile_catalog(),
}


@pytest.mark.parametrize("size", [200, lookup.SIZE])
@pytest.mark.parametrize("name", CATALOGS)
def test_scripts_and_command_line_select_the_same(
    name: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "SIZE", size)
    catalog = CATALOGS[name]
    queries = some_queries(catalog, random.Random(size), 120)

    found = answers(catalog, queries, tmp_path)

    for address, answer in zip(queries, found, strict=True):
        query = Query.from_address(address, catalog)
        assert answer["problems"] == []
        assert answer["canonical"] == str(query)
        assert answer["ids"] == [record.id for record in query.apply(catalog)], address
        assert answer["places"] == answer["positions"]


def test_scripts_pass_the_cases_of_the_grammar(small: Catalog, tmp_path: Path) -> None:
    cases = [case for case in CASES if "error" not in case]

    found = answers(small, [case["query"] for case in cases], tmp_path)

    for case, answer in zip(cases, found, strict=True):
        assert (answer["canonical"], answer["ids"]) == (case["canonical"], case["selects"]), case


def test_scripts_find_every_spelling_of_a_person(small: Catalog, tmp_path: Path) -> None:
    printed = {
        "adaclip": ("Christian Bluethgen", "Søren Sørensen"),
        "clip": ("Małgorzata Połacin", "Christian Blüthgen"),
        "unread": ("Malgorzata Polacin",),
    }
    records = tuple(
        record.model_copy(update={"authors": tuple(map(PersonName, printed[record.id]))})
        for record in small
    )
    spellings = {PersonName("Christian Blüthgen"): (PersonName("Christian Bluethgen"),)}
    catalog = dataclasses.replace(small, records=records, spellings=spellings)
    expected = {
        "Blüthgen": ["clip", "adaclip"],
        "bluethgen": ["clip", "adaclip"],
        "Polacin": ["clip", "unread"],
        "Połacin": ["clip", "unread"],
        "Sorensen": ["adaclip"],
    }

    found = answers(catalog, [f"q={word}" for word in expected], tmp_path)

    assert [answer["ids"] for answer in found] == [*expected.values()]
    for word, ids in expected.items():
        query = Query.from_conditions([f"q={word}"], catalog)
        assert [record.id for record in query.apply(catalog)] == ids


def test_counts_are_what_each_choice_would_leave(real: Catalog, tmp_path: Path) -> None:
    queries = ["", "task=vqa&task=segmentation&kind=!survey&year=2023..", "has=code&has=doi"]

    found = answers(real, queries, tmp_path)

    for address, answer in zip(queries, found, strict=True):
        query = Query.from_address(address, real)

        def count(field: str, value: str, query: Query = query) -> int:
            conditions = [*Query.conditions_of(str(query)), f"{field}={value}"]
            kept = [c for c in conditions[:-1] if not c.startswith(f"{field}=") or field == "has"]
            kept += [c for c in conditions[:-1] if c.startswith(f"{field}=!")]
            return len(Query.from_conditions([*kept, conditions[-1]], real).apply(real))

        for field in choice_fields(real):
            choices = (*field.choices, *field.others)
            expected = [count(field.id, choice.id) for choice in choices]
            assert answer["counts"][field.id] == expected, (address, field.id)
        for year, shown in answer["years"].items():
            assert shown == count("year", year)


def test_a_word_costs_little(real: Catalog, tmp_path: Path) -> None:
    queries = ["q=segmentation", "q=s", "q=se", "q=seg", "q=segmnetation"]

    for answer in answers(real, queries, tmp_path):
        assert 0 < answer["forWords"] <= 40_000


def test_the_version_tells_editions_apart(real: Catalog) -> None:
    first, *others = real.records
    changed = first.model_copy(update={"summary": "Something else."})

    assert data_version(edition(real)) == data_version(edition(load_catalog(REPOSITORY)))
    other = dataclasses.replace(real, records=(changed, *others))
    assert data_version(edition(other)) != data_version(edition(real))
    respelled = dataclasses.replace(real, spellings={})
    assert data_version(edition(respelled)) != data_version(edition(real))


def test_the_version_tells_what_became_of_an_id(small: Catalog) -> None:
    other = Catalog(small.taxonomy, small.records)

    assert data_version(edition(other)) != data_version(edition(small))


def looked_up(name: str, catalog: Catalog) -> dict[str, Any]:
    """All that a lookup answers."""
    return {
        key: value
        for file, text in lookups(catalog)
        if re.fullmatch(rf"{name}-\d+\.json", file)
        for key, value in json.loads(text)
    }


def test_an_id_leads_to_a_place_and_a_former_one_to_that_of_its_successor(small: Catalog) -> None:
    """One that was given up for good leads nowhere: it is no paper to put beside others."""
    places = {"adaclip": 0, "clip": 1, "unread": 2}

    assert looked_up("ids", small) == {**places, "contrastive-pretraining": places["clip"]}
    assert looked_up("retired", small) == {"contrastive-pretraining": "clip", "not-a-paper": ""}


def test_a_record_keeps_its_place_whatever_is_said_of_its_id(small: Catalog) -> None:
    """The check `retired-id` refuses both cases; a site is built of them all the same."""
    clip, nowhere = Slug("clip"), Slug("nowhere")
    given = {clip: Slug("adaclip"), Slug("old"): nowhere}
    retired = {old: Tombstone(day=TODAY, why="Why.", now=now) for old, now in given.items()}

    found = looked_up("ids", Catalog(small.taxonomy, small.records, retired=retired))

    assert (found["clip"], "old" in found) == (1, False)


def test_what_only_one_work_can_have_leads_to_its_record(small: Catalog) -> None:
    """As the checks for duplicates compare it, so also what its links name."""
    assert looked_up("works", small) == {
        "2103.00020": "clip",
        "2407.15795": "adaclip",
        "10.1007/978-3-031-72761-0_4": "adaclip",
        "learningtransferablevisualmodelsfromnaturallanguagesupervision": "clip",
        "adaclipadaptingclipwithhybridlearnablepromptsforzeroshotanomalydetection": "adaclip",
        "atitleandnothingelse": "unread",
    }
