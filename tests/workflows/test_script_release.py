"""release.py: a tagged version is published with all that belongs to it."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.tools import git
from tests.workflows.conftest import VLM_SURVEY, GitHub, commit, rename_clip
from vlm_survey.exports.registry import all_exports


@pytest.fixture
def released(checkout: Path) -> Path:
    """A catalog with a release, and a second one that is ready."""
    (checkout / "CITATION.cff").write_text("version: 0.0.1\ndate-released: 2020-01-01\n")
    commit(checkout, "Citation")
    git("tag", "v0.0.1", folder=checkout)
    rename_clip(checkout, "'Another | Title'")
    commit(checkout, "Records")
    subprocess.run(
        [str(VLM_SURVEY), "diff", "v0.0.1", "--release", "0.1.0"],
        cwd=checkout,
        check=True,
        capture_output=True,
    )
    commit(checkout, "Release")
    git("tag", "v0.1.0", folder=checkout)
    return checkout


def test_a_release_carries_changes_and_exports(hub: GitHub, released: Path, tmp_path: Path) -> None:
    outcome = hub.run("release.py", str(tmp_path / "exports"), folder=released, TAG="v0.1.0")

    assert outcome.returncode == 0, outcome.stderr
    (call,) = hub.calls()
    assert call[:6] == ["release", "create", "v0.1.0", "--verify-tag", "--title", "v0.1.0"]
    notes = Path(call[call.index("--notes-file") + 1]).read_text()
    assert "## Corrected (1)" in notes
    assert "Another \\| Title" in notes
    attached = [Path(path) for path in call[8:]]
    assert [path.name.removeprefix("catalog-0.1.0") for path in attached] == [
        *(form.suffix for _, form in sorted(all_exports().items())),
        "-changes.md",
    ]
    assert all(path.name.startswith("catalog-0.1.0") and path.stat().st_size for path in attached)
    assert attached[-1].read_text() == notes


def test_a_long_list_of_changes_is_cut_and_goes_along_whole(
    hub: GitHub, released: Path, tmp_path: Path
) -> None:
    authors = ", ".join(f"Early Author Number {number}" for number in range(80))
    for number in range(80):
        (released / "papers" / f"paper-{number}.yaml").write_text(
            f"title: A Paper by the Number of {number}\nauthors: [{authors}]\n"
            "status: imported\nadded: 2026-11-24\n"
        )
    commit(released, "Many")
    git("tag", "--delete", "v0.0.1", folder=released)
    git("tag", "v0.0.1", folder=released)
    for number in range(80):
        path = released / "papers" / f"paper-{number}.yaml"
        path.write_text(path.read_text().replace("Early", "Later"))
    commit(released, "All corrected")
    git("tag", "--force", "v0.1.0", folder=released)

    outcome = hub.run("release.py", str(tmp_path / "exports"), folder=released, TAG="v0.1.0")

    assert outcome.returncode == 0, outcome.stderr
    whole = (tmp_path / "exports" / "catalog-0.1.0-changes.md").read_text()
    notes = (tmp_path / "exports" / "notes.md").read_text()
    # GitHub refuses what is longer.
    assert len(notes) < 125_000 < len(whole)
    assert notes.endswith("\n\nCut here; see catalog-0.1.0-changes.md for the rest.")
    assert whole.startswith(notes.rpartition("\n\nCut here")[0])


def test_the_package_goes_along_where_there_is_one(
    hub: GitHub, released: Path, tmp_path: Path
) -> None:
    dist = released / "dist"
    (dist / "environment").mkdir(parents=True)
    (dist / "sbom.cdx.json").write_text("{}")
    (tmp_path / "proof.jsonl").write_text("proven\n")

    outcome = hub.run(
        "release.py",
        str(tmp_path / "exports"),
        folder=released,
        TAG="v0.1.0",
        PROOF=str(tmp_path / "proof.jsonl"),
    )

    assert outcome.returncode == 0, outcome.stderr
    (call,) = hub.calls()
    assert call[-2:] == ["dist/provenance.intoto.jsonl", "dist/sbom.cdx.json"]
    assert (dist / "provenance.intoto.jsonl").read_text() == "proven\n"


def test_a_first_release_needs_no_list_of_changes(
    hub: GitHub, released: Path, tmp_path: Path
) -> None:
    git("tag", "--delete", "v0.0.1", folder=released)
    (released / "releases" / "0.1.0.yaml").unlink()

    outcome = hub.run("release.py", str(tmp_path / "exports"), folder=released, TAG="v0.1.0")

    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "exports" / "notes.md").read_text() == "The first release."


def test_the_first_commit_may_be_the_first_release(
    hub: GitHub, checkout: Path, tmp_path: Path
) -> None:
    (checkout / "CITATION.cff").write_text("version: 0.1.0\n")
    settings = checkout / "mkdocs.yml"
    settings.write_text(re.sub(r"release: .*", "release: 0.1.0", settings.read_text()))
    git("checkout", "--quiet", "--orphan", "fresh", folder=checkout)
    commit(checkout, "All at once")
    git("tag", "v0.1.0", folder=checkout)

    outcome = hub.run("release.py", str(tmp_path / "exports"), folder=checkout, TAG="v0.1.0")

    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "exports" / "notes.md").read_text() == "The first release."


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", '[project]\nversion = "0.0.1"\n'),
        ("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n## 0.0.1 - 2026-01-01\n"),
        ("CITATION.cff", "version: 0.0.9\n"),
        ("mkdocs.yml", "site_name: x\n"),
        ("releases/0.1.0.yaml", None),
    ],
)
def test_a_release_that_is_not_named_everywhere_is_refused(
    path: str, text: str | None, hub: GitHub, released: Path, tmp_path: Path
) -> None:
    (released / path).unlink(missing_ok=True)
    if text:
        (released / path).write_text(text)

    outcome = hub.run("release.py", str(tmp_path / "exports"), folder=released, TAG="v0.1.0")

    assert outcome.returncode == 1
    assert f"version 0.1.0 is missing in {path}" in outcome.stderr
    assert hub.calls() == []


@pytest.mark.parametrize("tag", ["v1; rm -rf /", "1.0", "v--help", "v1/../2", ""])
def test_a_tag_that_is_no_version_is_refused(tag: str, hub: GitHub, checkout: Path) -> None:
    outcome = hub.run("release.py", "exports", folder=checkout, TAG=tag)

    assert outcome.returncode == 1
    assert hub.calls() == []
