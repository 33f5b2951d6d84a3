"""`check` and `explain`, as processes: what is reported, and in which form."""

import json
import re
from pathlib import Path

from tests.conftest import Cli

BAD = "title: CLIP: A model\nstatus: imported\nadded: 2026-11-24\n"


def test_a_sound_catalog_passes(cli: Cli) -> None:
    outcome = cli("check")

    assert (outcome.returncode, outcome.stdout) == (0, "3 files checked: no findings\n")


def test_all_errors_of_all_files_are_reported_at_once(cli: Cli, folder: Path) -> None:
    for name in "abc":
        (folder / "papers" / f"{name}.yaml").write_text(
            f"tilte: {name}\nyear: soon\nstatus: imported\nadded: 2026-11-24\n"
        )

    outcome = cli("check")

    assert outcome.returncode == 1
    assert len(re.findall(r"^papers/[abc]\.yaml:\d+: schema .+; .+$", outcome.stdout, re.M)) == 9
    assert outcome.stdout.endswith("6 files checked: 9 errors\n")


def test_only_named_files_are_reported_on(cli: Cli, folder: Path) -> None:
    (folder / "papers" / "a.yaml").write_text(BAD)
    (folder / "papers" / "b.yaml").write_text(BAD)

    assert cli("check", "papers/clip.yaml").returncode == 0
    assert "papers/b.yaml" not in cli("check", "papers/a.yaml").stdout
    assert cli("check", "papers").stdout.count("yaml-syntax") == 2
    assert cli("check", "/etc").returncode == 2
    assert cli("check", "papers/none.yaml").returncode == 2


def test_words_that_cannot_be_read_are_told_whatever_is_named(cli: Cli, folder: Path) -> None:
    """Without them a record cannot be judged, and silence would pass for praise."""
    taxonomy = folder / "taxonomy.yaml"
    taxonomy.write_text(taxonomy.read_text() + "since: 1999\n")

    outcome = cli("check", "papers/clip.yaml")

    assert outcome.returncode == 1
    assert outcome.stdout.startswith("taxonomy.yaml:")


def test_a_duplicate_is_reported_whichever_of_the_two_is_named(cli: Cli, folder: Path) -> None:
    (folder / "papers" / "aaa.yaml").write_text(
        'title: A\nidentifiers: {arxiv: "2103.00020"}\nstatus: imported\nadded: 2026-11-24\n'
    )
    same = "papers/clip.yaml:9: duplicate-arxiv same arXiv id as papers/aaa.yaml:2"

    assert same in cli("check", "papers/aaa.yaml").stdout
    assert same in cli("check", "papers/clip.yaml").stdout
    assert same not in cli("check", "papers/adaclip.yaml").stdout


def test_a_release_that_cannot_be_read_is_reported(cli: Cli, folder: Path) -> None:
    (folder / "releases").mkdir(exist_ok=True)
    (folder / "releases" / "9.yaml").write_text("nonsense: 1\n")

    outcome = cli("check")

    assert outcome.returncode == 1
    assert "releases/9.yaml:1: schema nonsense: unknown field; delete it" in outcome.stdout


def test_strict_reports_what_is_owed_and_fails(cli: Cli) -> None:
    outcome = cli("check", "--strict")

    assert outcome.returncode == 1
    assert "papers/unread.yaml:3: status incomplete: missing: authors, year" in outcome.stdout


def test_findings_as_json(cli: Cli, folder: Path) -> None:
    (folder / "papers" / "a.yaml").write_text(BAD)

    (finding,) = json.loads(cli("check", "--format", "json").stdout)

    assert {key: finding[key] for key in ("path", "line", "code", "severity")} == {
        "path": "papers/a.yaml",
        "line": 1,
        "code": "yaml-syntax",
        "severity": "error",
    }


def test_no_text_of_a_stranger_becomes_a_workflow_command(cli: Cli, folder: Path) -> None:
    (folder / "papers" / "a\n::error file=x::b.yaml").write_text("")
    (folder / "papers" / "b.yaml").write_text(
        "title: A\nvenue: x%0A::add-mask::y\nstatus: imported\nadded: 2026-11-24\n"
    )

    outcome = cli("check", "--format", "github")

    lines = outcome.stdout.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error", "::error"]
    assert "file=papers/a%0A%3A%3Aerror file=x%3A%3Ab.yaml,line=1" in lines[0]
    assert "%250A" in lines[1]


def test_no_text_of_a_stranger_steers_the_terminal(cli: Cli, folder: Path) -> None:
    (folder / "papers" / "a.yaml").write_text(
        'title: "A\u202eB"\nauthors: Ada\nstatus: imported\nadded: 2026-11-24\n'
    )
    (folder / "papers" / "\x1b[31m.yaml").write_text("")

    output = cli("check").stdout + cli("fmt").stdout + cli("fmt").stderr

    assert "\x1b" not in output
    assert "\u202e" not in output


def test_explain(cli: Cli) -> None:
    assert "session-link" in cli("explain").stdout
    assert "download links expire" in cli("explain", "session-link").stdout
    unknown = cli("explain", "sesion-link")
    assert unknown.returncode == 2
    assert "did you mean 'session-link'?" in unknown.stderr


def test_a_link_is_reported_by_its_own_name(cli: Cli, folder: Path) -> None:
    (folder / "papers" / "link.yaml").symlink_to(folder / "papers" / "clip.yaml")
    (folder / "papers" / "out.yaml").symlink_to("/etc/hostname")

    for name in ("link", "out"):
        outcome = cli("check", f"papers/{name}.yaml")
        assert outcome.returncode == 1
        assert f"papers/{name}.yaml:1: unreadable-file not a regular file" in outcome.stdout
