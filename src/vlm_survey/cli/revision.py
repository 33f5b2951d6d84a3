"""A catalog as it was at a revision of its git repository."""

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

from vlm_survey.errors import CatalogError
from vlm_survey.load import GAPS, PAPERS, RETIRED, TAXONOMY, load_catalog, read_catalog
from vlm_survey.model.catalog import Catalog
from vlm_survey.views.review import ChangedPath


def catalog_at(revision: str, root: Path, *, may_have_faults: bool = False) -> Catalog:
    """The catalog of `root` at a git revision: a tag, a branch, a commit.

    Args:
        may_have_faults: Leave out the records that were not valid then, instead of refusing.

    Raises:
        CatalogError: There is no such revision, git is missing, or the catalog was not valid then.
    """
    # A revision that begins with a dash would be taken for an option.
    command = [
        "git",
        "-C",
        str(root),
        "archive",
        "--format=tar",
        "--end-of-options",
        revision,
    ]
    listed = _git(["git", "-C", str(root), "ls-tree", "--name-only", "--end-of-options", revision])
    names = [
        name for name in (TAXONOMY, PAPERS, GAPS, RETIRED) if name in listed.decode().splitlines()
    ]
    packed = _git([*command, *names])
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        try:
            return read_catalog(folder).catalog if may_have_faults else load_catalog(folder)
        except CatalogError as error:
            raise CatalogError(f"at {revision}: {error}") from error


def changed_since(revision: str, root: Path) -> list[ChangedPath]:
    """Every path below `root` that differs from a git revision, committed or not.

    Raises:
        CatalogError: There is no such revision, or git is missing.
    """
    command = ["git", "-C", str(root), "diff", "--raw", "-z", "--no-renames", "--no-abbrev"]
    parts = _git([*command, "--relative", "--end-of-options", revision, "--"]).decode(
        errors="backslashreplace"
    )
    fields = parts.split("\0")
    # Each path follows its description: ":100644 120000 <hash> <hash> T".
    changed = [
        ChangedPath(path, described.split()[1])
        for described, path in zip(fields[::2], fields[1::2], strict=False)
    ]
    unknown = ["git", "-C", str(root), "ls-files", "--others", "--exclude-standard", "-z"]
    new = _git(unknown).decode(errors="backslashreplace").split("\0")
    return [
        *changed,
        *(
            ChangedPath(path, "120000" if (root / path).is_symlink() else "100644")
            for path in new
            if path
        ),
    ]


def _git(command: list[str]) -> bytes:
    try:
        outcome = subprocess.run(command, capture_output=True, check=False)  # nosec B603  # noqa: S603 - no shell; a revision stands after --end-of-options
    except FileNotFoundError:
        raise CatalogError("git is not installed; it knows the revisions") from None
    if outcome.returncode:
        reason = outcome.stderr.decode(errors="replace").strip().splitlines()
        raise CatalogError(f"git: {reason[-1] if reason else 'failed'}")
    return outcome.stdout
