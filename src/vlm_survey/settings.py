"""What a catalog says of itself in `mkdocs.yml`: its name, its subject, where it is hosted."""

import dataclasses
from pathlib import Path

from vlm_survey.errors import CatalogError
from vlm_survey.load import folder, guarded_yaml, text
from vlm_survey.load.guarded_yaml import Data

PATH = "mkdocs.yml"


@dataclasses.dataclass(frozen=True)
class Settings:
    """The catalog's own words and addresses.

    Attributes:
        name: `site_name`.
        description: `site_description`, a sentence.
        site_url: `site_url`, where the site is hosted; empty while that is not known.
        repository: `extra.repository`, where records are proposed; empty while that is not known.
    """

    name: str
    description: str
    site_url: str
    repository: str


def read_settings(root: Path) -> Settings:
    """The settings of the catalog in `root`.

    Raises:
        CatalogError: There is no such file, or it lacks the name or description.
    """
    data, problems = folder.read_regular(root / PATH)
    tree: Data = None
    if data is not None:
        content, problems = text.decode(data)
        if content is not None:
            tree, _, problems = guarded_yaml.parse(content)
    for problem in problems:
        raise CatalogError(f"{PATH}:{problem.line}: {problem.message}; {problem.fix}")
    extra = _text(tree, "extra", "repository")
    settings = Settings(
        _text(tree, "site_name"), _text(tree, "site_description"), _text(tree, "site_url"), extra
    )
    if not settings.name or not settings.description:
        raise CatalogError(f"{PATH}: site_name and site_description are needed; add them")
    return settings


def _text(tree: Data, *keys: str) -> str:
    value = tree
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""
