"""The command line, as a process: what it prints, what it leaves, how it ends."""

import datetime
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Cli
from tests.tools import git
from vlm_survey.cli.reference import helps, with_helps
from vlm_survey.settings import read_settings

BAD = "title: CLIP: A model\nstatus: imported\nadded: 2026-11-24\n"


@pytest.mark.parametrize(("command", "text"), helps(), ids=[name for name, _ in helps()])
def test_every_command_has_help_with_an_example_and_a_place_in_the_pages(
    command: str, text: str
) -> None:
    page = (REPOSITORY / "docs" / "cli.md").read_text(encoding="utf-8")

    assert f"Example: {command}" in text or "COMMAND [ARGS]" in text
    if command != "vlm-survey":
        assert f'\n```text title="{command} --help"\n{text}\n```\n' in page, "run: make generated"
        section = "\n## " + " ".join(command.split()[:2]) + "\n"
        assert section in page


def test_the_page_shows_no_command_that_is_not_there() -> None:
    page = (REPOSITORY / "docs" / "cli.md").read_text(encoding="utf-8")

    assert with_helps(page) == page


def test_help_is_printed_as_the_page_shows_it(cli: Cli) -> None:
    assert (
        cli("taxonomy", "rename", "--help").stdout.rstrip("\n")
        == (dict(helps())["vlm-survey taxonomy rename"])
    )


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


def test_strict_reports_what_is_owed_and_fails(cli: Cli) -> None:
    outcome = cli("check", "--strict")

    assert outcome.returncode == 1
    assert "papers/unread.yaml:3: status owed: still owes: authors, year" in outcome.stdout


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
    assert "signed for minutes" in cli("explain", "session-link").stdout
    unknown = cli("explain", "sesion-link")
    assert unknown.returncode == 2
    assert "did you mean 'session-link'?" in unknown.stderr


def test_fmt_changes_what_it_must_and_names_what_it_cannot(cli: Cli, folder: Path) -> None:
    untidy = folder / "papers" / "a.yaml"
    untidy.write_bytes(b"\xef\xbb\xbftitle: 'A'\r\nstatus: imported\r\nadded: 2026-11-24\r\n")
    broken = folder / "papers" / "b.yaml"
    broken.write_text(BAD)
    untouched = (folder / "papers" / "clip.yaml").stat().st_mtime_ns

    assert cli("fmt", "--check").returncode == 1
    outcome = cli("fmt")

    assert outcome.returncode == 1
    assert "laid out papers/a.yaml" in outcome.stdout
    assert "papers/b.yaml left alone" in outcome.stderr
    assert untidy.read_text().endswith("title: A\nstatus: imported\nadded: 2026-11-24\n")
    assert broken.read_text() == BAD
    assert (folder / "papers" / "clip.yaml").stat().st_mtime_ns == untouched


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
    wrong = cli("list", "--where", "task=vqqa")
    assert wrong.returncode == 2
    assert "use one of anomaly-detection, vqa" in wrong.stderr


def test_stats(cli: Cli) -> None:
    found = json.loads(cli("stats", "--format", "json").stdout)

    assert found["status"] == {"curated": 1, "imported": 1, "reviewed": 1}
    assert found["task"] == {"anomaly-detection": 1, "vqa": 1, "not looked at": 1}
    assert "not looked at" in cli("stats").stdout


def test_the_readme_is_written_checked_and_repaired(cli: Cli, folder: Path) -> None:
    assert cli("readme", "--check").returncode == 1
    assert cli("readme").returncode == 0
    assert cli("readme", "--check").stdout == "README.md is fresh\n"
    with (folder / "README.md").open("a") as file:
        file.write("by hand\n")

    stale = cli("readme", "--check")

    assert stale.returncode == 1
    assert "run: vlm-survey readme" in stale.stdout
    assert cli("readme").stdout == "README.md written: 3 records\n"
    assert cli("readme").stdout == "README.md was fresh: 3 records\n"


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
    assert "1 errors, the first at papers/a.yaml:1" in outcome.stderr
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


def test_serve_shows_a_change_and_names_an_error(folder: Path) -> None:
    program = str(Path(sys.executable).parent / "vlm-survey")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    fetch = partial(fetched, port)
    process = subprocess.Popen(
        [program, "serve", "--port", str(port)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(process.stdout or ()))
    reader.start()
    try:
        assert eventually(lambda: "CLIP" in fetch("papers/clip/"))
        path = folder / "papers" / "clip.yaml"
        path.write_text(path.read_text().replace("Tells which caption", "Knows which caption"))
        assert eventually(lambda: "Knows which caption" in fetch("papers/clip/"))
        (folder / "papers" / "a.yaml").write_text(BAD)
        (folder / "papers" / "new.yaml").write_text(
            "title: New\nstatus: imported\nadded: 2026-11-24\n"
        )
        assert eventually(lambda: "New" in fetch("papers/new/"))
        assert eventually(lambda: any("papers/a.yaml:1: yaml-syntax" in line for line in said))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        reader.join()
        if process.stdout:
            process.stdout.close()
    assert said[-1].rstrip() == "stopped"
    assert process.returncode == 0


def test_serve_says_when_its_port_is_taken(cli: Cli) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        outcome = cli("serve", "--port", str(other.getsockname()[1]))

    assert outcome.returncode == 2
    assert "choose another with --port" in outcome.stderr


def fetched(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=10) as answer:
        return answer.read().decode()


def eventually(happens: object) -> bool:
    for _ in range(120):
        try:
            if happens():  # type: ignore[operator]
                return True
        except OSError:
            pass
        time.sleep(0.25)
    return False


def test_diff_tells_what_changed_between_revisions(folder: Path, cli: Cli) -> None:
    git("init", "--quiet", folder=folder)
    git("add", "taxonomy.yaml", "papers", folder=folder)
    git("commit", "--quiet", "--message=first", folder=folder)
    git("tag", "v1", folder=folder)
    clip = folder / "papers" / "clip.yaml"
    clip.write_text(clip.read_text().replace("year: 2021", "year: 2022"))
    (folder / "papers" / "unread.yaml").unlink()
    (folder / "CITATION.cff").write_text(
        '# Ours\nversion: 1.0 # now\ntitle: "A"\ndate-released: 2020-01-01\n'
    )

    text = cli("diff", "v1")
    data = json.loads(cli("diff", "v1", "--format", "json").stdout)
    release = cli("diff", "v1", "--release", "2.0")

    assert "  clip: year: 2021 -> 2022\n" in text.stdout
    assert "Retired (1)\n  A title and nothing else (unread)\n" in text.stdout
    assert data["changed"][0]["fields"] == {"year": {"before": "2021", "after": "2022"}}
    assert release.stdout == "releases/2.0.yaml written\nmkdocs.yml written\nCITATION.cff written\n"
    assert read_settings(folder).release == "2.0"
    cited = (folder / "CITATION.cff").read_text()
    assert (
        cited == f'# Ours\nversion: 2.0 # now\ntitle: "A"\ndate-released: {datetime.date.today()}\n'
    )
    assert "release: '2.0'" in (folder / "releases" / "2.0.yaml").read_text()
    assert cli("diff", "v1", "v1").stdout == "no difference\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["gone"], 2), (["--", "--output=x"], 2), (["v1", "--release", "../x"], 2)],
)
def test_diff_refuses_what_it_cannot_compare(
    arguments: list[str], code: int, folder: Path, cli: Cli
) -> None:
    git("init", "--quiet", folder=folder)
    git("add", ".", folder=folder)
    git("commit", "--quiet", "--message=first", folder=folder)
    git("tag", "v1", folder=folder)
    outcome = cli("diff", *arguments)

    assert outcome.returncode == code
    assert "Traceback" not in outcome.stderr
    assert not (folder / "x").exists()
    assert not (folder.parent / "x.yaml").exists()


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
