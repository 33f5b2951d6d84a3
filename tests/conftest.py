"""What many tests need: the small catalog, a folder to break it in, and the command line."""

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from vlm_survey import Catalog, load_catalog, read_catalog

REPOSITORY = Path(__file__).parents[1]
SMALL = REPOSITORY / "tests" / "catalog"
TODAY = datetime.date(2026, 11, 24)

# How fast a machine is says nothing of the code.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")
# For runs without number, each of which must find the same: `make mutants`.
hypothesis.settings.register_profile("brief", deadline=None, max_examples=15, derandomize=True)

Cli = Callable[..., subprocess.CompletedProcess[str]]


# A site that is built in GitHub Actions takes its addresses from there; tests state their own.
os.environ.pop("GITHUB_REPOSITORY", None)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests leave the user's cache alone, and use one as users do."""
    os.environ["VLM_SURVEY_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def small() -> Catalog:
    """The catalog in `tests/catalog`."""
    return load_catalog(SMALL)


@pytest.fixture(scope="session")
def real() -> Catalog:
    """The catalog that this repository is about."""
    return load_catalog(REPOSITORY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small catalog, with what the site needs."""
    shutil.copytree(SMALL, tmp_path / "catalog")
    root = tmp_path / "catalog"
    shutil.copytree(REPOSITORY / "docs", root / "docs")
    # Pages of the real catalog may link to its records.
    about = root / "docs" / "about.md"
    about.write_text("# About\n\nSee <!-- record: clip -->.\n", encoding="utf-8")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    (root / "templates").symlink_to(REPOSITORY / "templates")
    return root


@pytest.fixture
def findings(folder: Path) -> Callable[[], list[tuple[str, int, str]]]:
    """Path, line and code of each finding on the copy."""
    from vlm_survey import run_checks

    def run() -> list[tuple[str, int, str]]:
        reading = read_catalog(folder, today=TODAY)
        return [(finding.path, finding.line, finding.code) for finding in run_checks(reading)]

    return run


@pytest.fixture
def cli(folder: Path) -> Cli:
    """Run `vlm-survey` in the copy, as a process of its own."""

    def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).parent / "vlm-survey"), *arguments]
        settings = {"cwd": folder, "capture_output": True, "text": True, "timeout": 120}
        settings |= {"env": os.environ | {"COLUMNS": "80"}, **options}
        return subprocess.run(command, check=False, **settings)  # type: ignore[call-overload]

    return run
