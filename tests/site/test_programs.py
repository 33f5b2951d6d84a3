"""What programs find on the site: citations in pages, JSON-LD, the API, files, descriptions."""

import hashlib
import html
import html.parser
import json
import re
import urllib.parse
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cmarkgfm
import extruct
import feedparser
import jsonschema
import pytest

from tests.conftest import REPOSITORY
from tests.hostile import SETTINGS, hostile_catalog
from tests.site.conftest import HOSTED_AT
from vlm_survey import Catalog, PersonName, Record
from vlm_survey.exports.coins import coins
from vlm_survey.exports.registry import all_exports, text_exports
from vlm_survey.model.taxonomy import VenueType
from vlm_survey.urls import record_url, term_url

EXAMPLES = {
    "conference paper": ("adaclip", "citation_conference_title", VenueType.CONFERENCE),
    "journal article": ("biomedclip", "citation_journal_title", VenueType.JOURNAL),
    "preprint": ("gpt-4", "citation_publisher", VenueType.PREPRINT),
}


class Metas(html.parser.HTMLParser):
    """Meta tags by name, in order, and titles of COinS."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, str]] = []
        self.coins: list[dict[str, list[str]]] = []
        self.in_head = True
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "body":
            self.in_head = False
        if tag == "meta" and given.get("name"):
            assert self.in_head
            self.tags.append((str(given["name"]), str(given["content"])))
        if tag == "span" and given.get("class") == "Z3988":
            self.coins.append(urllib.parse.parse_qs(str(given["title"])))

    def all(self, name: str) -> list[str]:
        return [content for tag, content in self.tags if tag == name]


@pytest.mark.parametrize(("record_id", "venue_tag", "kind"), EXAMPLES.values(), ids=EXAMPLES)
def test_reference_managers_find_the_whole_paper(
    record_id: str, venue_tag: str, kind: VenueType, real_site: Path, real: Catalog
) -> None:
    metas = Metas(real_site / "papers" / record_id / "index.html")
    record = real[record_id]
    venue = real.taxonomy.venues[record.venue]  # type: ignore[index]

    assert venue.type is kind
    assert metas.all("citation_title") == [record.title]
    assert metas.all("citation_author") == [author.display for author in record.authors]
    assert metas.all("citation_publication_date") == [str(record.year)]
    assert metas.all(venue_tag) == [venue.name]
    assert metas.all("DC.type") == (["preprint"] if kind is VenueType.PREPRINT else [])
    assert metas.all("citation_doi") == ([record.identifiers.doi] if record.identifiers.doi else [])
    assert metas.all("citation_pdf_url") == ([record.links.pdf] if record.links.pdf else [])


def test_every_record_is_described_to_search_engines(real_site: Path, real: Catalog) -> None:
    for record in real:
        text = (real_site / "papers" / record.id / "index.html").read_text(encoding="utf-8")
        (data,) = extruct.extract(text, syntaxes=["json-ld"])["json-ld"]
        assert data["@type"] == "ScholarlyArticle"
        assert data["name"] == record.title
        names = [author["name"] for author in data.get("author", [])]
        assert names == [author.display for author in record.authors]
        assert data.get("description") == record.summary


def test_hostile_texts_stay_texts_in_heads(hostile_site: Path) -> None:
    pages = sorted((hostile_site / "papers").glob("hostile-*/index.html"))
    assert len(pages) > 20
    for path in pages:
        text = path.read_text(encoding="utf-8")
        (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
        title = json.loads(script)["name"]
        assert Metas(path).all("citation_title") == [title]
        assert not re.search(r"[<>&]", script)


def test_the_data_set_is_described_with_its_files(real_site: Path) -> None:
    text = (real_site / "data" / "index.html").read_text(encoding="utf-8")
    (data,) = extruct.extract(text, syntaxes=["json-ld"])["json-ld"]

    assert data["@type"] == "Dataset"
    assert data["url"] == HOSTED_AT
    assert len(data["distribution"]) == len(all_exports())
    for file in data["distribution"]:
        content = (real_site / file["contentUrl"].removeprefix(HOSTED_AT)).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["contentSize"] == f"{len(content)} B"
        assert file["sha256"] in text
        sums = (real_site / "data" / "SHA256SUMS").read_text()
        assert f"{file['sha256']}  {Path(file['contentUrl']).name}\n" in sums


def test_lists_hold_their_papers_for_reference_managers(real_site: Path, real: Catalog) -> None:
    page = Metas(real_site / "terms" / "task" / "registration" / "index.html")
    tagged = [record for record in real if "registration" in (record.terms("task") or ())]

    assert {found["rft.atitle"][0] for found in page.coins} == {r.title for r in tagged}
    for found in page.coins:
        (record,) = (r for r in tagged if r.title == found["rft.atitle"][0])
        assert found.get("rft.au", []) == [author.display for author in record.authors]
        assert found["rft.genre"][0] in ("article", "proceeding", "preprint", "unknown")


def test_a_list_names_a_paper_s_first_authors(small: Catalog) -> None:
    """Each of thousands of authors has a list in which the paper stands."""
    many = tuple(PersonName.parse(f"Author {number}") for number in range(3000))
    record = small["clip"].model_copy(update={"authors": many})

    found = urllib.parse.parse_qs(coins(record, small))

    assert found["rft.au"] == [f"Author {number}" for number in range(100)]


def test_each_term_can_be_taken_away_in_every_form_of_text(real_site: Path, real: Catalog) -> None:
    folder = real_site / "terms" / "task" / "registration"
    page = (folder / "index.html").read_text(encoding="utf-8")
    tagged = [record for record in real if "registration" in (record.terms("task") or ())]

    forms = text_exports()
    assert len(forms) >= 6
    for form in forms:
        text = (folder / f"papers{form.suffix}").read_text(encoding="utf-8")
        assert all(record.id in text for record in tagged), form.name
        assert f'papers{form.suffix}" download' in page


# --- the API


@pytest.fixture(scope="session")
def api(real_site: Path) -> Path:
    return real_site / "api" / "v1"


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def schema_for(api: Path, path: str) -> dict[str, Any]:
    """The schema that the description promises for a document's path."""
    described = read(api / "openapi.json")
    answer = described["paths"][path]["get"]["responses"]["200"]
    schema = answer["content"]["application/json"]["schema"]
    return {**schema, "components": described["components"]}


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/catalog.json", "catalog.json"),
        ("/records.json", "records.json"),
        ("/records/{id}.json", "records/*.json"),
        ("/facets.json", "facets.json"),
        ("/terms/{facet}/{term}.json", "terms/*/*.json"),
    ],
)
@pytest.mark.parametrize("site", ["real_site", "small_site", "hostile_site"])
def test_every_document_is_what_the_description_promises(
    path: str, pattern: str, site: str, request: pytest.FixtureRequest
) -> None:
    root: Path = request.getfixturevalue(site) / "api" / "v1"
    validator = jsonschema.Draft202012Validator(schema_for(root, path))
    found = sorted(root.glob(pattern))

    assert found
    for document in found:
        assert list(validator.iter_errors(read(document))) == [], document


def test_the_description_is_openapi(api: Path) -> None:
    described = read(api / "openapi.json")

    assert described["openapi"] == "3.1.0"
    assert {"title", "version"} <= set(described["info"])
    for path, item in described["paths"].items():
        named = set(re.findall(r"\{(\w+)\}", path))
        assert {p["name"] for p in item["get"].get("parameters", [])} == named
        assert all(p["required"] is True for p in item["get"].get("parameters", []))
        assert item["get"]["operationId"]
        assert item["get"]["summary"]
    for schema in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    known = set(described["components"]["schemas"])
    text = json.dumps(described)
    assert set(re.findall(r'"#/components/schemas/(\w+)"', text)) <= known


def test_the_documents_lead_from_one_to_the_next(api: Path, real: Catalog) -> None:
    start = read(api / "catalog.json")
    records = read(api / start["documents"]["records"])["records"]
    facets = read(api / start["documents"]["facets"])["facets"]

    assert start["records"] == len(records) == len(real)
    for entry in records:
        document = read(api / start["documents"]["record"].format(id=entry["id"]))
        assert document["title"] == real[entry["id"]].title == entry["title"]
        assert document["page"] == entry["page"] == f"{HOSTED_AT}papers/{entry['id']}/"
        fields = {key: value for key, value in document.items() if key in Record.model_fields}
        assert Record.model_validate(fields) == real[entry["id"]]
    for facet in facets:
        for term in facet["terms"]:
            path = start["documents"]["term"].format(facet=facet["id"], term=term["id"])
            assert len(read(api / path)["records"]) == term["count"]


def test_what_is_no_more_says_so(small_site: Path) -> None:
    api = small_site / "api" / "v1"

    assert read(api / "records" / "contrastive-pretraining.json")["now"] == "clip"
    assert "now" not in read(api / "records" / "not-a-paper.json")
    old, now = (api / "terms" / "task" / f"{n}.json" for n in ("question-answering", "vqa"))
    assert read(old) == read(now)
    assert read(now)["id"] == "vqa"


def test_every_document_is_on_the_page_about_them(api: Path) -> None:
    page = (REPOSITORY / "docs" / "api.md").read_text(encoding="utf-8")
    paths = [*read(api / "openapi.json")["paths"], "/openapi.json"]

    for path in paths:
        assert f"| `api/v1{path}` |" in page
    for address, query in re.findall(r'"\$SITE/api/v1/(\S+)" \| jq -r \'(.+)\'', page):
        document = read(api / address)
        for names in re.findall(r"\.(\w+(?:\.\w+)*)", query):
            value = document
            for name in names.split("."):
                value = value[name]
            assert value


# --- at the root


def test_browsers_can_offer_the_search(real_site: Path) -> None:
    root = ElementTree.parse(real_site / "opensearch.xml").getroot()
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    url = root.find(f"{name}Url")

    assert 0 < len(str(root.findtext(f"{name}ShortName"))) <= 16
    assert url is not None
    assert url.get("template") == f"{HOSTED_AT}browse/?q={{searchTerms}}"
    home = (real_site / "index.html").read_text(encoding="utf-8")
    assert 'type="application/opensearchdescription+xml"' in home


def test_language_models_find_their_guide(real_site: Path, real: Catalog) -> None:
    text = (real_site / "llms.txt").read_text(encoding="utf-8")

    assert text.startswith("# Vision-Language Models")
    assert f"{len(real)} records" in text
    for address in re.findall(r"\]\((https://[^)]+)\)", text):
        path = real_site / address.removeprefix(HOSTED_AT)
        assert path.is_file() or (path / "index.html").is_file(), address


def test_the_sitemap_says_when_a_record_changed(real_site: Path, real: Catalog) -> None:
    text = (real_site / "sitemap.xml").read_text(encoding="utf-8")
    dated = dict(re.findall(r"<loc>([^<]+)</loc><lastmod>([\d-]+)</lastmod>", text))

    assert set(dated) == {f"{HOSTED_AT}papers/{record.id}/" for record in real}
    for record in real:
        assert dated[f"{HOSTED_AT}papers/{record.id}/"] >= record.added.isoformat()


def test_deposits_say_what_the_citation_says() -> None:
    deposit = read(REPOSITORY / ".zenodo.json")
    citation = (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")

    assert f'title: "{deposit["title"]}"' in citation
    assert f"- name: {deposit['creators'][0]['name']}" in citation
    assert f"license: {deposit['license'].upper()}" in citation


# --- hostile texts, read back


def test_hostile_texts_are_read_back_from_pages(hostile_site: Path) -> None:
    """From JSON-LD, citation tags and COinS, for every record just what it says."""
    catalog = hostile_catalog()
    venues = catalog.taxonomy.venues
    for record in catalog:
        path = hostile_site / record_url(record.id) / "index.html"
        (data,) = extruct.extract(path.read_text(encoding="utf-8"), syntaxes=["json-ld"])["json-ld"]
        metas = Metas(path)
        names = [author.display for author in record.authors]

        assert data["name"] == record.title
        assert [author["name"] for author in data["author"]] == names
        assert data["description"] == record.summary
        assert metas.all("citation_title") == [record.title]
        assert metas.all("description") == [record.summary]
        assert venues[record.venue].name in {  # type: ignore[index]
            value
            for name in ("citation_journal_title", "citation_conference_title", "citation_publisher", "citation_technical_report_institution")
            for value in metas.all(name)
        }  # fmt: skip
    for term in catalog.taxonomy.facets["task"].terms:
        page = Metas(hostile_site / term_url("task", term) / "index.html")
        tagged = {r.title: r for r in catalog if term in (r.terms("task") or ())}
        assert {found["rft.atitle"][0] for found in page.coins} == set(tagged)
        for found in page.coins:
            record = tagged[found["rft.atitle"][0]]
            assert found["rft.au"] == [author.display for author in record.authors]
            assert found["rft.jtitle"] == [venues[record.venue].name]  # type: ignore[index]


def test_hostile_texts_are_read_back_from_documents(hostile_site: Path) -> None:
    """From the API, feeds, the description of the search and the guide for language models."""
    catalog = hostile_catalog()
    titles = {record.title for record in catalog}
    site_name = SETTINGS["site_name"]
    for record in catalog:
        document = read(hostile_site / "api" / "v1" / "records" / f"{record.id}.json")
        fields = {key: value for key, value in document.items() if key in Record.model_fields}
        assert Record.model_validate(fields) == record
    for path in hostile_site.rglob("feed.xml"):
        root = ElementTree.parse(path).getroot()
        atom = "{http://www.w3.org/2005/Atom}"
        named = [entry.findtext(f"{atom}title") for entry in root.iter(f"{atom}entry")]
        read_by_reader = [entry.title for entry in feedparser.parse(str(path), sanitize_html=False).entries]  # fmt: skip
        assert read_by_reader == [" ".join((name or "").split(" ")) for name in named]
        assert site_name in (root.findtext(f"{atom}title") or "")
    everything = ElementTree.parse(hostile_site / "feed.xml").getroot()
    told = {entry.findtext(f"{atom}title") for entry in everything.iter(f"{atom}entry")}
    assert len(told & titles) > 40
    search = ElementTree.parse(hostile_site / "opensearch.xml").getroot()
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert search.findtext(f"{name}LongName") == site_name[:48]
    assert search.findtext(f"{name}Description") == SETTINGS["site_description"]
    guide = cmarkgfm.github_flavored_markdown_to_html(
        (hostile_site / "llms.txt").read_text("utf-8")
    )
    shown = html.unescape(re.sub(r"<[^>]*>", "", guide))
    assert site_name in shown
    for field in catalog.taxonomy.vocabulary.values():
        for term in field.terms.values():
            assert f"{field.name}: {term.name}: {term.definition} " in shown
