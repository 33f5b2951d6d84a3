"""The README: every text shown as it is, every paper once, liked by awesome-lint."""

import html
import html.parser
import re
import subprocess
import urllib.parse
from collections import Counter
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from tests.conftest import REPOSITORY, SMALL
from tests.hostile import TITLES, hostile_catalog, plain_text
from tests.tools import git, judge
from vlm_survey import Catalog, Slug
from vlm_survey.model.taxonomy import Kind
from vlm_survey.readme import render_readme
from vlm_survey.settings import Settings, read_settings
from vlm_survey.templating import escape_markdown
from vlm_survey.views.items import item

SETTINGS = Settings(
    name="A Catalog",
    description="Of models.",
    site_url="",
    repository="",
    release="1",
    documents=frozenset({"CITATION.cff", "CONTRIBUTING.md", "LICENSE", "LICENSE-DATA"}),
)


def test_the_readme_of_the_small_catalog(small: Catalog) -> None:
    """The whole text, as it should be: `tests/readme/expected.md`."""
    expected = (Path(__file__).parent / "expected.md").read_text(encoding="utf-8")

    assert render_readme(small, SETTINGS) == expected


class Page(html.parser.HTMLParser):
    """The elements of a page, and the text of each item of its lists."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.addresses: list[str] = []
        self.items: list[str] = []
        self.text = ""
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(" ".join([tag, *sorted(name for name, _ in attrs)]))
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag == "li":
            self.items.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "li"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._inside:
            self.items[-1] += data


def rendered(markdown: str, *, safe: bool) -> Page:
    """What GitHub's renderer makes of it, with its filter of tags, or with all that it lets through."""
    options = Options.CMARK_OPT_DEFAULT if safe else Options.CMARK_OPT_UNSAFE
    return Page(cmarkgfm.github_flavored_markdown_to_html(markdown, options))


def shown(markdown: str) -> tuple[str, str]:
    """What GitHub's renderer makes of it: the HTML, and the text that a reader sees."""
    html_text = cmarkgfm.github_flavored_markdown_to_html(markdown)
    return html_text, html.unescape(re.sub(r"<[^>]*>", "", html_text))


PLACES = {
    "a link": ("- [{}](https://example.org/) - {}", ["ul", "li", "a href"]),
    "an item": ("- {}", ["ul", "li"]),
    "a paragraph": ("{}", ["p"]),
    "a heading": ("## {}", ["h2"]),
    "a quotation": ("> {}", ["blockquote", "p"]),
    "bold": ("- **{}:1** {}", ["ul", "li", "strong"]),
    "a cell": ("| a | b |\n| --- | --- |\n| {} | {} |", ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]),
}  # fmt: skip


@pytest.mark.parametrize("safe", [True, False], ids=["safe", "unsafe"])
@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_text_is_shown_as_it_is(place: str, safe: bool) -> None:
    pattern, elements = PLACES[place]
    around = rendered(pattern.replace("{}", "x"), safe=safe).text
    for title in TITLES:
        page = rendered(pattern.replace("{}", escape_markdown(title)), safe=safe)

        assert page.text == around.replace("x", title)
        assert page.elements == elements


@pytest.mark.parametrize("safe", [True, False], ids=["safe", "unsafe"])
def test_hostile_records_leave_the_list_whole(safe: bool) -> None:
    """The same elements as a list that means no harm, and every item says what its record does."""
    catalog = hostile_catalog()
    hostile = Settings("# *a* | <b>", "1. <script>x</script>", "", "", "1", SETTINGS.documents)

    page = rendered(render_readme(catalog, hostile), safe=safe)
    plain = rendered(render_readme(hostile_catalog(text=plain_text), SETTINGS), safe=safe)

    assert Counter(page.elements) == Counter(plain.elements)
    taxonomy = catalog.taxonomy
    items = {text.strip() for text in page.items}
    for record in catalog:
        shown_item = item(record, catalog)
        (group,) = record.terms("task")[:1]
        heading = taxonomy.grouping.terms[group].name
        facts = ", ".join(filter(None, [shown_item.name, shown_item.authors, f"{shown_item.venue} {shown_item.year}"]))  # fmt: skip
        words = [shown_item.kind, *(tag.name for tag in shown_item.tags if tag.name != heading)]
        described = "; ".join(words)
        told = (
            f"{facts.removesuffix('.')}. {described[:1].upper()}{described[1:].removesuffix('.')}."
        )
        links = [link.label for link in shown_item.links]
        assert f"{record.title} - {told} {' '.join([*links, 'Record'])}." in items
    for term in taxonomy.grouping.terms.values():
        assert term.definition in page.text
    wanted = ("https://", "#", "papers/", "CONTRIBUTING", "LICENSE", "CITATION", "taxonomy")
    assert all(address.startswith(wanted) for address in page.addresses)
    assert {urllib.parse.unquote(address) for address in page.addresses} >= {
        urllib.parse.unquote(link) for record in catalog for _, link in record.links.named()
    }


def test_every_title_of_the_real_list_is_shown_as_text(real: Catalog) -> None:
    _, text = shown((REPOSITORY / "README.md").read_text(encoding="utf-8"))

    for record in real:
        assert text.count(record.title) >= 1


def test_each_paper_stands_in_the_list_once(real: Catalog) -> None:
    lines = (REPOSITORY / "README.md").read_text(encoding="utf-8").split("\n")

    for record in real:
        assert sum(f"(papers/{record.id}.yaml)" in line for line in lines) == 1


def test_the_table_of_contents_leads_to_headings(real: Catalog) -> None:
    text = render_readme(real, read_settings(REPOSITORY))
    headings = re.findall(r"^## (.+)$", text, re.M)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}

    wanted = re.findall(r"^- \[[^\]]+\]\(#([^)]+)\)$", text, re.M)
    assert len(wanted) > 10
    assert set(wanted) <= anchors


def test_a_paper_is_told_all_but_what_its_heading_says(small: Catalog) -> None:
    """Be it that another tag or kind begins like it, or is called alike."""
    terms = {
        **small.taxonomy.grouping.terms,
        Slug("anomaly-detection"): named("Detection of lesions"),
        Slug("vqa"): named("Detection"),
    }
    kinds = {**small.taxonomy.kinds, Slug("method"): named("Detection of lesions")}
    task = small.taxonomy.grouping.model_copy(update={"terms": terms})
    facets = {**small.taxonomy.facets, "task": task}
    taxonomy = small.taxonomy.model_copy(update={"facets": facets, "kinds": kinds})
    catalog = Catalog(taxonomy, (small["adaclip"],))

    text = render_readme(catalog, SETTINGS)

    assert "ECCV 2024. Detection of lesions; Prompt learning; Detection. [" in text


def named(name: str) -> Kind:
    return Kind(name=name, definition="A.", rule="B.", look_alike="C.")


def test_with_a_site_the_readme_leads_to_it(small: Catalog) -> None:
    settings = Settings(
        name="A",
        description="B.",
        site_url="https://example.org/catalog/",
        repository="",
        release="1",
    )

    text = render_readme(small, settings)

    assert "https://example.org/catalog/papers/clip/" in text
    assert "(papers/clip.yaml)" not in text


@pytest.mark.judge
def test_awesome_lint_finds_nothing(tmp_path: Path) -> None:
    linter = judge("awesome-lint")
    for source, name in (("README.md", "readme.md"), ("CONTRIBUTING.md", "contributing.md")):
        (tmp_path / name).write_text(
            (REPOSITORY / source).read_text(encoding="utf-8"), encoding="utf-8"
        )
    git("init", "--quiet", "--initial-branch=main", ".", folder=tmp_path)
    git("remote", "add", "origin", "https://github.com/example/catalog.git", folder=tmp_path)
    # Its question to GitHub fails without a network, and it then passes over that rule.
    git("config", "branch.main.remote", "origin", folder=tmp_path)
    git("add", ".", folder=tmp_path)
    git("commit", "--quiet", "--message", "x", folder=tmp_path)

    outcome = subprocess.run(
        [linter, "readme.md"], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )

    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.judge
def test_awesome_lint_would_find_a_paper_that_stands_twice(tmp_path: Path) -> None:
    """The judge is awake."""
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    item = next(line for line in text.split("\n") if line.startswith("- [LLaVA-Med"))
    (tmp_path / "CONTRIBUTING.md").write_text("x\n")
    (tmp_path / "readme.md").write_text(text.replace(item, f"{item}\n{item}"), encoding="utf-8")
    git("init", "--quiet", "--initial-branch=main", ".", folder=tmp_path)
    git("remote", "add", "origin", "https://github.com/example/catalog.git", folder=tmp_path)

    outcome = subprocess.run(
        [judge("awesome-lint"), "readme.md"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert outcome.returncode == 1
    assert "double-link" in outcome.stdout + outcome.stderr


def test_the_small_catalogs_folder_needs_a_name(tmp_path: Path) -> None:
    from vlm_survey import CatalogError

    (tmp_path / "mkdocs.yml").write_text("site_url: https://example.org/\n")

    with pytest.raises(CatalogError, match="site_name and site_description are required"):
        read_settings(tmp_path)
    with pytest.raises(CatalogError, match=r"mkdocs\.yml cannot be read"):
        read_settings(SMALL)
