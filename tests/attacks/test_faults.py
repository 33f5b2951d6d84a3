"""A run that is stopped, killed, or started in other surroundings."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import Cli

VLM_SURVEY = str(Path(sys.executable).parent / "vlm-survey")


def test_a_killed_write_leaves_the_old_file_whole(tmp_path: Path) -> None:
    """Killed at the last moment: the new text is written, but not yet in the old one's place."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    code = (
        "import os, pathlib, signal\n"
        "pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from vlm_survey.files import write_atomically\n"
        f"write_atomically(pathlib.Path({str(path)!r}), 'new')\n"
    )

    outcome = subprocess.run([sys.executable, "-c", code], check=False)

    assert outcome.returncode == -signal.SIGKILL
    assert path.read_text() == "old"
    # What is left lies beside it under a name that git ignores and no page is made of.
    (left,) = [other.name for other in tmp_path.iterdir() if other != path]
    assert left.startswith(".a.txt.") and left.endswith(".tmp")


def test_a_build_that_is_stopped_leaves_the_old_site(folder: Path, cli: Cli) -> None:
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("old")

    for sent, code in ((signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)):
        shutil.rmtree(folder / ".site-next", ignore_errors=True)
        with subprocess.Popen(
            [VLM_SURVEY, "build"], cwd=folder, stderr=subprocess.PIPE, text=True
        ) as process:
            while process.poll() is None and not (folder / ".site-next").exists():
                time.sleep(0.005)
            process.send_signal(sent)
            _, said = process.communicate(timeout=60)
        assert process.returncode == code
        assert "Traceback" not in said
        assert [path.name for path in (folder / "site").iterdir()] == ["index.html"]
    assert cli("build").returncode == 0
    assert "CLIP" in (folder / "site" / "index.html").read_text()


def test_surroundings_change_no_byte(folder: Path, cli: Cli) -> None:
    """Language, time zone, order of sets, the rights of new files."""
    made = []
    for surroundings, umask in (
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "UTC"}, 0o022),
        ({"LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati"}, 0o077),
    ):
        given = {**surroundings, "PYTHONHASHSEED": str(umask), "VLM_SURVEY_CACHE": ""}
        outcome = cli("build", env=os.environ | given, umask=umask)
        assert outcome.returncode == 0, outcome.stderr
        found = [*(folder / "site").rglob("*"), folder / "README.md"]
        files = [path for path in found if path.is_file()]
        made.append({path: path.read_bytes() for path in files})
        shutil.rmtree(folder / "site")
        (folder / "README.md").unlink()

    assert made[0].keys() == made[1].keys()
    assert [path for path in made[0] if made[0][path] != made[1][path]] == []
