"""The files in `releases/`: what changed from one version of the records to the next."""

from pathlib import Path

from vlm_survey.errors import CatalogError
from vlm_survey.load.catalog import read_data_file
from vlm_survey.model.release import Release

RELEASES = "releases"


def load_releases(root: Path) -> tuple[Release, ...]:
    """All releases of the catalog in `root`, the newest first; none when there is no such folder.

    Raises:
        CatalogError: A file is not valid.
    """
    found = []
    for path in sorted((root / RELEASES).glob("*.yaml")):
        file, release = read_data_file(path, Release)
        for problem in file.problems:
            where = f"{RELEASES}/{path.name}:{problem.line}"
            raise CatalogError(f"{where}: {problem.message}; {problem.fix}")
        if release:
            found.append(release)
    return tuple(sorted(found, key=lambda release: (release.date, release.release), reverse=True))
