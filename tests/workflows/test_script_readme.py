"""readme.sh: the README after a merge."""

from pathlib import Path

from tests.tools import git
from tests.workflows.conftest import VLM_SURVEY, commit, install, output, rename_clip, run


def test_a_fresh_readme_is_left_alone(checkout: Path, tmp_path: Path) -> None:
    before = output("rev-parse", "main", folder=tmp_path / "remote.git")

    assert run("readme.sh", checkout).returncode == 0
    assert output("rev-parse", "main", folder=tmp_path / "remote.git") == before


def test_a_stale_readme_is_written_committed_and_pushed_once(
    checkout: Path, tmp_path: Path
) -> None:
    rename_clip(checkout, "Another Title")
    commit(checkout, "Records")
    git("push", "--quiet", "origin", "main", folder=checkout)

    for _ in range(2):
        assert run("readme.sh", checkout).returncode == 0

    remote = tmp_path / "remote.git"
    assert output("log", "--format=%s", "main", folder=remote).splitlines() == [
        "docs: update README from the records",
        "Records",
        "First",
    ]
    assert output("diff", "--name-only", "main~1", "main", folder=remote) == "README.md\n"
    assert "Another Title" in output("show", "main:README.md", folder=remote)


def test_a_push_that_came_too_late_starts_over(checkout: Path, tmp_path: Path) -> None:
    rename_clip(checkout, "Another Title")
    commit(checkout, "Records")
    git("push", "--quiet", "origin", "main", folder=checkout)
    other = tmp_path / "other"
    git("clone", "--quiet", str(tmp_path / "remote.git"), str(other), folder=tmp_path)
    rename_clip(other, "The Newest Title")
    commit(other, "Meanwhile")
    # While the README is written for the first time, somebody pushes.
    install(checkout, f'git -C {other} push --quiet origin main; exec {VLM_SURVEY} "$@"')

    outcome = run("readme.sh", checkout)

    remote = tmp_path / "remote.git"
    assert outcome.returncode == 0, outcome.stderr
    assert output("log", "--format=%s", "main", folder=remote).splitlines()[:2] == [
        "docs: update README from the records",
        "Meanwhile",
    ]
    assert "The Newest Title" in output("show", "main:README.md", folder=remote)


def test_broken_records_leave_the_readme_as_it_was(checkout: Path, tmp_path: Path) -> None:
    (checkout / "papers" / "clip.yaml").write_text("title: [")
    commit(checkout, "Broken")
    git("push", "--quiet", "origin", "main", folder=checkout)

    assert run("readme.sh", checkout).returncode != 0
    assert output("log", "-1", "--format=%s", "main", folder=tmp_path / "remote.git") == "Broken\n"
