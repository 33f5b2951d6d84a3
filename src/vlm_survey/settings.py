"""What a catalog says of itself in `mkdocs.yml`: its name, its subject, where it is hosted."""

import dataclasses
import datetime
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load

from vlm_survey.errors import CatalogError
from vlm_survey.load.text import FORBIDDEN

PATH = "mkdocs.yml"

_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]_a-z~%]+")
"""Without what could end an attribute or be taken for a tag."""

_GITHUB = "https://github.com"
_GITHUB_NAME = re.compile(r"([\w-]+)/([\w.-]+)", re.ASCII)
"""`owner/name`, as `GITHUB_REPOSITORY` has it."""

DOCUMENTS = ("CITATION.cff", "CONTRIBUTING.md", "LICENSE", "LICENSE-DATA", "SECURITY.md")
"""What a README leads to, where it is there."""


@dataclasses.dataclass(frozen=True)
class Settings:
    """The catalog's own words and addresses.

    Attributes:
        name: `site_name`.
        description: `site_description`, a sentence.
        site_url: `site_url`, the address of the deployed site; empty if it is not known.
        repository: `extra.repository`, the address of the repository; empty if it is not known.
        release: `extra.release`, the version of the records.
        documents: Which of `DOCUMENTS` lie beside it.
    """

    name: str
    description: str
    site_url: str
    repository: str
    release: str
    documents: frozenset[str] = frozenset()


def read_settings(root: Path) -> Settings:
    """The settings of the catalog in `root`.

    Raises:
        CatalogError: The file cannot be read, or lacks the name or description.
    """
    try:
        with (root / PATH).open(encoding="utf-8") as file:
            config = yaml_load(file)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, MkDocsException) as error:
        raise CatalogError(f"{PATH} cannot be read: {error}") from error
    settings = Settings(
        name=_text(config, "site_name"),
        description=_text(config, "site_description"),
        site_url=_text(config, "site_url"),
        repository=_text(config, "extra", "repository").rstrip("/"),
        release=_text(config, "extra", "release"),
        documents=frozenset(name for name in DOCUMENTS if (root / name).is_file()),
    )
    if not settings.name or not settings.description:
        raise CatalogError(f"{PATH}: site_name and site_description are required; add them")
    for name, address in (
        ("site_url", settings.site_url),
        ("extra.repository", settings.repository),
    ):
        if address and not _ADDRESS.fullmatch(address):
            raise CatalogError(f"{PATH}: {name}: {address!r} is not a URL; write https://…")
    return settings


def hosted(settings: Settings, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of a site, with addresses from GitHub Actions where `mkdocs.yml` has none.

    README.md does not use them: it must be the same wherever it is rendered.

    Args:
        settings: What `mkdocs.yml` says; it takes precedence.
        environment: Where `GITHUB_REPOSITORY` and `GITHUB_SERVER_URL` are read from; by default, the
            environment of this process.

    >>> settings = Settings("A catalog", "Papers.", site_url="", repository="", release="")
    >>> found = hosted(settings, {"GITHUB_REPOSITORY": "example/catalog"})
    >>> found.repository, found.site_url
    ('https://github.com/example/catalog', 'https://example.github.io/catalog/')
    """
    given = os.environ if environment is None else environment
    named = _GITHUB_NAME.fullmatch(given.get("GITHUB_REPOSITORY", ""))
    server = given.get("GITHUB_SERVER_URL", "").rstrip("/") or _GITHUB
    if named is None or not _ADDRESS.fullmatch(server):
        return settings
    owner, name = named.groups()
    # Other servers choose their own addresses for pages.
    pages = _pages_address(owner, name) if server == _GITHUB else ""
    return dataclasses.replace(
        settings,
        repository=settings.repository or f"{server}/{owner}/{name}",
        site_url=settings.site_url or pages,
    )


def _pages_address(owner: str, name: str) -> str:
    """Where GitHub Pages publishes a repository."""
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def _text(config: Any, *keys: str) -> str:
    value = config
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    where = ".".join(keys)
    if isinstance(value, (int, float, datetime.date)):
        raise CatalogError(f"{PATH}: {where}: {value} is not text; put it in quotes")
    if not isinstance(value, str):
        return ""
    text = " ".join(value.split())
    if bad := FORBIDDEN.search(text):
        raise CatalogError(
            f"{PATH}: {where}: character U+{ord(bad[0]):04X} is not allowed; delete it"
        )
    return text
