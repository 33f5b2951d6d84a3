"""Search: what is found, and what comes first."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import yaml

from vlm_survey import Catalog, PersonName, Query, Slug
from vlm_survey.search.index import Index
from vlm_survey.search.ranking import parse, search, slips
from vlm_survey.search.text import compounds, folded, joined

QUERIES = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text(encoding="utf-8"))


def fulfils(case: dict[str, Any], ids: list[str], catalog: Catalog) -> bool:
    """Whether a search that finds `ids` does what a case of `queries.yaml` asks."""
    if "first" in case:
        return ids[:1] == [case["first"]]
    if "top" in case:
        return case["top"] in ids[:3]
    if "only" in case:
        asked = Query.from_address(case["only"], catalog).apply(catalog)
        return bool(ids) and set(ids) == {record.id for record in asked}
    return not ids


def found(text: str, catalog: Catalog) -> list[str]:
    query = Query.from_conditions([f"q={text}"], catalog)
    return [record.id for record in query.apply(catalog)]


@pytest.mark.parametrize("case", QUERIES, ids=[case["query"] for case in QUERIES])
def test_the_paper_that_is_meant_comes_first(case: dict[str, Any], real: Catalog) -> None:
    ids = found(case["query"], real)

    assert fulfils(case, ids, real), ids[:5]


def with_texts(small: Catalog, **texts: str) -> Catalog:
    """The small catalog with other titles."""
    return dataclasses.replace(
        small,
        records=tuple(
            record.model_copy(update={"title": texts[record.id], "name": None})
            if record.id in texts
            else record
            for record in small
        ),
    )


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("x-ray", "Chest xray reports"),
        ("xray", "Chest X-ray reports"),
        ("X ray", "Chest X-ray reports"),
        ("reports", "A report"),
        ("studies", "A study"),
        ("study", "Two studies"),
        ("Połacin", "Polacin"),
        ("strasse", "Straße"),
        ("GPT4", "GPT-4 reads"),
        ("GPT-4", "GPT4 reads"),
        ("segment", "Segmentation"),
        ('"few shot learning"', "Few-shot learning"),
        ("“few shot”", "Few-shot learning"),
        ('"transfer of knowledge"', "Transfer of knowledge"),
    ],
)
def test_spellings_of_a_word_are_one_word(asked: str, title: str, small: Catalog) -> None:
    assert "unread" in found(asked, with_texts(small, unread=title))


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ('"shot few"', "Few-shot learning"),
        ('"transfer knowledge"', "Transfer of knowledge"),
        ('"lerning"', "Few-shot learning"),
        ("ra", "Radiology"),
        ("RadFN", "RadFM"),
    ],
)
def test_other_texts_are_not_found(asked: str, title: str, small: Catalog) -> None:
    assert "unread" not in found(asked, with_texts(small, unread=title))


def test_a_whole_title_comes_before_a_title_that_contains_it(small: Catalog) -> None:
    catalog = with_texts(small, clip="Masked images and masked texts", unread="Masked images")

    assert found("masked images", catalog)[:2] == ["unread", "clip"]


def test_a_title_comes_before_a_summary(small: Catalog) -> None:
    catalog = with_texts(small, unread="A paper about anomalies in industry")
    summary = {"summary": "Finds anomalies in industry."}
    records = tuple(
        record.model_copy(update=summary) if record.id == "adaclip" else record
        for record in catalog
    )

    found_ids = found("industry", dataclasses.replace(catalog, records=records))

    assert found_ids[0] == "unread"
    assert "adaclip" in found_ids


def test_the_words_of_a_name_are_words_of_one_person(small: Catalog) -> None:
    authors = (PersonName("Ruan Silva"), PersonName("Ana Rodriguez"))
    records = tuple(record.model_copy(update={"authors": authors}) for record in small)
    catalog = dataclasses.replace(small, records=records)

    assert found('"Silva Rodriguez"', catalog) == []
    assert found('"Ana Rodriguez"', catalog) != []


def test_a_year_is_the_year_of_publication_unless_it_is_part_of_a_name(small: Catalog) -> None:
    catalog = with_texts(small, unread="Results of BraTS 2021", adaclip="BraTS")

    assert found("BraTS 2021", catalog) == ["unread"]
    assert found("ICML 2021", catalog) == ["clip"]


def test_a_plain_word_is_corrected_and_a_name_is_not(small: Catalog) -> None:
    index = Index.of(small.records, small)

    plain = search(index, "anomoly")
    name = search(index, "AnomolyNet")

    assert (plain.corrected, len(plain.scores)) == ({"anomoly": "anomaly"}, 1)
    assert (name.corrected, name.scores) == ({}, {})


def test_a_person_is_suggested_and_not_searched_for(small: Catalog) -> None:
    result = search(Index.of(small.records, small), "radfrod")

    assert (result.scores, result.corrected) == ({}, {})
    assert result.suggested == {"radfrod": "radford"}


def test_another_name_of_a_term_finds_its_papers_last_and_says_so(small: Catalog) -> None:
    catalog = with_texts(small, unread="VQA in practice")
    index = Index.of(catalog.records, catalog)

    result = search(index, "VQA")

    ids = [catalog.records[number].id for number in result.ranked(index)]
    assert ids == ["unread", "adaclip"]
    assert result.aliases == {"VQA": ("task", "vqa")}


@pytest.mark.parametrize("catch_all", [False, True])
def test_other_names_of_a_catch_all_term_find_nothing(catch_all: bool, small: Catalog) -> None:
    task = small.taxonomy.facets["task"]
    term = task.terms[Slug("vqa")].model_copy(
        update={"catch_all": catch_all, "aliases": ("quizzing",)}
    )
    changed = task.model_copy(update={"terms": {**task.terms, "vqa": term}})
    facets = {**small.taxonomy.facets, "task": changed}
    taxonomy = small.taxonomy.model_copy(update={"facets": facets})

    assert found("quizzing", dataclasses.replace(small, taxonomy=taxonomy)) == (
        [] if catch_all else ["adaclip"]
    )


def test_synonyms_find_each_other(small: Catalog) -> None:
    groups = (("MLLM", "multimodal large language model"),)
    taxonomy = small.taxonomy.model_copy(update={"synonyms": groups})
    catalog = with_texts(small, unread="MLLMs", clip="A Multimodal Large Language Model")
    catalog = dataclasses.replace(catalog, taxonomy=taxonomy)

    assert {"unread", "clip"} <= set(found("MLLM", catalog))
    assert {"unread", "clip"} <= set(found("multimodal large language models", catalog))
    assert "clip" not in found("MLLM", with_texts(small, clip="Another title"))


def test_works_that_others_build_on_come_first_among_equals(small: Catalog) -> None:
    catalog = with_texts(small, clip="One study", adaclip="One study", unread="One study")

    assert found("one", catalog) == ["clip", "adaclip", "unread"]


@pytest.mark.parametrize(
    ("asked", "identifier"),
    [
        ("2307.15189", "2307.15189"),
        ("arXiv:2307.15189v3", "2307.15189"),
        ("https://arxiv.org/pdf/2307.15189v1.pdf", "2307.15189"),
        ("https://doi.org/10.48550/arXiv.2307.15189", "2307.15189"),
        ("arxiv.org/abs/cs/0112017", "cs/0112017"),
        ("https://doi.org/10.1038/S41586-023-06555-X.", "10.1038/s41586-023-06555-x"),
        ("(doi:10.1000/182)", "10.1000/182"),
    ],
)
def test_identifiers_are_recognised(asked: str, identifier: str) -> None:
    assert [clause.identifier for clause in parse(asked)] == [identifier]


@pytest.mark.parametrize("asked", ["", "  ", "!?", '""', "the", "“”"])
def test_nothing_to_search_for(asked: str) -> None:
    assert parse(asked) == []


@pytest.mark.parametrize(
    ("asked", "word", "most", "expected"),
    [("abcd", "abcd", 1, 0), ("abdc", "abcd", 1, 1), ("axcd", "abcd", 1, 1), ("abcd", "ab", 2, 2)],
)
def test_slips(asked: str, word: str, most: int, expected: int) -> None:
    assert slips(asked, word, most) == expected


def test_compounds_are_kept_together() -> None:
    assert [c.parts for c in compounds("H&E, x-ray (3D)")] == [("h", "e"), ("x", "ray"), ("3d",)]
    assert folded("İstanbul Ærø") == "istanbul aero"
    assert joined("Whole-slide images") == "wholeslideimage"
