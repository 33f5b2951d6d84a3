"""Programs from outside Python that some tests need."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

JUDGES = Path(__file__).parent / "judges"


def chromium() -> str:
    """The browser's path; without one, the test is skipped, or fails where CI promises it."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    return missing("Chromium")


def judge(name: str) -> str:
    """A program that `make judges` installs."""
    path = JUDGES / "node_modules" / ".bin" / name
    return str(path) if path.exists() else missing(f"{name} (make judges)")


def git(*arguments: str, folder: Path) -> None:
    """Run git in `folder`, as nobody in particular."""
    if not shutil.which("git"):
        missing("git")
    identity = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def missing(what: str) -> str:
    """Skip the test; in CI, where everything must be there, fail it."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed")
