"""Read a catalog at a git revision."""

import io
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from vlm_survey.errors import CatalogError
from vlm_survey.load import GAPS, PAPERS, RETIRED, TAXONOMY, Reading, load_catalog, read_catalog
from vlm_survey.model.catalog import Catalog
from vlm_survey.views.review import ChangedPath


def catalog_at(revision: str, root: Path) -> Catalog:
    """Return the catalog of `root` at a git revision: a tag, a branch or a commit.

    Raises:
        CatalogError: There is no such revision, git is missing, or the catalog was not valid.
    """
    with tempfile.TemporaryDirectory() as folder:
        _put(revision, root, Path(folder))
        try:
            return load_catalog(folder)
        except CatalogError as error:
            raise CatalogError(f"at {revision}: {error}") from error


def reading_at(revision: str, root: Path) -> Reading:
    """Read everything in the catalog of `root` at a git revision, valid or not.

    Raises:
        CatalogError: There is no such revision, git is missing, or it contains no catalog.
    """
    with tempfile.TemporaryDirectory() as folder:
        _put(revision, root, Path(folder))
        try:
            return read_catalog(folder)
        except CatalogError:
            raise CatalogError(
                f"no catalog at {revision}: {TAXONOMY} or the folder {PAPERS}/ is missing"
            ) from None


def _put(revision: str, root: Path, folder: Path) -> None:
    """Write the catalog's files into `folder` as git has them, ignoring export attributes."""
    # A revision that begins with a dash must not be parsed as an option.
    names = (TAXONOMY, GAPS, RETIRED, f"{PAPERS}/")
    listed = _git(root, "ls-tree", "-z", "--end-of-options", revision, "--", *names)
    (folder / PAPERS).mkdir()
    blobs: dict[Path, bytes] = {}
    for line in listed.split(b"\0")[:-1]:
        described, _, name = line.partition(b"\t")
        mode, _, blob = described.split()
        path = folder / os.fsdecode(name)
        if path.parent not in (folder, folder / PAPERS):
            continue  # Not made by git: a crafted tree that points outside the folder.
        if mode.startswith(b"100"):
            blobs[path] = blob
        else:
            path.symlink_to(path.name)  # Not a regular file; readers do not follow it.
    for path, data in zip(blobs, _contents(root, list(blobs.values())), strict=True):
        path.write_bytes(data)


def _contents(root: Path, blobs: Iterable[bytes]) -> Iterator[bytes]:
    """Return the content of these blobs, in order."""
    asked = b"".join(blob + b"\n" for blob in blobs)
    answered = io.BytesIO(_git(root, "cat-file", "--batch", given=asked))
    # The header line is: name, type, size. A line break follows the content.
    while head := answered.readline():
        yield answered.read(int(head.split()[-1]))
        answered.read(1)


def changed_since(revision: str, root: Path) -> list[ChangedPath]:
    """Return every path below `root` that differs from a git revision, committed or not.

    Raises:
        CatalogError: There is no such revision, or git is missing.
    """
    # Do not let a submodule's settings hide changes.
    options = ("--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=none")
    told = _git(root, "diff", *options, "--relative", "--end-of-options", revision, "--")
    fields = told.decode(errors="backslashreplace").split("\0")
    # Each path follows its metadata: ":100644 120000 <hash> <hash> T".
    changed = [
        ChangedPath(path, described.split()[1])
        for described, path in zip(fields[::2], fields[1::2], strict=False)
    ]
    unknown = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    new = unknown.decode(errors="backslashreplace").split("\0")
    return [
        *changed,
        *(
            ChangedPath(path, "120000" if (root / path).is_symlink() else "100644")
            for path in new
            if path
        ),
    ]


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(root), *arguments]
    try:
        outcome = subprocess.run(command, input=given, capture_output=True, check=False)  # nosec B603  # noqa: S603 - no shell; a revision stands after --end-of-options
    except FileNotFoundError:
        raise CatalogError("git is not installed; it is needed to read revisions") from None
    if outcome.returncode:
        reason = outcome.stderr.decode(errors="replace").strip().splitlines()
        raise CatalogError(f"git: {reason[-1] if reason else 'failed'}")
    return outcome.stdout
