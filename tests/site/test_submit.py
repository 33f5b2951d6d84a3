"""The page that writes a record: what a contributor sees of it, and what comes of that."""

import json
import re
import urllib.parse
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import Cli

pytestmark = pytest.mark.browser


def test_what_only_tracks_the_reader_is_left_out(form: Any, folder: Path, cli: Cli) -> None:
    complete(form)
    fill(form, "link-code", "http://github.com/example/lens?utm_source=mail&fbclid=1")
    text = form.locator("#submit-yaml").text_content()

    assert "code: https://github.com/example/lens" in text
    (folder / "papers" / "promptlens.yaml").write_text(text, encoding="utf-8")
    assert cli("check", "papers/promptlens.yaml").returncode == 0


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
    expect(form.locator("#submit-said")).to_contain_text("the first entry only")


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
    fill(form, "datasets", "mvtec-ad: both\nvisa")
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

    twin = form.locator("#submit-title-wrong").get_by_role("link", name="clip")
    expect(twin).to_have_attribute("href", "../papers/clip/")
    expect(form.locator("#submit-year-wrong")).to_contain_text("wrong format, e.g. 2024")
    expect(form.locator("#submit-arxiv-wrong")).not_to_be_empty()
    expect(form.locator("#submit-id-wrong")).to_contain_text("lower-case")
    problems = form.locator("#submit-problems")
    expect(problems).to_contain_text("Builds on: clop is not the id of a record")
    expect(problems).to_contain_text("also needs task")
    problems.get_by_role("link", name="Builds on").click()
    expect(form).to_have_url(re.compile("#submit-builds_on$"))

    fill(form, "title", "A Title of Its Own")
    expect(form.locator("#submit-title-wrong")).to_have_text("")


def test_data_sets_that_are_not_known_and_wrong_roles_are_told(form: Any) -> None:
    fill(form, "title", "A Title of Its Own")
    fill(form, "datasets", "imagenet: test")
    wrong(form, "datasets").to_have_text("imagenet: is not the id of a data set of this catalog")
    fill(form, "datasets", "visa: tested")
    wrong(form, "datasets").to_have_text("visa: write one of: train, test, both, not-stated")
    fill(form, "datasets", "visa: test")
    wrong(form, "datasets").to_have_text("")
    expect(form.locator("#submit-yaml")).to_contain_text("datasets: {visa: test}")


def wrong(form: Any, name: str) -> Any:
    return expect(form.locator(f"#submit-{name}-wrong"))


def test_what_the_catalog_has_already_is_told(form: Any) -> None:
    """In another version or letter case, and by a link."""
    fill(form, "title", "A Title of Its Own")
    fill(form, "arxiv", "2103.00020v2")
    fill(form, "doi", "10.1007/978-3-031-72761-0_4")
    fill(form, "link-pdf", "https://ar5iv.org/abs/2103.00020")

    wrong(form, "arxiv").to_have_text("already in the catalog: clip")
    wrong(form, "doi").to_have_text("already in the catalog: adaclip")
    wrong(form, "link-pdf").to_have_text("already in the catalog: clip")
    wrong(form, "title").to_have_text("")

    for name in ("arxiv", "doi", "link-pdf"):
        fill(form, name, "")
    expect(form.locator("#submit-state")).to_contain_text("Valid")


def test_an_id_that_was_given_up_is_neither_free_nor_a_paper(form: Any) -> None:
    fill(form, "title", "A Title of Its Own")
    for old, message in {
        "contrastive-pretraining": "contrastive-pretraining is now called clip",
        "not-a-paper": "not-a-paper is not the id of a record",
    }.items():
        fill(form, "id", old)
        fill(form, "builds_on", old)
        wrong(form, "id").to_contain_text("was used before")
        wrong(form, "builds_on").to_have_text(message)
        fill(form, "builds_on", "clip")
        wrong(form, "builds_on").to_have_text("")


def test_an_id_that_no_record_may_have_is_told(form: Any) -> None:
    fill(form, "title", "Tags")
    wrong(form, "id").to_have_text("is reserved: add a word")
    fill(form, "id", "tags-2024")
    wrong(form, "id").to_have_text("")


def test_what_check_refuses_is_told_at_its_field(form: Any) -> None:
    fill(form, "title", "…?")
    fill(form, "authors", "Ann Able\nBen Bell and Cy Cole\nDee Dahl et al.")
    fill(form, "year", "2090")
    form.locator("[data-facet=task] [value=vqa]").check()
    fill(form, "task-vqa", "word " * 26)

    wrong(form, "title").to_contain_text("no letter")
    wrong(form, "authors").to_have_text(
        "line 2 names several people: write one per line; "
        "line 3 is not a name: list all authors, in order"
    )
    wrong(form, "year").to_have_text("is in the future")
    wrong(form, "task-vqa").to_contain_text("has 26 words: use at most 25")
    expect(form.locator("#submit-problems")).to_contain_text(
        "Visual question answering: has 26 words"
    )
    expect(form.locator("#submit-problems li")).to_have_count(6)

    for name in ("title", "authors", "year", "task-vqa"):
        expect(form.locator(f"#submit-{name}")).to_have_attribute("aria-invalid", "true")
        expect(form.locator(f"#submit-{name}")).to_have_accessible_description(
            re.compile("own|letter|several|future")
        )
    fill(form, "year", "2024")
    expect(form.locator("#submit-year")).not_to_have_attribute("aria-invalid", "true")


def test_a_facet_has_terms_or_none_of_them(form: Any) -> None:
    task = form.locator("[data-facet=task]")
    state, vqa = task.locator("[name=state]"), task.locator("[value=vqa]")
    vqa.check()
    fill(form, "task-vqa", "abstract: it answers")

    state.select_option("none")
    expect(vqa).not_to_be_checked()
    expect(form.locator("#submit-yaml")).to_contain_text("task: none")
    state.select_option("not-stated")
    expect(form.locator("#submit-yaml")).to_contain_text("task: not-stated")

    vqa.check()
    expect(state).to_have_value("")
    expect(form.locator("#submit-yaml")).to_contain_text("abstract: it answers")


def test_an_entry_that_would_be_half_read_is_refused(form: Any) -> None:
    fill(form, "title", "What Stood There")
    paste(form, '@misc{a, title="Deep " # "things", author={Able, Ann}}')

    expect(form.locator("#submit-said")).to_have_text(
        "Could not read the entry: its title is joined with “#”: write it in braces."
    )
    assert (value(form, "title"), value(form, "authors")) == ("What Stood There", "")


def test_what_of_an_entry_is_wrong_is_marked(form: Any) -> None:
    paste(form, "@misc{a, title={A Title}, author={Able, Ann and others}, year={c2023}}")

    wrong(form, "authors").to_contain_text("line 2 is not a name")
    wrong(form, "year").to_contain_text("wrong format")


def test_unknown_tex_is_told(form: Any) -> None:
    paste(
        form, r"@misc{a, title={{\textquotedblleft}A{\textquotedblright} \foo{Title}}, year=2020}"
    )

    assert value(form, "title") == "“A” Title"
    expect(form.locator("#submit-said")).to_contain_text(r"Left out unknown LaTeX: \foo")


@pytest.mark.parametrize(
    ("name", "typed", "line"),
    [
        ("arxiv", '"2307.15189"', 'identifiers: {arxiv: "2307.15189"}'),
        ("arxiv", "https://arxiv.org/abs/2307.15189v2", 'identifiers: {arxiv: "2307.15189"}'),
        ("arxiv", "arXiv:2307.15189", 'identifiers: {arxiv: "2307.15189"}'),
        ("arxiv", "2307.15189v2", "identifiers: {arxiv: 2307.15189v2}"),
        ("doi", "“https://doi.org/10.1000/x”", "identifiers: {doi: 10.1000/x}"),
        ("year", "'2024'", "year: 2024"),
        ("authors", '"{OpenAI}"', 'authors: ["{OpenAI}"]'),
        ("link-code", '"https://example.org/x"', "links: {code: https://example.org/x}"),
        ("title", '"Yes" and "No"', """title: '"Yes" and "No"'"""),
    ],
)
def test_quotes_around_a_value_and_links_to_an_id_are_read(
    name: str, typed: str, line: str, form: Any
) -> None:
    fill(form, "title", "A Title of Its Own")
    fill(form, name, typed)

    assert line in form.locator("#submit-yaml").text_content()
    wrong(form, name).to_have_text("")


def test_the_shown_file_can_be_selected_and_copied(form: Any) -> None:
    """Each line is laid out by itself; that must add nothing to the text."""
    complete(form)

    text = form.locator("#submit-yaml").text_content()
    assert form.locator("#submit-yaml").inner_text().strip() == text.strip()


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
    expect(form.locator("#submit-state")).to_have_text("Your record appears here.")
    assert "Lens" not in form.locator("#submit-yaml").text_content()


def test_starting_over_can_be_undone(form: Any) -> None:
    """So can the undoing; to empty what is empty undoes nothing."""
    over = form.get_by_role("button", name="Start over")
    undo, said = form.locator("#submit-undo"), form.locator("#submit-said")
    expect(undo).to_be_hidden()
    complete(form)
    fill(form, "id", "an-id-of-its-own")
    before = form.locator("#submit-yaml").text_content()
    expect(said).to_contain_text("Filled in")

    over.click()
    expect(said).to_have_text("The form is empty.")
    over.click()
    undo.click()
    expect(said).to_have_text("Restored.")
    assert form.locator("#submit-yaml").text_content() == before
    fill(form, "name", "LensNet")
    assert value(form, "id") == "an-id-of-its-own"

    undo.click()
    expect(form.locator("#submit-state")).to_have_text("Your record appears here.")
    undo.click()
    expect(form.locator("#submit-yaml")).to_contain_text("name: LensNet")


def test_two_tabs_know_of_each_other(form: Any, small_url: str) -> None:
    other = form.context.new_page()
    other.goto(f"{small_url}submit/")
    other.wait_for_selector("#submit:not([hidden])")
    fill(other, "summary", "Of the other tab.")

    expect(form.locator("#submit-said")).to_contain_text("in another tab")
    expect(other.locator("#submit-said")).to_have_text("")


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

    expect(form.locator("#submit-state")).to_have_text("Your record appears here.")
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
    expect(page.locator("#submit-state")).to_have_text("Complete")
    github = page.locator("#submit-github")

    address = urllib.parse.urlsplit(github.get_attribute("href"))
    query = urllib.parse.parse_qs(address.query)
    assert address.path == "/example/catalog/new/main/papers"
    assert query["filename"] == ["promptlens.yaml"]
    assert query["value"] == [page.locator("#submit-yaml").text_content()]

    fill(page, "authors", "\n".join(f"{'Author ' * 12}Number {n}" for n in range(90)))
    expect(github).not_to_have_attribute("href", re.compile("value="))


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
