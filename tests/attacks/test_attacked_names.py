"""Golden cases: which names a record's file may have."""

from pathlib import Path

import pytest
import yaml

from tests.conftest import Cli
from vlm_survey.load.folder import entries

NAMES = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))
RECORD = "title: {}\nstatus: imported\nadded: 2026-11-24\n"


@pytest.mark.parametrize("name", NAMES["records"])
def test_a_record(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(RECORD.format(name))

    (entry,) = entries(tmp_path)

    assert (entry.id, entry.problems) == (name.removesuffix(".yaml"), ())


@pytest.mark.parametrize("name", NAMES["reported"], ids=repr)
def test_reported(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(RECORD.format("A"))

    (entry,) = entries(tmp_path)

    assert [problem.code for problem in entry.problems] == ["file-name"]
    assert entry.data is None


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_no_name_is_a_command_to_who_reads_the_findings(form: str, cli: Cli, folder: Path) -> None:
    """A line of its own begins a command of GitHub's, an escape sequence one of the terminal's."""
    for name in NAMES["reported"]:
        (folder / "papers" / name).write_text(RECORD.format("A"))

    outcome = cli("check", "--format", form)

    assert outcome.returncode == 1
    assert outcome.stdout.count("file-name") == len(NAMES["reported"])
    assert "\x1b" not in outcome.stdout + outcome.stderr
    for line in outcome.stdout.splitlines():
        assert not line.startswith("::error::") and "file=x::pwned" not in line.split("::")[0]
