"""The package as others get it: built, installed where nothing else is, and used away from here."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.conftest import REPOSITORY, SMALL
from tests.licences import locked

# What must not be in it: built, of others, or of one machine only.
UNWANTED = {
    ".ci",
    ".coverage",
    ".git",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".site-next",
    ".venv",
    "__pycache__",
    "dist",
    "mutants",
    "node_modules",
    "screenshots",
    "site-packages",
}

pytestmark = pytest.mark.package

Installed = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make sbom` makes, as the release does."""
    if not os.environ.get("CI"):
        pytest.skip("takes a minute, and the network: CI=true runs it")
    folder = tmp_path_factory.mktemp("dist")
    venv = Path(sys.executable).parents[1]
    # What runs this is what make would install first.
    command = ["make", "sbom", f"--assume-old={venv}/.dev", f"VENV={venv}", f"DIST={folder}"]
    outcome = subprocess.run(command, cwd=REPOSITORY, check=False, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr
    return folder


@pytest.fixture
def installed(dist: Path, tmp_path: Path) -> Installed:
    """Run a program of the fresh environment, in an empty folder, with nothing of this checkout."""

    def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(dist / "environment" / "bin" / program), *arguments],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "COLUMNS": "80"},
            check=False,
            capture_output=True,
            text=True,
        )

    return run


def wheel(folder: Path) -> dict[str, bytes]:
    """Path -> contents of each file in the wheel of a folder."""
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_catalog_is_made_with_it(installed: Installed, tmp_path: Path) -> None:
    bibliography = tmp_path / "mine.bib"
    bibliography.write_text("@misc{a, title={Graph Things}, author={Doe, Jane}, year={2024}}\n")

    version = installed("vlm-survey", "--version")
    assert version.returncode == 0, version.stderr
    for command in (
        ("init", "mine"),
        ("add", "--catalog", "mine", "--bibtex", "mine.bib"),
        ("fmt", "--catalog", "mine", "--check"),
        ("check", "--catalog", "mine"),
        ("build", "--catalog", "mine"),
    ):
        outcome = installed("vlm-survey", *command)
        assert outcome.returncode == 0, (command, outcome.stdout, outcome.stderr)

    page = tmp_path / "mine" / "site" / "papers" / "graph-things" / "index.html"
    assert "Graph Things" in page.read_text(encoding="utf-8")
    listed = installed("vlm-survey", "list", "--catalog", "mine", "--format", "ids")
    assert listed.stdout.split() == ["graph-things", "snowballing-guidelines"]


def test_it_is_used_from_python(installed: Installed, tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "tests" / "catalog")
    shutil.copy(REPOSITORY / "docs" / "python.md", tmp_path)
    # Where pandas is not installed, as here, the examples with it say what to install.
    script = """
import doctest, pathlib, re, vlm_survey
text = pathlib.Path("python.md").read_text()
text = re.sub(r"(?s)```pycon\\n[^`]*to_dataframe.*?```", "", text)
pathlib.Path("python.md").write_text(text)
outcome = doctest.testfile("python.md", module_relative=False)
print(outcome.attempted, outcome.failed)
try:
    vlm_survey.load_catalog("tests/catalog").to_dataframe()
except vlm_survey.CatalogError as error:
    print(error)
print(vlm_survey.__file__)
"""
    outcome = installed("python", "-c", script)

    assert outcome.returncode == 0, outcome.stderr
    counts, error, place = outcome.stdout.splitlines()
    attempted, failed = map(int, counts.split())
    assert attempted > 10
    assert failed == 0
    assert "pip install pandas" in error
    assert "site-packages" in place


def test_the_source_gives_the_same_package(dist: Path, tmp_path: Path) -> None:
    (source,) = dist.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    built = tmp_path / "built"
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run(
        [*command, "--directory", str(built)], cwd=unpacked, check=True, capture_output=True
    )

    assert wheel(built) == wheel(dist)


def test_nothing_unwanted_is_in_it(dist: Path) -> None:
    (source,) = dist.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        members = archive.getmembers()
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout.splitlines()

    assert all(member.isfile() for member in members)
    inside = {member.name.partition("/")[2] for member in members} - {"PKG-INFO"}
    assert {
        part for name in [*inside, *wheel(dist)] for part in name.split("/")
    } & UNWANTED == set()
    assert inside <= set(tracked)
    assert all(
        name.startswith(("vlm_survey/", "vlm_survey-")) and not name.endswith(".pyc")
        for name in wheel(dist)
    )


def test_the_list_of_parts_is_whole_and_of_cyclonedx_s_schema(dist: Path) -> None:
    text = (dist / "sbom.cdx.json").read_text(encoding="utf-8")
    listed = json.loads(text)

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert listed["specVersion"] == "1.6"
    assert listed["metadata"]["component"]["name"] == "vlm-survey"
    names = {
        part["name"].lower().replace("_", "-").replace(".", "-") for part in listed["components"]
    }
    assert names == set(locked("run"))
    assert all(part["licenses"] for part in listed["components"])
    assert str(REPOSITORY) not in text
