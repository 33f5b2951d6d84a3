"""The same catalog gives the same bytes, wherever, whenever and by whomever it is built."""

import dataclasses
import hashlib
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, SMALL
from tests.site.conftest import HOSTED_AT, small_docs
from tests.tools import missing

PROGRAM = str(Path(sys.executable).parent / "vlm-survey")


@dataclasses.dataclass(frozen=True)
class Place:
    """What differs from one machine to the next.

    Attributes:
        folder: Where the catalog lies.
        environment: Variables that the command is given.
        umask: The user's.
        backwards: Whether the files were made in the other order.
        one_core: Whether the command may use but one.
    """

    folder: str
    environment: Mapping[str, str]
    umask: int = 0o022
    backwards: bool = False
    one_core: bool = False


AT_HOME = Place("a", {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"})
ELSEWHERE = Place(
    "another ünusual place/of some depth/catalog",
    {
        # The bare locale, without Python's own way out of it.
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "1",
        "COLUMNS": "20",
    },
    umask=0o077,
    backwards=True,
    one_core=True,
)
IN_TURKEY = Place(
    "c",
    {"LC_ALL": "tr_TR.ISO-8859-9", "TZ": "America/Adak", "PYTHONHASHSEED": "4711"},
    umask=0o002,
)
"""There the small letter of I is no i, and files that name no encoding are not UTF-8."""


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Turkey's locale."""
    folder = tmp_path_factory.mktemp("locales")
    if not Path("/usr/share/i18n/locales/tr_TR").exists():
        missing("tr_TR (package locales)")
    command = ["localedef", "-i", "tr_TR", "-f", "ISO-8859-9", str(folder / "tr_TR.ISO-8859-9")]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def laid_out(source: Path, docs: Path, root: Path, *, backwards: bool) -> Path:
    """A copy of a catalog whose files came into being in some order."""
    files = sorted(path for path in source.rglob("*.yaml") if path.parent in (source, source / "papers", source / "releases"))  # fmt: skip
    pages = sorted(path for path in docs.rglob("*") if path.is_file())
    targets = [(path, root / path.relative_to(source)) for path in files]
    targets += [(path, root / "docs" / path.relative_to(docs)) for path in pages]
    targets.append((REPOSITORY / "mkdocs.yml", root / "mkdocs.yml"))
    for path, target in reversed(targets) if backwards else targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return root


def build(root: Path, place: Place, cache: str, locales: Path) -> None:
    """Run the command as somebody at that place."""

    def settle() -> None:
        os.umask(place.umask)
        if place.one_core:
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    environment = os.environ | {"VLM_SURVEY_CACHE": cache, "SOURCE_DATE_EPOCH": "1700000000"}
    done = subprocess.run(
        [PROGRAM, "build", "--site-url", HOSTED_AT],
        cwd=root,
        env={**environment, "LOCPATH": str(locales), **place.environment},
        capture_output=True,
        preexec_fn=settle,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr


def digests(root: Path) -> dict[str, str]:
    """What a build wrote: the digest of each file."""
    files = [root / "README.md", *(path for path in (root / "site").rglob("*") if path.is_file())]
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def modes(folder: Path) -> tuple[set[int], set[int]]:
    """Of the files and of the folders below one."""
    found: tuple[set[int], set[int]] = (set(), set())
    for path in (folder, *folder.rglob("*")):
        found[path.is_dir()].add(stat.S_IMODE(path.stat().st_mode))
    return found


def same_everywhere(source: Path, docs: Path, folder: Path, locales: Path) -> None:
    cache = str(folder / "cache")
    wanted: dict[str, str] = {}
    for place, kept in ((AT_HOME, ""), (ELSEWHERE, ""), (IN_TURKEY, cache)):
        root = laid_out(source, docs, folder / place.folder, backwards=place.backwards)
        build(root, place, kept, locales)
        found = digests(root)
        wanted = wanted or found

        assert len(found) > 100
        assert found == wanted
        assert modes(root / "site") == ({0o666 & ~place.umask}, {0o777 & ~place.umask})
        assert stat.S_IMODE((root / "README.md").stat().st_mode) == 0o644
    # Once more with what was kept, first into a new folder, then over the site that is there.
    shutil.rmtree(root / "site")
    for _ in range(2):
        build(root, AT_HOME, cache, locales)
        assert digests(root) == wanted


def test_the_same_bytes_everywhere(tmp_path: Path, locales: Path) -> None:
    same_everywhere(SMALL, small_docs(tmp_path / "docs"), tmp_path, locales)


@pytest.mark.thorough
def test_the_same_bytes_of_the_real_catalog_everywhere(tmp_path: Path, locales: Path) -> None:
    same_everywhere(REPOSITORY, REPOSITORY / "docs", tmp_path, locales)
