"""The theme's frame of a page as text, and the files that it leads to."""

import shutil
from pathlib import Path

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from vlm_survey.site import theme
from vlm_survey.site.frame import FOLDER, stub_path, write_stub
from vlm_survey.templating import template_folder

ROOT = Path(__file__).parents[2]


def prepare(root: Path) -> None:
    """Write the new folder `root` of a site that has one hand-written page and no navigation."""
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    del config["nav"]
    (root / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (root / "docs" / "index.md").write_text("# Home\n\nThe papers.\n", encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")


def draw(root: Path, site: Path, *depths: int) -> dict[int, str]:
    """Draw the site that was prepared in `root`, into the new folder `site`.

    Returns:
        The frames, with their slots, by how many folders below the root their pages lie.
    """
    for depth in depths:
        write_stub(root / "docs", depth)
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(site))
    config.theme.dirs.insert(0, str(template_folder() / "theme"))
    build(config)
    shutil.rmtree(root / "docs" / FOLDER)
    theme.tidy(site)
    stubs = {depth: site / stub_path(depth).replace("index.md", "index.html") for depth in depths}
    frames = {depth: path.read_text(encoding="utf-8") for depth, path in stubs.items()}
    shutil.rmtree(site / FOLDER)
    (site / "sitemap.xml").unlink(missing_ok=True)
    (site / "sitemap.xml.gz").unlink(missing_ok=True)
    return frames
