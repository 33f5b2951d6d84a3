"""The page that writes a record: what it says is what the command line says, byte for byte."""

import json
import re
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from playwright.sync_api import expect

from tests.conftest import REPOSITORY, Cli
from tests.hostile import TITLES
from vlm_survey import Catalog, Record
from vlm_survey.layout import record_text, tidied
from vlm_survey.model.url import SECURE_HOSTS, TRACKING, Url
from vlm_survey.schema import record_schema

pytestmark = pytest.mark.browser

TEXTS = [
    *(title for title in TITLES if title.strip() == title),
    "No", "yes", "null", "Null", "~", "1.0", "1_000", "0x1F", "0b11", "017", "12:30:45", "1e5", "2024",
    "2024-01-02", "2024-01-02t10:00:00Z", "3D: yes", "a: b", "a #b", "a#b", "ends:", "'quoted'", "=", "<<",
    'say "x"', "it's", "x" * 99, "ab " * 60 + "end", "日本語のタイトル", "𝔘nicode 😀 letters", "²squared", "_under",
    "y", "N", "on", "Off", "٣ numbers", "12abc", "1.2.3", "+1", "-x", "(a)", "[a]", "{a}", "a, b", "a? b", "%TAG",
]  # fmt: skip


@pytest.fixture
def form(page: Any, small_url: str) -> Any:
    page.goto(f"{small_url}submit/")
    page.wait_for_selector("#submit:not([hidden])", timeout=5000)
    return page


@pytest.fixture
def in_module(form: Any, small_url: str) -> Callable[[str, str, Any], Any]:
    """Call a function of one of the page's modules for each of a list of arguments."""

    def call(module: str, function: str, arguments: Any) -> Any:
        return form.evaluate(
            """async ([address, name, list]) => {
                const module = await import(address);
                return list.map((given) => module[name](...given));
            }""",
            [f"{small_url}assets/submit/{module}.js", function, arguments],
        )

    return call


def data_of(record: Record) -> dict[str, Any]:
    data = record.model_dump(mode="json", exclude_none=True, exclude={"id", "survey"})
    tags = {facet: dict(terms) for facet, terms in record.tags.items()}
    return {**data, "tags": tags}


def test_the_layout_is_that_of_fmt(in_module: Any, real: Catalog) -> None:
    records = [tidied(record).model_copy(update={"survey": ()}) for record in real]
    plain = records[0].model_copy(update={"note": None})
    for text in TEXTS:
        records.append(plain.model_copy(update={"title": text, "summary": text * 3}))
        tags = {"task": {"vqa": text, "segmentation": None}, "modality": {}}
        records.append(plain.model_copy(update={"name": text, "tags": tags}))
    order = list(record_schema(real.taxonomy)["properties"])

    texts = in_module("layout", "recordText", [[data_of(record), order] for record in records])

    for record, text in zip(records, texts, strict=True):
        assert text == record_text(record)


ADDRESSES = [
    "https://example.org", "HTTPS://Example.ORG/Path?A=B", "http://arxiv.org/abs/1", "http://www.nature.com/x",
    "http://notarxiv.org/a", "https://a.org/?utm_source=x", "https://a.org/?a=1&UTM_Medium=x&b=2#c", "https://a.org/p?",
    "https://a.org/p?gclid=1#frag?utm_source=x", "https://a.org/p?pdf=inline%20link", "https://a.org/p?pdf=inline+link&x",
    "https://a.org/?a&&b=%zz", "https://a.org/?a=b=c&utm_=1&utm=2&_hsenc", "https://a.org#x", "https://a.org?x=1", "http://doi.org/10.1/x",
]  # fmt: skip


def test_addresses_are_tidied_as_fmt_does(in_module: Any) -> None:
    good = [address for address in ADDRESSES if "%zz" not in address]
    rules = {"tracking": TRACKING, "secure": list(SECURE_HOSTS)}

    found = in_module("addresses", "tidied", [[address, rules] for address in good])

    assert found == [str(Url.parse(address).tidied()) for address in good]
    assert in_module("addresses", "tidied", [["no address", rules]]) == ["no address"]


def test_what_only_tracks_the_reader_is_left_out(form: Any, folder: Path, cli: Cli) -> None:
    complete(form)
    fill(form, "link-code", "http://github.com/example/lens?utm_source=mail&fbclid=1")
    text = form.locator("#submit-yaml").text_content()

    assert "code: https://github.com/example/lens" in text
    (folder / "papers" / "promptlens.yaml").write_text(text, encoding="utf-8")
    assert cli("check", "papers/promptlens.yaml").returncode == 0


def broken(schema: dict[str, Any]) -> list[Any]:
    good = {"title": "A", "status": "imported", "added": "2026-11-24"}
    return [
        good,
        {**good, "year": 2024},
        {**good, "year": 1800},
        {**good, "year": "soon"},
        {**good, "year": None},
        {**good, "title": ""},
        {**good, "title": "x" * 501},
        {**good, "title": "😀" * 500},
        {**good, "title": 7},
        {**good, "authors": ["A", ""]},
        {**good, "authors": "A"},
        {**good, "authors": ["x"] * 3001},
        {**good, "identifiers": {"arxiv": "2307.15189"}},
        {**good, "identifiers": {"arxiv": "nonsense"}},
        {**good, "identifiers": {"isbn": "1"}},
        {**good, "links": {"code": "https://example.org/x"}},
        {**good, "links": {"code": "javascript:alert(1)"}},
        {**good, "kind": next(iter(schema["properties"]["kind"]["anyOf"][0]["oneOf"]))["const"]},
        {**good, "kind": "poem"},
        {**good, "venue": "nowhere"},
        {**good, "tags": {"task": {"vqa": None}}},
        {**good, "tags": {"task": {"vqa": ""}}},
        {**good, "tags": {"task": {"flying": "x"}}},
        {**good, "tags": {"colour": {}}},
        {**good, "builds_on": ["Not A Slug"]},
        {**good, "__proto__x": 1},
        {**good, "status": "perfect"},
        {**good, "added": "yesterday"},
        {"title": "A"},
        {},
        [],
        None,
    ]


def test_the_schema_is_judged_as_others_judge_it(in_module: Any, small: Catalog) -> None:
    schema = record_schema(small.taxonomy)
    validator = jsonschema.Draft202012Validator(schema)
    values = broken(schema)

    found = in_module("schema", "problems", [[value, schema] for value in values])

    for value, problems in zip(values, found, strict=True):
        assert (problems == []) == validator.is_valid(value), (value, problems)


def test_every_keyword_of_the_schema_is_judged(real: Catalog) -> None:
    """A new keyword in the schema needs its line in schema.js."""
    script = (REPOSITORY / "templates/theme/assets/submit/schema.js").read_text(encoding="utf-8")

    def keywords(schema: Any) -> set[str]:
        if not isinstance(schema, dict):
            return set()
        found = set(schema) - {"$schema", "$defs", "description"}
        parts = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
        parts += [schema.get("items"), schema.get("additionalProperties")]
        parts += [part for key in ("anyOf", "oneOf") for part in schema.get(key, [])]
        return found.union(*(keywords(part) for part in parts))

    for keyword in keywords(record_schema(real.taxonomy)):
        assert re.search(rf"[.\"]{re.escape(keyword)}\b", script), keyword


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("2307.15189", {"arxiv": "2307.15189"}),
        (" https://arxiv.org/abs/2307.15189v2?x#y ", {"arxiv": "2307.15189"}),
        ("https://doi.org/10.1038/s41467-023-40260-7", {"doi": "10.1038/s41467-023-40260-7"}),
        (
            "https://link.springer.com/chapter/10.1007/978-3-031-72086-4_20.pdf",
            {"doi": "10.1007/978-3-031-72086-4_20"},
        ),
        ("Med-Flamingo", None),
        ("https://example.org/%E0%A4%A", None),
        ("", None),
        ("@misc{a, year={2020}}", None),
    ],
)
def test_what_is_pasted_is_understood(text: str, facts: Any, in_module: Any) -> None:
    assert in_module("bibtex", "read", [[text]]) == [facts]


def test_bibtex_is_read_as_people_write_it(in_module: Any) -> None:
    entry = r"""@inproceedings{moor2023,
      title = {{Med-Flamingo}: a {M}ultimodal Learner --- 100\% open},
      author = {Moor, Michael and Silva-Rodr{\'\i}guez, Julio and {The {OpenAI} Team} and van Dyk, Peter
                and {\v{S}}uba, Bj\o rn and Garc\'{i}a L\'opez, Ana and Davis, Jr., Sammy},
      booktitle = "Machine Learning for Health", year = 2023,
      eprint = {2307.15189}, archivePrefix = {arXiv}, doi = {https://doi.org/10.1000/182\_3},
    }"""

    (facts,) = in_module("bibtex", "read", [[entry]])

    assert facts == {
        "title": "Med-Flamingo: a Multimodal Learner — 100% open",
        "authors": [
            "Michael Moor",
            "Julio Silva-Rodríguez",
            "{The OpenAI Team}",
            "Peter van Dyk",
            "Bjørn Šuba",
            "García López, Ana",
            "Davis, Jr., Sammy",
        ],
        "year": "2023",
        "arxiv": "2307.15189",
        "doi": "10.1000/182_3",
        "appearedIn": "Machine Learning for Health",
        "isFirstOfSeveral": False,
    }


def test_a_quoted_value_ends_at_its_quote(in_module: Any) -> None:
    """As the ACL Anthology writes them; braces may hold quotes."""
    entry = r"""@inproceedings{x, author = "M{\"u}ller, Anna and {The "Open" Team}",
      title = "{M}ed{CLIP}: Contrastive {"Learning"} from Images, and Text", year = "2022"}"""

    (facts,) = in_module("bibtex", "read", [[entry]])

    assert facts["title"] == 'MedCLIP: Contrastive "Learning" from Images, and Text'
    assert facts["authors"] == ["Anna Müller", '{The "Open" Team}']
    assert facts["year"] == "2022"


def fill(form: Any, name: str, value: str) -> None:
    form.locator(f"#submit-{name}").fill(value)


def paste(form: Any, text: str) -> None:
    fill(form, "paste", text)
    form.locator("#submit-read").click()


def value(form: Any, name: str) -> str:
    return str(form.locator(f"#submit-{name}").input_value())


@pytest.mark.parametrize(("first", "last"), ["{}", "()"])
def test_of_several_entries_the_first_is_read(first: str, last: str, form: Any) -> None:
    paste(
        form,
        f"@misc{first}a, title={{NetOne}}, year=2024{last}\n"
        f"@misc{first}b, title={{NetTwo}}, doi={{10.1000/two}}{last}",
    )

    assert (value(form, "title"), value(form, "doi")) == ("NetOne", "")
    expect(form.locator("#submit-said")).to_contain_text("from the first entry alone")


def test_an_entry_leaves_nothing_of_the_paper_before_it(form: Any) -> None:
    paste(
        form,
        "@inproceedings{a, title={NewNet: something}, author={Lee, A}, year={2024},"
        " doi={10.1234/abc}, booktitle={European Conference on Computer Vision}}",
    )
    fill(form, "link-paper", "https://example.org/newnet")
    fill(form, "summary", "The reader's own words.")
    paste(form, "@misc{b, title={OtherNet: second paper}, year={2025}, eprint={2501.01234}}")

    bibliography = ("title", "name", "authors", "year", "venue", "doi", "arxiv", "link-paper")
    assert [value(form, name) for name in bibliography] == [
        "OtherNet: second paper", "OtherNet", "", "2025", "", "", "2501.01234", "",
    ]  # fmt: skip
    assert value(form, "summary") == "The reader's own words."

    # An id says nothing of the rest.
    paste(form, "10.1234/other")
    assert (value(form, "title"), value(form, "doi")) == ("OtherNet: second paper", "10.1234/other")


VENUES = [
    {"id": "acl", "name": "Annual Meeting of the Association for Computational Linguistics", "short": "ACL"},
    {"id": "cvpr", "name": "IEEE/CVF Conference on Computer Vision and Pattern Recognition", "short": "CVPR"},
    {"id": "dgm", "name": "MICCAI Workshop on Deep Generative Models", "short": "DGM4MICCAI"},
    {"id": "iclr", "name": "International Conference on Learning Representations", "short": "ICLR"},
    {"id": "medicine", "name": "Medicine", "short": ""},
    {"id": "miccai", "name": "International Conference on Medical Image Computing", "short": "MICCAI"},
    {"id": "ml4h", "name": "Machine Learning for Health Symposium", "short": "ML4H"},
    {"id": "nat-med", "name": "Nature Medicine", "short": "Nat. Med."},
    {"id": "radiology", "name": "Radiology", "short": ""},
]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "venue"),
    [
        ("Radiology", "radiology"),
        ("European Radiology", None),
        ("Radiology: Artificial Intelligence", None),
        ("nature medicine", "nat-med"),
        ("Nat. Med.", "nat-med"),
        ("Medicine (Baltimore)", None),
        ("Oncology, Medicine", None),
        ("CVPR", "cvpr"),
        ("CVPR 2023", "cvpr"),
        ("A CVPR Companion", None),
        ("Computer Vision – CVPR 2023", "cvpr"),
        ("Lecture Notes - MICCAI 2023", "miccai"),
        ("Vision and Patterns, CVPR", "cvpr"),
        ("Vision and Patterns (CVPR 2023)", "cvpr"),
        (
            "Proceedings of the 2023 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)",
            "cvpr",
        ),
        (
            "Proceedings of the 61st Annual Meeting of the Association for Computational Linguistics"
            " (Volume 1: Long Papers)",
            "acl",
        ),
        ("The Twelfth International Conference on Learning Representations", "iclr"),
        ("Thirty-First Machine Learning for Health Symposium", "ml4h"),
        ("MICCAI Workshop on Deep Generative Models", "dgm"),
        ("Workshop on Something, MICCAI 2023", None),
        ("CVPR Workshops", None),
        ("2023", None),
        ("(", None),
    ],
)
def test_a_venue_is_named_whole(place: str, venue: str | None, in_module: Any) -> None:
    assert in_module("venues", "venueNamed", [[place, VENUES]]) == [venue]


@pytest.mark.parametrize(
    "place", ["ECCV", "Computer Vision – ECCV 2022", "European Computer Vision"]
)
def test_a_venue_is_set_or_said_to_be_unknown(place: str, form: Any) -> None:
    paste(form, f"@inproceedings{{a, title={{A Title}}, booktitle={{{place}}}}}")

    known = "ECCV" in place
    assert value(form, "venue") == ("eccv" if known else "")
    said = form.locator("#submit-said").text_content()
    assert ("is not in the list" in said) == (not known)


def complete(form: Any) -> None:
    paste(
        form,
        "@inproceedings{x, title={{PromptLens}: Learned Prompts See More},"
        " author={Able, Ann and {The Lens Team}}, year={2025}, doi={10.1000/lens.1},"
        " booktitle={European Conference on Computer Vision}}",
    )
    fill(form, "summary", "Learns prompts that see more. Nothing else is trained: the model stays.")
    fill(form, "link-code", "https://github.com/example/lens")
    fill(form, "sources", "https://doi.org/10.1000/lens.1")
    fill(form, "builds_on", "clip")
    form.locator("#submit-kind").select_option("method")
    form.locator("#submit-domain").select_option("medical")
    for facet, term, evidence in (
        ("learning_strategy", "prompt-learning", "abstract: prompts are learned"),
        ("task", "vqa", "title"),
    ):
        form.locator(f"[data-facet={facet}] [value={term}]").check()
        form.locator(f"#submit-{facet}-{term}").fill(evidence)


def test_a_record_made_in_the_page_passes_every_check(form: Any, folder: Path, cli: Cli) -> None:
    complete(form)
    form.get_by_label("I compared every fact").check()

    expect(form.locator("#submit-state")).to_have_text("Complete")
    with form.expect_download() as download:
        form.locator("#submit-save").click()
    name = download.value.suggested_filename
    path = folder / "papers" / name
    download.value.save_as(path)

    assert name == "promptlens.yaml"
    assert path.read_text(encoding="utf-8") == form.locator("#submit-yaml").text_content()
    outcome = cli("check", f"papers/{name}", "--strict")
    assert (outcome.returncode, outcome.stdout) == (0, "4 files checked: no findings\n")
    assert cli("fmt", "--check").returncode == 0
    assert form.complaints == []


def test_problems_stand_where_they_are_and_go_when_mended(form: Any) -> None:
    complete(form)
    fill(form, "title", "Learning transferable visual models from natural-language supervision")
    fill(form, "year", "soon")
    fill(form, "arxiv", "23.1")
    fill(form, "id", "CLIP")
    fill(form, "builds_on", "clop")
    form.get_by_label("I compared every fact").check()
    form.locator("[data-facet=task] [value=vqa]").uncheck()

    expect(form.locator("#submit-title-wrong")).to_have_text(
        "the catalog has it already: papers/clip.yaml"
    )
    problems = form.locator("#submit-problems").inner_text()
    assert form.locator("#submit-year-wrong").inner_text().startswith("is not of the form")
    assert form.locator("#submit-arxiv-wrong").inner_text() != ""
    assert "lower-case" in form.locator("#submit-id-wrong").inner_text()
    assert "no record has the id clop" in problems
    assert "a curated record also has: task" in problems

    fill(form, "title", "A Title of Its Own")
    expect(form.locator("#submit-title-wrong")).to_have_text("")


def test_hostile_text_stays_text(form: Any, folder: Path, cli: Cli) -> None:
    fill(form, "title", '</code><img src=x onerror="window.pwned=1"> {{ 7*7 }}')
    fill(form, "summary", "a: b\nadded: 1999-01-01\n- !!python/object:os.system [x]")

    text = form.locator("#submit-yaml").text_content()
    (folder / "papers" / "evil.yaml").write_text(text, encoding="utf-8")

    assert form.evaluate("window.pwned") is None
    assert cli("check", "papers/evil.yaml").returncode == 0
    assert text.count("\nadded: ") == 1


def test_a_draft_outlives_its_tab_until_it_is_dropped(form: Any) -> None:
    complete(form)
    before = form.locator("#submit-yaml").text_content()

    form.reload()
    form.wait_for_selector("#submit:not([hidden])")
    assert form.locator("#submit-yaml").text_content() == before

    form.get_by_role("button", name="Start over").click()
    expect(form.locator("#submit-state")).to_have_text("It grows here as you type.")
    assert "Lens" not in form.locator("#submit-yaml").text_content()


def test_a_draft_outlives_a_change_of_the_codebook(form: Any, small_url: str) -> None:
    """Terms in another order, one more, one less; a venue less: the rest stays where it belongs."""
    complete(form)
    expected = form.locator("#submit-yaml").text_content().replace("venue: eccv\n", "")
    form.locator("[data-facet=task] [value=anomaly-detection]").check()
    fill(form, "task-anomaly-detection", "abstract: what is not normal")

    def change(route: Any) -> None:
        got = route.fetch()
        old = got.text()
        terms = re.findall(r'<div class="submit__term">.*?</div>\s*</div>', old, re.DOTALL)
        tuning, prompts, anomaly, _ = terms
        new = old.replace(tuning, "").replace(prompts, prompts + tuning)
        new = new.replace(anomaly, anomaly.replace("anomaly-detection", "captioning"))
        route.fulfill(response=got, body=re.sub(r'<option value="eccv".*?</option>', "", new))

    form.route(f"{small_url}submit/", change)
    form.reload()
    form.wait_for_selector("#submit:not([hidden])")

    assert form.locator("[data-facet=task] [value=captioning]").count() == 1
    assert form.locator("#submit-yaml").text_content() == expected
    assert form.locator("#submit-venue option:checked").text_content() == "not known"


def test_a_draft_is_kept_apart_from_those_of_other_catalogs(form: Any) -> None:
    """Several sites of one owner can share an origin."""
    others = {"catalog-submit": "[]", "catalog-submit /other/": "{}"}
    form.evaluate("kept => Object.assign(localStorage, kept)", others)
    complete(form)

    assert {name: form.evaluate("name => localStorage[name]", name) for name in others} == others


@pytest.mark.parametrize("kept", ["[true, 1]", "null", "7", '{"title": 7, "kind": "gone"}', "{"])
def test_what_is_no_draft_is_passed_over(kept: str, form: Any) -> None:
    form.evaluate("kept => localStorage.setItem('catalog-submit /catalog/', kept)", kept)
    form.reload()
    form.wait_for_selector("#submit:not([hidden])")

    expect(form.locator("#submit-state")).to_have_text("It grows here as you type.")
    assert form.complaints == []


def test_github_opens_with_the_record(page: Any, small_url: str) -> None:
    """Where the catalog says where its records are kept; here a page is made to say so."""
    page.route(
        f"{small_url}submit/",
        lambda route: route.fulfill(
            response=(got := route.fetch()),
            body=got.text()
            .replace('data-repository=""', 'data-repository="https://github.com/example/catalog"')
            .replace('<a class="md-button" id="submit-save"', '<a id="submit-github">x</a><a class="md-button" id="submit-save"'),
        ),
    )  # fmt: skip
    page.goto(f"{small_url}submit/")
    page.wait_for_selector("#submit:not([hidden])")
    complete(page)

    address = urllib.parse.urlsplit(page.locator("#submit-github").get_attribute("href"))
    query = urllib.parse.parse_qs(address.query)
    assert address.path == "/example/catalog/new/main/papers"
    assert query["filename"] == ["promptlens.yaml"]
    assert query["value"] == [page.locator("#submit-yaml").text_content()]

    fill(page, "authors", "\n".join(f"Author Number {n}" for n in range(600)))
    assert "value=" not in page.locator("#submit-github").get_attribute("href")


def test_without_scripts_the_page_says_what_to_do(browser: Any, small_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{small_url}submit/")

    assert "write the file yourself" in page.locator("noscript").inner_text()
    assert not page.locator("#submit").is_visible()
    context.close()


def test_nothing_is_sent(form: Any, small_url: str) -> None:
    complete(form)

    host = small_url.removesuffix("catalog/")
    assert [url for url in form.requests if not url.startswith((host, "blob:"))] == []
    assert json.loads(form.evaluate("localStorage.getItem('catalog-submit /catalog/')"))
