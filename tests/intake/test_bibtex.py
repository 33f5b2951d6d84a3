"""BibTeX files: every entry is taken over whole, or named with its line and the reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vlm_survey import Catalog
from vlm_survey.exports.bibtex import bibtex_entry
from vlm_survey.intake.bibtex import Item, items_of


def only(text: str) -> Item:
    (item,) = items_of(text)
    return item


def test_an_entry_as_people_write_it() -> None:
    item = only(r"""
% from a web page
@inproceedings{moor2023,
  title     = {{Med-Flamingo}: a Multimodal Medical Few-shot Learner --- 100% open},
  author    = {Moor, Michael and Silva-Rodr{\'\i}guez, Julio and {The {OpenAI} Team} and Ludwig van Beethoven and Davis, Jr., Sammy},
  booktitle = "Machine Learning for Health",
  month     = dec,
  year      = 2023,
  pages     = {353--367},
  eprint    = {2307.15189}, archivePrefix = {arXiv},
  url       = {https://proceedings.mlr.press/v225/moor23a.html},
  doi       = {https://doi.org/10.1000/182\_3},
}""")

    facts = item.facts
    assert facts is not None
    assert (item.line, item.key, item.problems) == (3, "moor2023", ())
    assert facts.title == "Med-Flamingo: a Multimodal Medical Few-shot Learner — 100% open"
    assert facts.authors == (
        "Michael Moor",
        "Julio Silva-Rodríguez",
        "{The OpenAI Team}",
        "Ludwig van Beethoven",
        "Davis, Jr., Sammy",
    )
    assert (facts.year, facts.appeared_in) == (2023, ("Machine Learning for Health",))
    assert (facts.arxiv, facts.doi) == ("2307.15189", "10.1000/182_3")
    assert facts.links == {"paper": "https://proceedings.mlr.press/v225/moor23a.html"}


@pytest.mark.parametrize(
    ("fields", "arxiv", "doi"),
    [
        ("journal={arXiv preprint arXiv:2307.15189}", "2307.15189", None),
        ("doi={10.48550/arXiv.2307.15189}", "2307.15189", None),
        ("url={https://arxiv.org/abs/2307.15189v2}", "2307.15189v2", None),
        ("url={https://doi.org/10.1000/x}", None, "10.1000/x"),
        ("eprint={2307.15189}, eprinttype={arxiv}", "2307.15189", None),
        ("eprint={37561234}, eprinttype={pubmed}", None, None),
        ("eprint={https://example.org/x.pdf}", None, None),
    ],
)
def test_identifiers_are_found_where_they_stand(
    fields: str, arxiv: str | None, doi: str | None
) -> None:
    facts = only(f"@misc{{a, title={{T}}, {fields}}}").facts

    assert facts is not None
    assert (facts.arxiv, facts.doi) == (arxiv, doi)


def test_macros_are_resolved() -> None:
    facts = only('@string{nips = "NeurIPS"} @misc{a, title={T}, booktitle=NIPS}').facts

    assert facts is not None
    assert facts.appeared_in == ("NeurIPS",)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("@misc{a, title={Un{balanced, year=2020}", "count its braces"),
        ("@misc{a, title={Extra } brace}, year=2021}", "fields would be lost"),
        ("@misc{a, title={x}, title={y}}", "written twice: title"),
        ("@misc{a, title={x}, booktitle=nope}", "booktitle is neither quoted nor defined"),
        ('@misc{a, title="a" # " b"}', "title is joined with '#'"),
        ("@misc{a, title={x}, crossref={b}}", "crossref"),
        ("@misc{a, year={2020}}", "no title"),
        ("@misc{a, title={{}}}", "no title"),
        ("@misc{a, title={x}, author={A B and others}}", "'others'"),
        ("@misc{a, title={x}, author={A, B, C, D}}", "too many commas"),
        ("@misc{a, title={x}, year={in press}}", "year 'in press'"),
        ("@misc{a, title={x}, doi={doi pending}}", "not a DOI"),
        (f"@misc{{a, title={'{' * 3000}x{'}' * 3000}}}", "nested too deeply"),
    ],
)
def test_what_would_lose_something_is_refused_with_line_and_reason(entry: str, reason: str) -> None:
    good = "@misc{good, title={Good}}"
    items = items_of(f"{good}\n{entry}\n")

    assert items[0].facts
    bad = items[1]
    assert (bad.line, bad.key, bad.facts, len(items)) == (2, "a", None, 2)
    assert reason in bad.problems[0]


def test_a_second_entry_of_one_key_is_not_lost() -> None:
    first, second = items_of("@misc{a, title={x}}\n@misc{a, title={y}}")

    assert first.facts
    assert (second.line, second.facts) == (2, None)
    assert "second entry 'a'" in second.problems[0]


def test_text_outside_of_entries_is_named_and_comments_are_not() -> None:
    items = items_of(
        '@comment{x}\n@preamble{"\\input{/etc/passwd}"}\njunk = {x}\n@misc{a, title={T}}'
    )

    assert [(item.line, bool(item.facts)) for item in items] == [(3, False), (4, True)]


def test_an_unknown_macro_is_remarked_on() -> None:
    item = only(r"@misc{a, title={On \textit{x} and \mystery{y}}}")

    assert item.facts
    assert item.facts.title == "On x and y"
    assert item.facts.remarks == ("title: \\mystery is not known and was left out; look at it",)


@pytest.mark.parametrize(
    "text", ["{" * 20_000, "@" * 100_000, "@misc{a,title={" + "{" * 5_000, "\x00"]
)
def test_no_input_is_too_strange(text: str) -> None:
    for item in items_of(text):
        assert item.facts or item.problems


@given(st.text(st.sampled_from('@misc{},="# \n\\abtitle%$&'), max_size=80))
@settings(max_examples=300, deadline=None)
def test_every_entry_is_taken_or_named(text: str) -> None:
    for item in items_of(text):
        assert item.line >= 1
        assert item.facts or item.problems


def test_our_own_export_comes_back(real: Catalog) -> None:
    for record in real.records:
        item = only(bibtex_entry(record, real))
        assert item.facts, (record.id, item.problems)
        assert item.facts.title == record.title
        assert [a.display for a in item.facts.authors] == [a.display for a in record.authors]
        assert item.facts.year == record.year
