"""Identifiers and addresses: many spellings in, one out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vlm_survey import ArxivId, Doi, InvalidValueError, Slug, Url
from vlm_survey.model.identifiers import arxiv_id_in, doi_in

ONE_ARXIV_ID = [
    "2303.00910",
    "arXiv:2303.00910",
    "https://arxiv.org/abs/2303.00910",
    "http://www.arxiv.org/pdf/2303.00910",
    "https://arxiv.org/pdf/2303.00910.pdf",
    "https://export.arxiv.org/abs/2303.00910",
    "https://ar5iv.org/abs/2303.00910",
    "https://ar5iv.labs.arxiv.org/html/2303.00910",
    "https://www.alphaxiv.org/abs/2303.00910",
    "10.48550/arXiv.2303.00910",
    "https://doi.org/10.48550/arXiv.2303.00910",
    "https://arxiv.org/abs/2303.00910?context=cs.CV",
    "arXiv:2303.00910 [cs.CV]",
    "2303.00910  [eess.IV]",
]


@pytest.mark.parametrize("text", ONE_ARXIV_ID)
def test_one_paper_has_one_arxiv_id(text: str) -> None:
    assert ArxivId.parse(text) == "2303.00910"


ARXIV_IDS = [
    ("2303.00910v2", "2303.00910", 2023),
    ("0704.0001", "0704.0001", 2007),
    ("hep-th/9901001v3", "hep-th/9901001", 1999),
    ("math.GT/0309136", "math.gt/0309136", 2003),
]


@pytest.mark.parametrize(("text", "key", "year"), ARXIV_IDS)
def test_an_arxiv_id_knows_its_key_and_year(text: str, key: str, year: int) -> None:
    arxiv = ArxivId.parse(text)

    assert arxiv == text
    assert (arxiv.key, arxiv.year) == (key, year)


NO_ARXIV_IDS = ["", "2303.910", "2313.00910", "303.00910", "abs/2303.00910x", "v2"]


@pytest.mark.parametrize("text", NO_ARXIV_IDS)
def test_what_is_no_arxiv_id_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        ArxivId.parse(text)


ONE_DOI = [
    "10.1038/s41467-023-40260-7",
    "doi:10.1038/s41467-023-40260-7",
    "https://doi.org/10.1038/s41467-023-40260-7",
    "http://dx.doi.org/10.1038/s41467-023-40260-7",
    "https://doi.org/10.1038%2Fs41467-023-40260-7",
    "10.1038/s41467-023-40260-7.",
    "10.1038/s41467-023-40260-7/",
    "10.1038/s41467-023-40260-7?via=ihub",
    "https://www.doi.org/10.1038/s41467-023-40260-7",
    "https://doi.org/10.1038/s41467-023-40260-7/?utm_source=mail&x=%2F",
    "https://doi.org/10.1038/s41467-023-40260-7#abstract",
]


@pytest.mark.parametrize("text", ONE_DOI)
def test_one_paper_has_one_doi(text: str) -> None:
    assert Doi.parse(text) == "10.1038/s41467-023-40260-7"


def test_dois_are_compared_without_case_and_printed_with_it() -> None:
    upper, lower = (
        Doi.parse("10.1016/J.MEDIA.2024.103357"),
        Doi.parse("10.1016/j.media.2024.103357"),
    )

    assert upper.key == lower.key
    assert str(upper) == "10.1016/J.MEDIA.2024.103357"


def test_the_address_of_an_old_doi_is_escaped() -> None:
    doi = Doi.parse("10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2")

    assert "<" not in doi.url
    assert Url.parse(doi.url) == doi.url


def test_signs_of_a_doi_that_are_escaped_in_its_address_are_its_own() -> None:
    doi = Doi.parse("10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-#")

    assert Doi.parse(doi.url) == doi


DOI_ADDRESSES = [
    (
        "https://link.springer.com/chapter/10.1007/978-3-031-72761-0_4",
        "10.1007/978-3-031-72761-0_4",
    ),
    (
        "https://link.springer.com/content/pdf/10.1007/s11604-024-01633-0.pdf?pdf=x",
        "10.1007/s11604-024-01633-0",
    ),
    ("https://pubs.rsna.org/doi/pdf/10.1148/radiol.240273", "10.1148/radiol.240273"),
    ("https://onlinelibrary.wiley.com/doi/full/10.1155/2024/6680546", "10.1155/2024/6680546"),
    (
        "https://www.frontiersin.org/journals/medicine/articles/10.3389/fmed.2023.1231436/full",
        "10.3389/fmed.2023.1231436",
    ),
    ("https://www.nature.com/articles/s41467-023-40260-7.pdf", "10.1038/s41467-023-40260-7"),
    ("https://dl.acm.org/doi/10.1145/3581783.3612345", "10.1145/3581783.3612345"),
    (
        "https://www.medrxiv.org/content/10.1101/2023.06.07.23291119v2",
        "10.1101/2023.06.07.23291119",
    ),
    (
        "https://www.biorxiv.org/content/10.1101/2023.06.07.544000v1.full.pdf",
        "10.1101/2023.06.07.544000",
    ),
    ("https://biorxiv.org/content/10.1101/544000v12.full-text", "10.1101/544000"),
    ("https://www.biorxiv.org/content/10.1101/544000", "10.1101/544000"),
    ("https://dl.acm.org/doi/10.1145/3581783v1", "10.1145/3581783v1"),
    ("https://notbiorxiv.org/content/10.1101/544000v1", "10.1101/544000v1"),
    ("https://www.doi.org/10.1101/544000?via=ihub", "10.1101/544000"),
    ("https://arxiv.org/abs/2303.00910", None),
    ("https://example.org/10.1000", None),
]


@pytest.mark.parametrize(("url", "doi"), DOI_ADDRESSES)
def test_the_doi_in_a_publishers_address(url: str, doi: str | None) -> None:
    assert doi_in(url) == doi


def test_only_addresses_at_arxiv_hold_an_arxiv_id() -> None:
    assert arxiv_id_in("https://arxiv.org/pdf/2303.00910v2") == "2303.00910v2"
    assert arxiv_id_in("https://example.org/pdf/2303.00910") is None
    assert arxiv_id_in("2303.00910") is None


@given(
    st.from_regex(Slug.PATTERN.strip("^$"), fullmatch=True).filter(lambda text: len(text) <= 100)
)
def test_an_id_is_its_own_canonical_form(text: str) -> None:
    assert Slug.parse(text) == text


@given(st.text(max_size=120))
def test_nothing_but_ids_is_an_id(text: str) -> None:
    try:
        slug = Slug.parse(text)
    except InvalidValueError:
        return
    assert slug.isascii() and slug == slug.lower() and not slug.startswith("-")


@given(
    st.lists(
        st.sampled_from(["id=1", "utm_source=a", "fbclid=b", "q=a%20b", "", "pdf=inline%20link"])
    )
)
def test_tidying_an_address_twice_changes_nothing(pieces: list[str]) -> None:
    url = Url.parse("http://arxiv.org/abs/1?" + "&".join(pieces))
    tidy = url.tidied()

    assert tidy.startswith("https://")
    assert tidy.tidied() == tidy
    assert [piece for piece in pieces if piece in ("id=1", "q=a%20b")] == [
        piece for piece in tidy.partition("?")[2].split("&") if piece
    ]
