"""A sample of a site's pages, so that tests of all pages do not grow with the number of records."""

from pathlib import Path


def some_pages(site: Path, most: int = 40) -> list[Path]:
    """Return at most `most` pages of each top-level folder of `site`, evenly spread over it."""
    folders: dict[str, list[Path]] = {}
    for path in sorted(site.rglob("*.html")):
        folders.setdefault(path.relative_to(site).parts[0], []).append(path)
    found = []
    for paths in folders.values():
        step = max(1, -(-len(paths) // most))
        found += paths[::step]
    return found
