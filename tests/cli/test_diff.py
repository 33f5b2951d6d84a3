"""`diff`: what changed between two revisions."""

import datetime
import json
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.tools import git
from vlm_survey.settings import read_settings


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
        cited
        == f'# Ours\nversion: "2.0" # now\ntitle: "A"\ndate-released: {datetime.date.today()}\n'
    )
    assert "release: '2.0'" in (folder / "releases" / "2.0.yaml").read_text()
    assert cli("diff", "v1", "v1").stdout == "no differences\n"

    clip.write_text(clip.read_text().replace("year: 2022", "year: 2023"))
    other = cli("diff", "v1", "--release", "2.0")
    assert (other.returncode, "2.0.yaml exists with other content; choose" in other.stderr) == (
        2,
        True,
    )
    assert "'2022'" in (folder / "releases" / "2.0.yaml").read_text()


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
