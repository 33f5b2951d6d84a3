"""A catalog as it was at a revision of its git repository."""

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

from vlm_survey.errors import CatalogError
from vlm_survey.load import GAPS, PAPERS, TAXONOMY, load_catalog
from vlm_survey.model.catalog import Catalog


def catalog_at(revision: str, root: Path) -> Catalog:
    """The catalog of `root` at a git revision: a tag, a branch, a commit.

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
    names = [name for name in (TAXONOMY, PAPERS, GAPS) if name in listed.decode().splitlines()]
    packed = _git([*command, *names])
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        try:
            return load_catalog(folder)
        except CatalogError as error:
            raise CatalogError(f"at {revision}: {error}") from error


def _git(command: list[str]) -> bytes:
    try:
        outcome = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise CatalogError("git is not installed; it knows the revisions") from None
    if outcome.returncode:
        reason = outcome.stderr.decode(errors="replace").strip().splitlines()
        raise CatalogError(f"git: {reason[-1] if reason else 'failed'}")
    return outcome.stdout
