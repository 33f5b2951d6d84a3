"""The README: every text shown as it is, every paper once, liked by awesome-lint."""

import html
import re
import subprocess
from pathlib import Path

import cmarkgfm
import pytest

from tests.conftest import REPOSITORY, SMALL
from tests.hostile import TITLES, hostile_catalog
from tests.tools import git, judge
from vlm_survey import Catalog
from vlm_survey.readme import render_readme
from vlm_survey.settings import Settings, read_settings
from vlm_survey.templating import escape_markdown

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


def shown(markdown: str) -> tuple[str, str]:
    """What GitHub's renderer makes of it: the HTML, and the text that a reader sees."""
    rendered = cmarkgfm.github_flavored_markdown_to_html(markdown)
    return rendered, html.unescape(re.sub(r"<[^>]*>", "", rendered))


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
def test_a_hostile_text_is_shown_as_it_is(title: str) -> None:
    rendered, text = shown(
        f"- [{escape_markdown(title)}](https://example.org/) - {escape_markdown(title)}"
    )

    assert text.strip() == f"{title} - {title}"
    assert re.findall(r"<(\w+)", rendered) == ["ul", "li", "a"]


def test_hostile_records_leave_the_list_whole(small: Catalog) -> None:
    catalog = hostile_catalog(small.taxonomy)

    rendered, text = shown(render_readme(catalog, SETTINGS))

    for title in TITLES:
        assert title in text
    assert set(re.findall(r"<(\w+)", rendered)) <= {
        "h1",
        "h2",
        "a",
        "img",
        "blockquote",
        "p",
        "pre",
        "code",
        "ul",
        "li",
    }
    links = re.findall(r'<a href="([^"]*)"', rendered)
    assert all(
        link.startswith(
            ("https://", "#", "papers/", "CONTRIBUTING", "LICENSE", "CITATION", "taxonomy")
        )
        for link in links
    )
    assert len([link for link in links if link.startswith("https://example.org/a")]) == len(TITLES)


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

    with pytest.raises(CatalogError, match="site_name and site_description are needed"):
        read_settings(tmp_path)
    with pytest.raises(CatalogError, match=r"mkdocs\.yml cannot be read"):
        read_settings(SMALL)
