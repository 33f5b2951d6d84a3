"""BibTeX files: every entry is taken over whole, or named with its line and the reason."""

import sys
from types import FrameType

import pytest

from vlm_survey import Catalog, PersonName
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


@pytest.mark.parametrize(
    ("fields", "doi", "paper"),
    [
        (r"url={https://doi.org/10.1007/978-0\_7}", "10.1007/978-0_7", None),
        (r"doi={10.1007/978-0{\_}9}", "10.1007/978-0_9", None),
        (r"doi={10.1002/15\%2F1&lt;16::AID-X&gt;3.0}", "10.1002/15%2F1<16::AID-X>3.0", None),
        (r"url={\url{https://doi.org/10.1000/x}}", "10.1000/x", None),
        (r"url={\url{https://example.org/x}}", None, "https://example.org/x"),
        (r"url={https://example.org/a\_b\%20c{\&}d\#e}", None, "https://example.org/a_b%20c&d#e"),
        (r"url={https://example.org/?a=1&amp;b=2}", None, "https://example.org/?a=1&b=2"),
        (r"url={https://example.org/\~{}ada}", None, "https://example.org/~ada"),
        (r"url={https://example.org/\mystery}", None, None),
    ],
)
def test_addresses_are_read_as_tex_prints_them(
    fields: str, doi: str | None, paper: str | None
) -> None:
    facts = only(f"@misc{{a, title={{T}}, {fields}}}").facts

    assert facts is not None
    assert (facts.doi, facts.links.get("paper")) == (doi, paper)
    assert (doi or paper) or "the link paper was ignored" in facts.remarks[0]


def test_tex_that_is_nested_too_deeply_is_refused() -> None:
    (item,) = items_of(f"@misc{{a, title={'{' * 3000}x{'}' * 3000}}}")

    assert item.facts is None
    assert "deeply nested" in item.problems[0]


def test_a_file_of_thousands_of_entries_takes_work_by_their_number() -> None:
    """Not by its square: ten times the entries take ten times the calls, not a hundred times."""
    few, many = (_calls(count) for count in (500, 5_000))

    assert many < 11 * few


def _calls(count: int) -> int:
    """How often a function is called, of ours or of Python's, until a file is read."""
    text = "".join(f"@misc{{a{number}, year={{2020}}}}\n" for number in range(count))
    called = 0

    def note(_frame: FrameType, event: str, _given: object) -> None:
        nonlocal called
        called += event.endswith("call")

    sys.setprofile(note)
    try:
        assert len(items_of(text)) == count
    finally:
        sys.setprofile(None)
    return called


def _parts(author: PersonName) -> tuple[str, str, bool]:
    """The name, however it is written."""
    return author.display, author.family, author.is_group


def test_our_own_export_comes_back(real: Catalog) -> None:
    for record in real.records:
        item = only(bibtex_entry(record, real))
        assert item.facts, (record.id, item.problems)
        assert item.facts.title == record.title
        assert [_parts(a) for a in item.facts.authors] == [_parts(a) for a in record.authors]
        assert item.facts.year == record.year
