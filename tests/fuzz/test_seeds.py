"""What fuzzing starts from, and what it has found before, holds; and what it finds is kept."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.fuzz.targets import CORPUS, TARGETS, Target
from tests.tools import missing


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_seed_holds(target: Target) -> None:
    seeds = target.seeds()

    assert len(seeds) > 20
    for data in seeds.values():
        target.holds(data)


def test_every_folder_of_seeds_is_a_target_s() -> None:
    assert {path.name for path in CORPUS.iterdir()} <= {target.name for target in TARGETS}


@pytest.mark.parametrize("broken", [False, True])
def test_a_finding_is_kept_and_told(broken: bool, tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        missing("atheris (make .venv/.fuzz)")
    promise = "1 / ('vqa' not in text)" if broken else "None"
    code = (
        "import runpy\n"
        "from tests import properties\n"
        f"properties.query = lambda text: {promise}\n"
        "runpy.run_module('tests.fuzz', run_name='__main__')\n"
    )

    outcome = subprocess.run(
        [sys.executable, "-c", code, "query", "-runs=300"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )

    found = list((tmp_path / ".fuzz" / "query").glob("crash-*"))
    assert (outcome.returncode != 0) == bool(found) == broken, outcome.stderr
    for path in found:
        assert b"vqa" in path.read_bytes()
        assert f".fuzz/query/{path.name}" in outcome.stderr
