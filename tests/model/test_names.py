"""Names of authors, in BibTeX's syntax."""

import pytest
from bibtexparser.middlewares.names import parse_single_name_into_parts
from hypothesis import given
from hypothesis import strategies as st

from vlm_survey import InvalidValueError, PersonName

NAMES = [
    ("Ada Lovelace", "Ada Lovelace", "Lovelace"),
    ("Lovelace, Ada", "Ada Lovelace", "Lovelace"),
    ("Ludwig van Beethoven", "Ludwig van Beethoven", "van Beethoven"),
    ("van der Waals, Johannes", "Johannes van der Waals", "van der Waals"),
    ("King, Jr, Martin Luther", "Martin Luther King, Jr", "King"),
    ("{OpenAI}", "OpenAI", "OpenAI"),
    ("{Johnson & Johnson}", "Johnson & Johnson", "Johnson & Johnson"),
    ("Ana {Gil; Vidal}", "Ana Gil; Vidal", "Gil; Vidal"),
    ("{Llama Team, AI @ Meta}", "Llama Team, AI @ Meta", "Llama Team, AI @ Meta"),
    (
        "{Research and Development Group}",
        "Research and Development Group",
        "Research and Development Group",
    ),
    ("{The {GPT} Team}", "The GPT Team", "The GPT Team"),
    ("{Jean} {Silva Rodríguez}", "Jean Silva Rodríguez", "Silva Rodríguez"),
    ("María {de la Cruz}", "María de la Cruz", "de la Cruz"),
    ("Xin Li", "Xin Li", "Li"),
    ("Suharto", "Suharto", "Suharto"),
    ("李明", "李明", "李明"),
]


@pytest.mark.parametrize(("text", "display", "family"), NAMES)
def test_a_name_is_shown_and_sorted(text: str, display: str, family: str) -> None:
    name = PersonName.parse(text)

    assert (name.display, name.family) == (display, family)


NO_NAMES = [
    "",
    " Ada",
    "Ada Lovelace and Alan Turing",
    "A. Lovelace & A. Turing",
    "Lovelace, A. &Turing, A.",
    "A. Lovelace; A. Turing",
    "- A. Lovelace",
    "• A. Lovelace",
    "et al.",
    "Ada et al",
    "others",
    "A, B, C, D",
    "{Open",
    "Open}",
    "A}{B",
    "Ada,",
    "Ada\\",
    "x" * 201,
]


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_is_no_single_name_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        PersonName.parse(text)

    assert caught.value.fix


SEVERAL = [
    ("A. Lovelace, A. Turing", True),
    ("A.Lovelace, A.Turing", True),
    ("Ada Lovelace, Alan Turing", True),
    ("Lovelace, Turing, Hopper", True),
    ("J. Smith, Jr.", True),  # Its right order is Smith, Jr., J.
    ("Ada Lovelace", False),
    ("Lovelace, Ada", False),
    ("Silva Rodríguez, Julio", False),
    ("García Márquez, G.", False),
    ("Márquez, Gabriel José", False),
    ("van der Waals, Johannes Diderik", False),
    ("{García Márquez}, Gabriel José", False),
    ("King, Jr., Martin Luther", False),
    ("Gates, III, William Henry", False),
    ("{Llama Team, AI @ Meta}", False),
    ("Anna {Smith, Ltd, Sons}", False),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_commas_between_people_are_noticed(text: str, expected: bool) -> None:
    assert PersonName.parse(text).seems_several == expected


@given(st.text(max_size=80))
def test_every_accepted_name_can_be_shown(text: str) -> None:
    try:
        name = PersonName.parse(text)
    except InvalidValueError:
        return
    assert isinstance(name.display, str) and isinstance(name.family, str)


_WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["de", "la", "von", "O'Neil", "J.", "J.-P.", "{Team}", "Jr", "É", "x", "II"]
        ),
        st.text(st.sampled_from("ABab.'-,{}~ é"), min_size=1, max_size=5),
    ),
    min_size=1,
    max_size=5,
)


@given(_WORDS)
def test_the_short_way_leads_where_the_long_one_does(words: list[str]) -> None:
    try:
        name = PersonName.parse(" ".join(words))
    except InvalidValueError:
        return
    assert name.parts == parse_single_name_into_parts(name, strict=False)
