"""The command line, as a process: what it prints, what it leaves, how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Cli

BAD = "title: CLIP: A model\nstatus: imported\nadded: 2026-11-24\n"


def test_fmt_changes_what_it_must_and_names_what_it_cannot(cli: Cli, folder: Path) -> None:
    untidy = folder / "papers" / "a.yaml"
    untidy.write_bytes(b"\xef\xbb\xbftitle: 'A'\r\nstatus: imported\r\nadded: 2026-11-24\r\n")
    broken = folder / "papers" / "b.yaml"
    broken.write_text(BAD)
    untouched = (folder / "papers" / "clip.yaml").stat().st_mtime_ns

    assert cli("fmt", "--check").returncode == 1
    outcome = cli("fmt")

    assert outcome.returncode == 1
    assert "formatted papers/a.yaml" in outcome.stdout
    assert "papers/b.yaml skipped" in outcome.stderr
    assert untidy.read_text().endswith("title: A\nstatus: imported\nadded: 2026-11-24\n")
    assert broken.read_text() == BAD
    assert (folder / "papers" / "clip.yaml").stat().st_mtime_ns == untouched


@pytest.mark.parametrize(
    ("name", "command", "said"),
    [
        ("papers", "fmt", "no catalog in"),
        ("docs/schema", "schema", "is a symbolic link; nothing is written through it"),
        (".github", "forms", "is a symbolic link; nothing is written through it"),
    ],
)
def test_nothing_is_written_through_a_folder_that_is_a_link(
    name: str, command: str, said: str, cli: Cli, folder: Path
) -> None:
    """In the branch of a stranger it may lead anywhere."""
    outside = folder.parent / "outside"
    (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / name).rename(outside)
    (folder / name).symlink_to(outside)
    (outside / "a.yaml").write_text("title:   A\nstatus: imported\nadded: 2026-11-24\n")
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}

    outcome = cli(command)

    assert outcome.returncode in (1, 2)
    assert said in outcome.stderr
    assert {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()} == before


def test_list(cli: Cli) -> None:
    assert cli("list", "--where", "kind=method", "--format", "ids").stdout == "adaclip\n"
    assert (
        cli("list", "--where", "sort=year", "--format", "ids").stdout == "clip\nadaclip\nunread\n"
    )
    table = cli("list", "--where", "year=2020..", "--where", "sort=-year").stdout.splitlines()
    assert table[0].startswith("adaclip  2024  AdaCLIP")
    assert table[-1] == "2 of 3 records"
    (record,) = json.loads(cli("list", "--where", "q=radford", "--format", "json").stdout)
    assert record["identifiers"] == {"arxiv": "2103.00020"}
    corrected = cli("list", "--where", "q=anomoly", "--format", "ids")
    assert corrected.stdout == "adaclip\n"
    assert 'showing results for "anomaly"' in corrected.stderr
    suggested = cli("list", "--where", "q=radfrod", "--format", "ids")
    assert suggested.stdout == ""
    assert 'did you mean "radford"?' in suggested.stderr
    wrong = cli("list", "--where", "task=vqqa")
    assert wrong.returncode == 2
    assert "use one of anomaly-detection, vqa" in wrong.stderr


def test_stats(cli: Cli) -> None:
    found = json.loads(cli("stats", "--format", "json").stdout)

    assert found["status"] == {"curated": 1, "imported": 1, "reviewed": 1}
    assert found["task"] == {
        "anomaly-detection": 1,
        "vqa": 1,
        "none": 1,
        "not-stated": 0,
        "not-checked": 1,
    }
    assert "not-checked" in cli("stats").stdout


def test_the_readme_is_written_checked_and_repaired(cli: Cli, folder: Path) -> None:
    assert cli("readme", "--check").returncode == 1
    assert cli("readme").returncode == 0
    assert cli("readme", "--check").stdout == "README.md is up to date\n"
    with (folder / "README.md").open("a") as file:
        file.write("by hand\n")

    stale = cli("readme", "--check")

    assert stale.returncode == 1
    assert "run: vlm-survey readme" in stale.stdout
    assert cli("readme").stdout == "README.md written: 3 records\n"
    assert cli("readme").stdout == "README.md already up to date: 3 records\n"


def test_the_schema_is_written_checked_and_repaired(cli: Cli, folder: Path) -> None:
    assert cli("schema", "--check").returncode == 1, "the copy holds the schema of another taxonomy"
    assert cli("schema").returncode == 0
    assert cli("schema", "--check").returncode == 0
    (folder / "docs" / "schema" / "record.schema.json").unlink()
    assert "run: vlm-survey schema" in cli("schema", "--check").stdout


def test_build_leaves_readme_and_site(cli: Cli, folder: Path) -> None:
    outcome = cli("build", "--site-url", "https://example.org/a/")

    assert outcome.returncode == 0, outcome.stderr
    assert (folder / "README.md").is_file()
    assert (
        "https://example.org/a/papers/clip/"
        in (folder / "site" / "papers" / "clip" / "index.html").read_text()
    )


def test_build_writes_nothing_while_a_record_has_errors(cli: Cli, folder: Path) -> None:
    (folder / "papers" / "a.yaml").write_text(BAD)

    outcome = cli("build")

    assert outcome.returncode == 1
    assert "yaml-syntax" in outcome.stdout
    assert not (folder / "README.md").exists()
    assert not (folder / "site").exists()


@pytest.mark.parametrize("command", ["list", "stats", "readme", "site"])
def test_no_command_works_on_half_a_catalog(command: str, cli: Cli, folder: Path) -> None:
    (folder / "papers" / "a.yaml").write_text(BAD)

    outcome = cli(command)

    assert outcome.returncode == 2
    assert "1 errors, first: papers/a.yaml:1" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_outside_a_catalog_the_way_in_is_named(cli: Cli, tmp_path: Path) -> None:
    outcome = cli("check", cwd=tmp_path)

    assert outcome.returncode == 2
    assert "--catalog DIR" in outcome.stderr
    assert cli("check", "--catalog", str(REPOSITORY), cwd=tmp_path).returncode == 0


def test_a_reader_who_has_seen_enough_is_no_error(folder: Path) -> None:
    program = Path(sys.executable).parent / "vlm-survey"
    command = f"for i in 1 2 3 4 5 6; do cat papers/clip.yaml; done > /dev/null; {program} explain | head -n 1"

    outcome = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60
    )

    assert outcome.stderr == ""
    assert len(outcome.stdout.splitlines()) == 1


def test_a_file_that_cannot_be_written_is_a_message(cli: Cli, folder: Path) -> None:
    (folder / "README.md").symlink_to(folder / "papers" / "clip.yaml")
    before = (folder / "papers" / "clip.yaml").read_text()

    outcome = cli("readme")

    assert outcome.returncode == 1
    assert "symbolic link" in outcome.stderr
    assert (folder / "papers" / "clip.yaml").read_text() == before


@pytest.mark.parametrize("form", ["bibtex", "csv", "json", "jsonl", "ris"])
def test_a_selection_is_exported(form: str, cli: Cli, folder: Path) -> None:
    whole = cli("export", form)
    some = cli("export", form, "--where", "kind=method", "-o", "out")

    assert whole.returncode == 0
    assert "clip" in whole.stdout
    assert some.stdout == "out: 1 of 3 records\n"
    text = (folder / "out").read_text(encoding="utf-8")
    assert "adaclip" in text
    assert "unread" not in text


def test_an_export_goes_into_a_pipe_or_to_standard_output(cli: Cli, folder: Path) -> None:
    whole = cli("export", "bibtex").stdout
    os.mkfifo(folder / "pipe")
    pipe = os.open(folder / "pipe", os.O_RDONLY | os.O_NONBLOCK)

    assert cli("export", "bibtex", "-o", "pipe").returncode == 0
    assert os.read(pipe, 1 << 16).decode() == whole
    assert (folder / "pipe").is_fifo()
    os.close(pipe)
    for output in ("-", "/dev/stdout"):
        assert cli("export", "bibtex", "-o", output).stdout == whole
    assert not (folder / "-").exists()
    nothing = cli("export", "bibtex", "-o", "")
    assert (nothing.returncode, "give a file name, or -" in nothing.stderr) == (2, True)


def test_json_says_all_that_a_file_says(cli: Cli) -> None:
    records = json.loads(cli("export", "json").stdout)
    lines = [json.loads(line) for line in cli("export", "jsonl").stdout.splitlines()]

    assert records == lines
    (adaclip,) = (record for record in records if record["id"] == "adaclip")
    assert adaclip["identifiers"] == {
        "arxiv": "2407.15795",
        "doi": "10.1007/978-3-031-72761-0_4",
    }
    assert adaclip["tags"]["task"]["vqa"] == "section 5: questions"
    assert adaclip["added"] == "2026-11-23"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is needed")
def test_what_cannot_be_written_does_not_pass_for_written(cli: Cli) -> None:
    with Path("/dev/full").open("w") as full:
        outcome = cli("list", capture_output=False, stdout=full, stderr=subprocess.PIPE)

    assert outcome.returncode == 1
    assert "No space left" in outcome.stderr
