"""The addresses of the site and of the repository: from `mkdocs.yml`, an option or GitHub Actions."""

import os
import re
from pathlib import Path

import pytest

from tests.conftest import Cli
from vlm_survey.forms import ADD, CONTEST, CORRECT
from vlm_survey.settings import Settings, hosted

UNKNOWN = Settings("A catalog", "Of papers.", site_url="", repository="", release="1")


@pytest.mark.parametrize(
    ("environment", "repository", "site_url"),
    [
        ({}, "", ""),
        ({"GITHUB_REPOSITORY": "a/b"}, "https://github.com/a/b", "https://a.github.io/b/"),
        ({"GITHUB_REPOSITORY": "Ann/Ann.github.io"}, "https://github.com/Ann/Ann.github.io", "https://ann.github.io/"),
        ({"GITHUB_REPOSITORY": "Ann/B.C_d", "GITHUB_SERVER_URL": "https://github.com"}, "https://github.com/Ann/B.C_d", "https://ann.github.io/B.C_d/"),
        ({"GITHUB_REPOSITORY": "a/b", "GITHUB_SERVER_URL": "https://git.example.org/"}, "https://git.example.org/a/b", ""),
        ({"GITHUB_REPOSITORY": "a/b", "GITHUB_SERVER_URL": "javascript:alert(1)"}, "", ""),
        ({"GITHUB_REPOSITORY": 'a/b"><script>'}, "", ""),
        ({"GITHUB_SERVER_URL": "https://github.com"}, "", ""),
    ],
)  # fmt: skip
def test_github_actions_names_both_addresses(
    environment: dict[str, str], repository: str, site_url: str
) -> None:
    found = hosted(UNKNOWN, environment)

    assert (found.repository, found.site_url) == (repository, site_url)


def test_mkdocs_yml_takes_precedence() -> None:
    own = Settings("A catalog", "Of papers.", "https://own.org/", "https://own.org/git", "1")

    assert hosted(own, {"GITHUB_REPOSITORY": "a/b"}) == own


def test_a_build_in_github_actions_links_to_the_repository(folder: Path, cli: Cli) -> None:
    environment = os.environ | {"GITHUB_REPOSITORY": "example/catalog"}

    outcome = cli("build", env=environment)

    assert (outcome.returncode, outcome.stderr) == (0, "")
    page = (folder / "site" / "papers" / "clip" / "index.html").read_text()
    assert 'rel="canonical" href="https://example.github.io/catalog/papers/clip/"' in page
    assert "https://github.com/example/catalog/issues/new?" in page
    assert "https://github.com/example/catalog/edit/main/papers/clip.yaml" in page
    assert 'href="https://github.com/example/catalog"' in page
    contribute = (folder / "site" / "contribute" / "index.html").read_text()
    for form in (ADD, CONTEST, CORRECT):
        assert f"https://github.com/example/catalog/issues/new?template={form}" in contribute
    # It is the same wherever it is rendered.
    assert "github.io" not in (folder / "README.md").read_text()
    assert cli("readme", "--check", env=environment).returncode == 0

    cli("site", "--site-url", "https://example.org/a/", env=environment)
    page = (folder / "site" / "papers" / "clip" / "index.html").read_text()
    assert 'rel="canonical" href="https://example.org/a/papers/clip/"' in page


def test_a_build_without_a_repository_says_what_to_set(folder: Path, cli: Cli) -> None:
    outcome = cli("build")

    assert outcome.returncode == 0
    assert re.fullmatch(r"warning: .*extra\.repository in mkdocs\.yml\n", outcome.stderr)
    page = (folder / "site" / "papers" / "clip" / "index.html").read_text()
    assert "contribute/#correct-a-paper" in page
    contribute = (folder / "site" / "contribute" / "index.html").read_text()
    assert 'id="correct-a-paper"' in contribute
    for text in (page, contribute):
        assert "issues/new" not in text
        assert "edit the file" not in text
