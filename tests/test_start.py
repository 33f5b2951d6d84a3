"""A catalog of somebody else: it is started, checked and built, and says nothing of this one's subject."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from tests.conftest import REPOSITORY, Cli
from vlm_survey import load_catalog
from vlm_survey.settings import read_settings

NAME = 'Graphs: "learning" & <chemistry> #1'
SUBJECT = re.compile(r"vision|medic|clinic|radiolog|\bvlms?\b(?!-survey)|haonenglin", re.IGNORECASE)


@pytest.fixture
def started(cli: Cli, tmp_path: Path) -> Path:
    folder = tmp_path / "new-survey"
    outcome = cli("init", str(folder), "--name", NAME)
    assert outcome.returncode == 0, outcome.stderr
    return folder


def test_it_is_whole_from_the_first_day(started: Path, cli: Cli) -> None:
    for command in (
        ("check", "--strict"),
        ("fmt", "--check"),
        ("schema", "--check"),
        ("forms", "--check"),
        ("readme", "--check"),
        ("build",),
    ):
        outcome = cli(*command, cwd=started)
        assert outcome.returncode == 0, (command, outcome.stdout, outcome.stderr)
    home = (started / "site" / "index.html").read_text()
    assert "Graphs: &#34;learning&#34; &amp; &lt;chemistry&gt; #1</h1>" in home
    assert "<chemistry>" not in home
    assert read_settings(started).name == NAME
    assert yaml.safe_load((started / "CITATION.cff").read_text())["title"] == NAME


def test_its_makefile_does_what_the_readme_says(started: Path) -> None:
    """With the software already there: what it installs from is an index that tests do not reach."""
    (started / ".venv").mkdir()
    (started / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (started / ".venv" / ".run").touch()

    for target in ("site", "test", "generated"):
        outcome = subprocess.run(["make", target], cwd=started, capture_output=True, text=True)
        assert outcome.returncode == 0, outcome.stderr


def test_what_it_installs_is_locked(started: Path) -> None:
    locked = (REPOSITORY / "requirements" / "run.txt").read_text()
    assert (started / "requirements" / "run.txt").read_text() == locked
    asked = subprocess.run(
        ["make", "--dry-run", "site"], cwd=started, capture_output=True, text=True, check=True
    ).stdout
    installs = [line for line in asked.splitlines() if "pip install" in line]

    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--no-deps" in installs[1]


def test_it_is_about_nothing_of_this_catalog(started: Path, cli: Cli) -> None:
    cli("build", cwd=started)
    for path in started.rglob("*"):
        if path.suffix in (".md", ".yaml", ".yml", ".html", ".json", ".cff"):
            assert SUBJECT.findall(path.read_text(encoding="utf-8")) == [], path


def test_its_first_own_paper_finds_its_place(started: Path, cli: Cli) -> None:
    (started / "papers" / "mine.yaml").write_text(
        "title: Mine\ntags: {topic: {synthesis: title}}\nstatus: imported\nadded: 2026-11-24\n"
    )

    assert cli("fmt", cwd=started).returncode == 0
    assert cli("build", cwd=started).returncode == 0
    assert "Mine" in (started / "site" / "terms" / "topic" / "synthesis" / "index.html").read_text()
    asked = cli("list", "--where", "domain=any", cwd=started)
    assert "unknown field 'domain'" in asked.stderr


def test_what_its_survey_s_list_says_is_on_a_page(started: Path, cli: Cli) -> None:
    """Records, and the page on quality, link to where the two differ."""
    page = started / "site" / "survey" / "index.html"
    assert cli("build", cwd=started).returncode == 0
    assert "No record contains a row" in page.read_text()
    (started / "papers" / "mine.yaml").write_text(
        "title: Mine\nsurvey: [{section: First, number: 1, title: My}]\n"
        "status: imported\nadded: 2026-11-24\n"
    )

    assert cli("build", cwd=started).returncode == 0

    assert 'href="../survey/#titles"' in (started / "site" / "quality" / "index.html").read_text()
    record = started / "site" / "papers" / "mine" / "index.html"
    assert 'href="../../survey/#titles"' in record.read_text()
    assert 'id="titles"' in page.read_text()


def test_a_domain_is_no_question_there(started: Path, cli: Cli) -> None:
    (started / "papers" / "mine.yaml").write_text(
        "title: Mine\ndomain: natural\nstatus: imported\nadded: 2026-11-24\n"
    )

    assert "unknown domain 'natural'; delete it" in cli("check", cwd=started).stdout


def test_workflows_are_the_tested_ones(started: Path) -> None:
    for kind in ("workflows", "scripts"):
        for path in (started / ".github" / kind).iterdir():
            assert path.read_text() == (REPOSITORY / ".github" / kind / path.name).read_text()
    for about_the_software in ("nightly.yml", "tests.yml"):
        assert not (started / ".github" / "workflows" / about_the_software).exists()


def test_nothing_is_overwritten(started: Path, cli: Cli) -> None:
    (started / "taxonomy.yaml").write_text("mine")

    outcome = cli("init", str(started))

    assert outcome.returncode == 2
    assert "is not empty" in outcome.stderr
    assert (started / "taxonomy.yaml").read_text() == "mine"


def test_the_name_comes_from_the_folder(cli: Cli, tmp_path: Path) -> None:
    assert cli("init", str(tmp_path / "graph-learning")).returncode == 0

    assert read_settings(tmp_path / "graph-learning").name == "graph learning"


def test_the_installed_package_holds_all_of_it(tmp_path: Path) -> None:
    """From a wheel, away from this repository."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=REPOSITORY, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    script = "from vlm_survey.cli import main; main()"

    for arguments in (["init", "mine"], ["build", "--catalog", "mine"]):
        outcome = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
            capture_output=True,
            text=True,
        )
        assert outcome.returncode == 0, outcome.stderr
    catalog = load_catalog(tmp_path / "mine")
    assert [record.id for record in catalog] == ["snowballing-guidelines"]
    assert (tmp_path / "mine" / "site" / "assets" / "catalog.css").is_file()
    assert (tmp_path / "mine" / ".github" / "workflows" / "check.yml").is_file()
