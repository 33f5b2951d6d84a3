"""The files in `releases/`: what changed from one version of the records to the next."""

from pathlib import Path

from vlm_survey.errors import CatalogError
from vlm_survey.load.data_file import read_data_file
from vlm_survey.load.problem import Problem
from vlm_survey.load.reading import SourceFile
from vlm_survey.model.release import Release

RELEASES = "releases"


def read_releases(root: Path) -> list[tuple[SourceFile, Release | None]]:
    """All files of releases of the catalog in `root`, valid or not; none when there is no such folder."""
    if (root / RELEASES).is_symlink():
        problem = Problem(
            1, "unreadable-file", "symbolic link", "replace it with the folder itself"
        )
        return [(SourceFile(RELEASES, problems=(problem,)), None)]
    return [
        read_data_file(path, Release, f"{RELEASES}/{path.name}")
        for path in sorted((root / RELEASES).glob("*.yaml"))
    ]


def load_releases(root: Path) -> tuple[Release, ...]:
    """All releases of the catalog in `root`, the newest first.

    Raises:
        CatalogError: A file is not valid.
    """
    found = []
    for file, release in read_releases(root):
        for problem in file.problems:
            raise CatalogError(f"{file.path}:{problem.line}: {problem.message}; {problem.fix}")
        if release:
            found.append(release)
    return tuple(sorted(found, key=lambda release: (release.date, release.release), reverse=True))
