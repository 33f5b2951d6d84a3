"""A command that is killed, interrupted or asked to end leaves every file whole, old or new."""

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.faults.conftest import MOMENTS, Scene, command, environment, files_of, run


def disturbed(scene: Scene, root: Path, number: int, how: signal.Signals) -> tuple[int, str]:
    """Run the scene's command until a moment that is a different one for each number."""
    moment = scene.seconds * (number + random.Random(number).random()) / MOMENTS
    process = subprocess.Popen(
        command(*scene.case.arguments),
        cwd=root,
        env=environment(root),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    time.sleep(moment)
    process.send_signal(how)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


@pytest.mark.parametrize("number", range(MOMENTS))
def test_killed_at_any_moment(scene: Scene, number: int, tmp_path: Path) -> None:
    root = scene.copy(tmp_path / "catalog")
    disturbed(scene, root, number, signal.SIGKILL)
    scene.assert_whole(root)

    again = run(root, *scene.case.arguments)

    assert "Traceback" not in again.stdout + again.stderr
    assert files_of(root) == scene.after
    assert run(root, "check").returncode == 0
    # What is left over lies nowhere for ever.
    assert not (root / ".site-work").exists()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl+C", "SIGTERM"])
@pytest.mark.parametrize("number", range(MOMENTS))
def test_asked_to_end_at_any_moment(
    scene: Scene, number: int, how: signal.Signals, tmp_path: Path
) -> None:
    root = scene.copy(tmp_path / "catalog")
    code, said = disturbed(scene, root, number, how)
    scene.assert_whole(root)

    # While Python itself begins, nobody else can answer.
    if "Traceback" in said and "vlm_survey/cli" not in said:
        assert code in (1, -how)
    else:
        assert "Traceback" not in said, said
        assert code in (0, -how)
    assert not list(root.rglob("*.tmp"))
    assert not (root / ".site-work").exists()
