"""Catalogs in which commands are disturbed, and what must hold of them after that."""

import dataclasses
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from benchmarks.generate import generated, write
from tests.conftest import REPOSITORY
from vlm_survey import load_catalog
from vlm_survey.files import UNFINISHED
from vlm_survey.layout import record_text

MOMENTS = int(os.environ.get("VLM_SURVEY_MOMENTS", "1"))
"""Moments at which each command is disturbed."""

RECORDS = 60

Files = Mapping[str, tuple[bytes, int]]
"""Path -> bytes and mode."""

Prepare = Callable[[Path], object]


@dataclasses.dataclass(frozen=True)
class Case:
    """A command that writes.

    Attributes:
        arguments: What follows `vlm-survey`.
        prepare: Makes something for it to do.
    """

    arguments: tuple[str, ...]
    prepare: Prepare


def _messy(root: Path) -> None:
    for path in (root / "papers").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("title: ", "title:   ", 1), encoding="utf-8")
        path.chmod(0o640)


def _bibliography(root: Path) -> None:
    entry = "@inproceedings{{key{0}, title = {{Wholly New Title Number {0}}}, author = {{Doe, Jane}}, year = {{2024}}}}\n"
    (root / "new.bib").write_text("".join(map(entry.format, range(40))), encoding="utf-8")


def _changed(root: Path) -> None:
    run(root, "build")
    record = load_catalog(root).records[0].model_copy(update={"title": "Wholly Changed"})
    (root / "papers" / f"{record.id}.yaml").write_text(record_text(record), encoding="utf-8")


CASES = {
    "fmt": Case(("fmt",), _messy),
    "add": Case(("add", "--bibtex", "new.bib"), _bibliography),
    "rename": Case(("taxonomy", "rename", "task=vqa", "question-answering"), lambda _root: None),
    "build": Case(("build", "--site-url", "https://example.org/"), _changed),
}


@dataclasses.dataclass(frozen=True)
class Scene:
    """A catalog before a command and after it.

    Attributes:
        root: The catalog before; to be copied, not touched.
        before: Its files.
        after: The same when the command has run undisturbed.
        seconds: How long that took.
    """

    case: Case
    root: Path
    before: Files
    after: Files
    seconds: float

    def copy(self, folder: Path) -> Path:
        """The catalog before, to be disturbed."""
        shutil.copytree(self.root, folder, symlinks=True)
        return folder

    def assert_whole(self, root: Path) -> None:
        """Every file is the old or the new one, with its mode, and the site is one of the two."""
        now = files_of(root)
        for path, held in now.items():
            if not path.startswith("site/"):
                assert held in (self.before.get(path), self.after.get(path)), path
        missing = [path for path in self.before if path not in now and not path.startswith("site/")]
        assert not missing
        sites = [_site(files) for files in (self.before, self.after)]
        assert _site(now) in sites


def _site(files: Files) -> Files:
    return {path: held for path, held in files.items() if path.startswith("site/")}


def files_of(root: Path) -> Files:
    """All files of a catalog but those that are not finished."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        hidden = name.startswith((".site-", ".cache")) or UNFINISHED.fullmatch(path.name)
        if path.is_file() and not hidden:
            found[name] = path.read_bytes(), stat.S_IMODE(path.stat().st_mode)
    return found


def command(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).parent / "vlm-survey"), *arguments]


def environment(root: Path) -> dict[str, str]:
    return os.environ | {"VLM_SURVEY_CACHE": str(root / ".cache"), "COLUMNS": "80"}


def run(
    root: Path, *arguments: str, before: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Run the command in `root`; `before` it come the words of another one that runs it."""
    return subprocess.run(
        [*before, *command(*arguments)],
        cwd=root,
        env=environment(root),
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )


def assert_told(outcome: subprocess.CompletedProcess[str], *texts: str) -> None:
    """It failed with a message, and with nothing but that."""
    said = outcome.stdout + outcome.stderr
    assert "Traceback" not in said, said
    assert outcome.returncode in (1, 2), said
    assert all(text in said for text in texts), said


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of generated records; to be copied, not touched."""
    root = tmp_path_factory.mktemp("faults") / "catalog"
    write(generated(load_catalog(REPOSITORY), RECORDS), root)
    return root


@pytest.fixture
def catalog(plain: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(plain, tmp_path / "catalog"))


@pytest.fixture(scope="session", params=CASES)
def scene(
    request: pytest.FixtureRequest, plain: Path, tmp_path_factory: pytest.TempPathFactory
) -> Scene:
    """A command with a catalog for it."""
    case = CASES[request.param]
    folder = tmp_path_factory.mktemp(request.param)
    root = Path(shutil.copytree(plain, folder / "before"))
    case.prepare(root)
    done = Path(shutil.copytree(root, folder / "after"))
    start = time.monotonic()
    outcome = run(done, *case.arguments)
    seconds = time.monotonic() - start
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return Scene(case, root, files_of(root), files_of(done), seconds)
