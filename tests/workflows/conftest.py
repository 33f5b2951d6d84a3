"""Real repositories, and a GitHub of files, for what the workflows run."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.tools import git

SCRIPTS = REPOSITORY / ".github" / "scripts"
VLM_SURVEY = Path(sys.executable).parent / "vlm-survey"


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Git as on a fresh machine."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{name}_NAME", raising=False)


@pytest.fixture
def checkout(folder: Path, tmp_path: Path) -> Path:
    """The small catalog, cloned from a remote, with the command where the workflows install it."""
    shutil.copy(REPOSITORY / ".gitignore", folder)
    (folder / "templates").unlink()
    subprocess.run([str(VLM_SURVEY), "readme"], cwd=folder, check=True, capture_output=True)
    git("init", "--quiet", "--initial-branch=main", folder=folder)
    git("add", "--all", folder=folder)
    git("commit", "--quiet", "--message=First", folder=folder)
    git("clone", "--quiet", "--bare", str(folder), str(tmp_path / "remote.git"), folder=tmp_path)
    git("remote", "add", "origin", str(tmp_path / "remote.git"), folder=folder)
    install(folder, f'exec {VLM_SURVEY} "$@"')
    return folder


def install(folder: Path, body: str) -> None:
    command = folder / ".venv" / "bin" / "vlm-survey"
    command.parent.mkdir(parents=True, exist_ok=True)
    command.write_text(f"#!/usr/bin/env bash\n{body}\n")
    command.chmod(0o755)


def run(name: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(SCRIPTS / name)],
        cwd=folder,
        env=os.environ | environment,
        check=False,
        capture_output=True,
        text=True,
    )


def output(*arguments: str, folder: Path) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


def commit(folder: Path, message: str) -> None:
    git("add", "--all", folder=folder)
    git("commit", "--quiet", f"--message={message}", folder=folder)


def rename_clip(folder: Path, title: str) -> None:
    path = folder / "papers" / "clip.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = f"title: {title}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class GitHub:
    """A `gh` that answers from files and keeps what it is given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers: dict[str, Any] = {}
        (folder / "bin").mkdir(parents=True)
        program = folder / "bin" / "gh"
        program.write_text(
            f"#!{sys.executable}\n"
            "import json, pathlib, sys\n"
            f"folder = pathlib.Path({str(folder)!r})\n"
            "command, *rest = sys.argv[1:]\n"
            "given = sys.stdin.read() if '--input' in rest else ''\n"
            "call = [*rest[1:3], given] if command == 'api' else [command, *rest]\n"
            "with (folder / 'calls').open('a') as file:\n"
            "    file.write(json.dumps(call) + '\\n')\n"
            "if command == 'api':\n"
            "    answers = json.loads((folder / 'answers').read_text())\n"
            "    key = call[1] if call[0] == 'GET' else ' '.join(call[:2])\n"
            "    print(json.dumps(answers.get(key, {})))\n"
        )
        program.chmod(0o755)

    def calls(self) -> list[list[str]]:
        path = self.folder / "calls"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def posts(self) -> list[list[str]]:
        return [call for call in self.calls() if call[0] != "GET"]

    def run(
        self, name: str, *arguments: str, folder: Path, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """A script, with this GitHub."""
        (self.folder / "answers").write_text(json.dumps(self.answers))
        given = {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "GH_REPO": "o/r",
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "HOME": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return subprocess.run(
            [sys.executable, str(SCRIPTS / name), *arguments],
            cwd=folder,
            env=given | environment,
            check=False,
            capture_output=True,
            text=True,
        )


@pytest.fixture
def hub(tmp_path: Path) -> GitHub:
    return GitHub(tmp_path / "hub")


def branches(tmp_path: Path) -> set[str]:
    names = output("branch", "--format=%(refname:short)", folder=tmp_path / "remote.git")
    return set(names.split())
