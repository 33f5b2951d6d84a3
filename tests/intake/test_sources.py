"""What the sources say, read: DOIs, arXiv, and the two together."""

import json
from typing import Any

import pytest

from tests.intake.conftest import ANSWERS, ATOM, CSL, Network
from vlm_survey.errors import InvalidValueError
from vlm_survey.intake.address import identifier_in
from vlm_survey.intake.arxiv import facts_from_atom
from vlm_survey.intake.csl import facts_from_csl
from vlm_survey.intake.lookup import look_up
from vlm_survey.intake.web import FetchError, NothingThereError, Web
from vlm_survey.model.identifiers import ArxivId, Doi

ARTICLE = Doi("10.1007/978-3-031-72761-9_99")
PREPRINT = ArxivId("2407.99999")
PREPRINT_DOI = "10.48550/arXiv.2407.99999"
TITLE = "PromptLens: Learned Prompts for Zero-Shot Anomaly Detection in CT & MRI"


def csl(**fields: Any) -> dict[str, Any]:
    return {"DOI": "10.1000/x", "title": "A Title", **fields}


def test_an_article_by_its_doi(network: Network, web: Web) -> None:
    network.knows(ARTICLE, "article")
    network.has_preprint(PREPRINT, "preprint")

    facts = look_up(web, ARTICLE)

    assert facts.title == TITLE
    assert facts.authors == (
        "Silva Rodríguez, Julio",
        "Ludwig van Dyk",
        "Davis, Jr., Sammy",
        "{The Prompt Consortium}",
    )
    assert facts.year == 2025  # In print, not online.
    assert (facts.doi, facts.arxiv) == (ARTICLE, PREPRINT)
    assert facts.sources == (
        "https://doi.org/10.1007/978-3-031-72761-9_99",
        "https://arxiv.org/abs/2407.99999",
    )
    assert facts.links == {"paper": "https://link.springer.com/10.1007/978-3-031-72761-9_99"}
    assert 'the preprint is titled "PromptLens: Learned Prompts for Anomaly Detection"' in (
        facts.remarks
    )


def test_a_preprint_leads_to_its_article(network: Network, web: Web) -> None:
    network.knows(PREPRINT_DOI, "preprint-doi")
    network.has_preprint(PREPRINT, "preprint")
    network.knows(ARTICLE, "article")

    by_arxiv = look_up(web, PREPRINT)

    assert (by_arxiv.title, by_arxiv.doi, by_arxiv.arxiv) == (TITLE, ARTICLE, PREPRINT)
    assert by_arxiv.year == 2025
    assert by_arxiv.abstract.startswith("We fine-tune nothing. Learned prompts")


def test_a_preprint_alone(network: Network, web: Web) -> None:
    network.knows(PREPRINT_DOI, "preprint-doi")
    network.has_preprint(PREPRINT, "preprint")

    facts = look_up(web, PREPRINT)  # The article's DOI is not registered.

    assert facts.title == "PromptLens: Learned Prompts for Anomaly Detection"
    assert facts.authors[0] == "Silva Rodríguez, Julio"  # As the DOI tells the names apart.
    assert (facts.doi, facts.arxiv, facts.year) == (None, PREPRINT, 2024)
    assert facts.appeared_in == ("arXiv",)
    assert any("arXiv lists a DOI, but the DOI" in r for r in facts.remarks)


def test_without_arxiv_the_preprint_s_doi_serves(network: Network, web: Web) -> None:
    network.knows(PREPRINT_DOI, "preprint-doi")
    busy = (429, {"Content-Type": "text/plain"}, b"Rate exceeded.")
    network.says(f"https://export.arxiv.org/api/query?id_list={PREPRINT}&max_results=1", busy)

    facts = look_up(web, PREPRINT)

    assert (facts.arxiv, facts.doi, facts.year) == (PREPRINT, None, 2024)
    assert any("withdrawal and published version were not looked up" in r for r in facts.remarks)


def test_two_works_are_not_joined(network: Network, web: Web) -> None:
    network.has_preprint(PREPRINT, "preprint")
    item = csl(DOI=str(ARTICLE), title="Soil Bacteria of the Northern Steppe")
    body = json.dumps(item).encode()
    network.says(f"https://doi.org/{ARTICLE}", (200, {"Content-Type": CSL}, body))

    with pytest.raises(FetchError, match=r"PromptLens.+Soil Bacteria"):
        look_up(web, PREPRINT)


def test_an_unknown_preprint_is_no_paper_named_error(network: Network, web: Web) -> None:
    network.has_preprint(PREPRINT, "error")

    with pytest.raises(NothingThereError, match=r"arXiv has no entry 2407\.99999"):
        look_up(web, PREPRINT)


def test_a_withdrawn_preprint_says_so() -> None:
    facts = facts_from_atom((ANSWERS / "withdrawn.xml").read_bytes(), ArxivId("2401.00001v1"))

    assert facts.standing == "Its authors withdrew it from arXiv."
    assert facts.arxiv == "2401.00001v1"


def atom(abstract: str = "We show.", comment: str = "", author: str = "Ann Able") -> bytes:
    """What arXiv says of `PREPRINT`."""
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
        <entry><id>http://arxiv.org/abs/{PREPRINT}v2</id><title>A Title</title>
        <summary>{abstract}</summary><author><name>{author}</name></author>
        <author><name>Bob Baker</name></author>
        <arxiv:comment>{comment}</arxiv:comment></entry></feed>""".encode()


AUTHORS = "Its authors withdrew it from arXiv."
ARXIV = "arXiv's administrators withdrew it."


@pytest.mark.parametrize(
    ("abstract", "comment", "standing"),
    [
        ("This paper has been withdrawn by the author due to an error.", "", AUTHORS),
        ("This manuscript is withdrawn.", "", AUTHORS),
        ("We show.", "Withdrawn", AUTHORS),
        ("We show.", "Paper withdrawn by the authors from arXiv", AUTHORS),
        ("We show.", "12 pages. This paper has been withdrawn due to a wrong sign", AUTHORS),
        (
            "This submission has been withdrawn by arXiv administrators due to text reuse.",
            "",
            ARXIV,
        ),
        ("We show.", "This submission has been removed by arXiv administrators", ARXIV),
        ("We show.", "Withdrawn from ICLR 2021; published at ICML 2021", ""),
        ("We show.", "This paper was withdrawn by the authors from CVPR", ""),
        ("We show.", "Replaces the withdrawn version of 2020", ""),
        ("This paper was withdrawn from no conference.", "", ""),
        ("We study this: the article is withdrawn by its editor.", "", ""),
    ],
)
def test_only_the_preprint_itself_is_withdrawn(abstract: str, comment: str, standing: str) -> None:
    assert facts_from_atom(atom(abstract, comment), PREPRINT).standing == standing


@pytest.mark.parametrize(
    "author", ["Institute for Health Metrics and Evaluation", "Ann Able et al.", "A, B, C, D E"]
)
def test_an_author_that_is_no_name_is_remarked_on(author: str, network: Network, web: Web) -> None:
    facts = facts_from_atom(atom(author=author), PREPRINT)

    assert facts.authors == ()
    assert "invalid author name" in facts.remarks[0]

    network.knows(PREPRINT_DOI, "preprint-doi")
    url = f"https://export.arxiv.org/api/query?id_list={PREPRINT}&max_results=1"
    network.says(url, (200, {"Content-Type": ATOM}, atom(author=author)))
    assert look_up(web, PREPRINT).authors[0] == "Silva Rodríguez, Julio"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<feed",
        b"Rate exceeded.",
        b'<!DOCTYPE f [<!ENTITY a "b">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>',
        b'<feed xmlns="http://www.w3.org/2005/Atom"/>',
        (ANSWERS / "withdrawn.xml").read_bytes(),  # Of another paper.
    ],
)
def test_an_answer_that_is_not_about_the_preprint_is_refused(body: bytes) -> None:
    with pytest.raises(FetchError):
        facts_from_atom(body, PREPRINT)


@pytest.mark.parametrize(
    ("item", "year"),
    [
        (csl(issued={"date-parts": [[2023, 12, 30]]}), 2023),
        (
            csl(
                issued={"date-parts": [[2023]]},
                **{"journal-issue": {"published-print": {"date-parts": [[2024, 2]]}}},
            ),
            2024,
        ),
        (csl(issued={"date-parts": [["2022"]]}), 2022),
        (csl(issued={"date-parts": [[None]]}), None),
        (csl(issued={"date-parts": []}), None),
        (csl(issued={"raw": "soon"}), None),
        (csl(issued="2024"), None),
        (csl(), None),
    ],
)
def test_the_year_is_that_of_the_issue(item: dict[str, Any], year: int | None) -> None:
    assert facts_from_csl(item, Doi("10.1000/x")).year == year


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"title": None},
        {"title": ["", "  "]},
        {"title": 7},
        csl(DOI="10.1000/another"),
    ],
)
def test_an_item_without_title_or_of_another_doi_is_refused(item: dict[str, Any]) -> None:
    with pytest.raises(FetchError):
        facts_from_csl(item, Doi("10.1000/x"))


def test_whatever_shape_the_fields_have_nothing_breaks() -> None:
    odd: list[Any] = [None, 7, "x", [], [7], {}, {"x": 7}, [[]], [{}], [{"family": 7}]]
    for field in (
        "subtitle", "author", "issued", "container-title", "event", "relation", "resource",
        "abstract", "updated-by", "journal-issue", "publisher",
    ):  # fmt: skip
        for value in odd:
            assert facts_from_csl(csl(**{field: value}), Doi("10.1000/x")).title.startswith("A T")


def test_a_list_of_authors_with_a_hole_is_left_out() -> None:
    authors = [{"given": "Ann", "family": "Able"}, {"given": "x" * 300, "family": "Baker"}]

    facts = facts_from_csl(csl(author=authors), Doi("10.1000/x"))

    assert facts.authors == ()
    assert "invalid author name" in facts.remarks[0]


def test_an_address_that_a_record_cannot_hold_is_named() -> None:
    landing = {"primary": {"URL": "ftp://example.org/x"}}

    facts = facts_from_csl(csl(resource=landing), Doi("10.1000/x"))

    assert facts.links == {}
    assert facts.remarks[0].startswith("the link paper was ignored: 'ftp://example.org")


def test_a_retraction_is_told() -> None:
    for item in (csl(title="RETRACTED: A Title"), csl(**{"updated-by": [{"type": "retraction"}]})):
        facts = facts_from_csl(item, Doi("10.1000/x"))
        assert facts.standing == "Its publisher marks it as retracted."


def test_names_in_capitals_are_remarked_on() -> None:
    facts = facts_from_csl(csl(author=[{"given": "ANN", "family": "AUTHOR"}]), Doi("10.1000/x"))

    assert "capitals" in facts.remarks[0]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("2307.15189", ArxivId("2307.15189")),
        (" https://arxiv.org/pdf/2307.15189v2.pdf ", ArxivId("2307.15189v2")),
        ("10.48550/arXiv.2307.15189", ArxivId("2307.15189")),
        ("https://doi.org/10.1038/s41467-023-40260-7", Doi("10.1038/s41467-023-40260-7")),
        ("https://www.nature.com/articles/s41467-023-40260-7", Doi("10.1038/s41467-023-40260-7")),
        (
            "https://link.springer.com/chapter/10.1007/978-3-031-72086-4_20?foo=1#abs",
            Doi("10.1007/978-3-031-72086-4_20"),
        ),
        ("<10.1000/182>", Doi("10.1000/182")),
        ("10.1000/a<1>", Doi("10.1000/a<1>")),
        ("https://example.org/doi/10.48550/arXiv.2307.15189", ArxivId("2307.15189")),
        ("https://aclanthology.org/2024.acl-long.1/", Doi("10.18653/v1/2024.acl-long.1")),
        ("https://aclanthology.org/2024.acl-long.1.pdf", Doi("10.18653/v1/2024.acl-long.1")),
    ],
)
def test_what_is_pasted_is_understood(text: str, identifier: str) -> None:
    found = identifier_in(text)

    assert (type(found), found) == (type(identifier), identifier)


@pytest.mark.parametrize("text", ["", "Med-Flamingo", "https://example.org/paper", "10.1", "../x"])
def test_what_leads_nowhere_is_refused_with_a_way_out(text: str) -> None:
    with pytest.raises(InvalidValueError, match="--bibtex"):
        identifier_in(text)


def test_the_doi_is_asked_as_it_is_spelled(network: Network, web: Web) -> None:
    doi = Doi("10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#")
    url = "https://doi.org/10.1002/(SICI)1097%3C1%3A%3AAID-X%3E3.0.CO%3B2-%23"
    network.says(url, (200, {"Content-Type": CSL}, json.dumps(csl(DOI=str(doi))).encode()))

    assert look_up(web, doi).doi == doi
    assert network.asked[0].url == url
    assert ATOM not in str(network.asked[0].headers)
