"""The theme's frame of a page, and the files that it leads to."""

import shutil
import tempfile
from pathlib import Path

import yaml

from vlm_survey.site import drawing
from vlm_survey.site.frame import Frame

ROOT = Path(__file__).parents[2]


def prepare(root: Path) -> None:
    """Write the new folder `root` of a site that has one hand-written page and no navigation."""
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    del config["nav"]
    (root / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (root / "docs" / "index.md").write_text("# Home\n\nThe papers.\n", encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")


def draw(root: Path, folder: Path) -> Frame:
    """Draw the site that was prepared in `root`: its files into the new `folder`.

    Returns:
        The frame of pages that lie two folders deep, as those of records do.
    """
    with tempfile.TemporaryDirectory() as work:
        drawn = drawing.draw(root, Path(work))
        for name in drawn.paths():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(
                drawn.page(name).encode() if name.endswith(".html") else drawn.file(name)
            )
        return drawn.frame(2, "browse/")
