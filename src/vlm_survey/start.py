"""A new catalog for another survey: everything that its folder holds before the first own paper."""

import datetime
import json
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path

from vlm_survey.templating import render_html, render_yaml, template_folder

_SOFTWARE = "vlm-survey"

_PAGES = (
    "authors",
    "browse",
    "changes",
    "checks",
    "compare",
    "datasets",
    "fields",
    "lineage",
    "matrix",
    "submit",
    "terms",
    "venues",
    "years",
)
"""Hand-written pages that say nothing of this catalog's subject: another takes them as they are."""

_LOCKED = "requirements/run.txt"
"""What the software needs, each version with its digests."""

_NOT_TAKEN = frozenset({"nightly.yml", "tests.yml"})
"""Workflows that are about the software."""


def start_files(name: str, description: str, today: datetime.date) -> dict[str, str]:
    """Path -> text of each file that a new catalog starts with.

    What is made from them (schema, issue forms, README) is not among them.

    Args:
        name: What the catalog is called.
        description: A sentence on what it holds.
        today: Day on which it begins.
    """
    values = {
        "name": name,
        "description": description,
        "contributors": f"The contributors of {name}",
        "today": today,
    }
    files = {"requirements.txt": _requirements()}
    folder = template_folder() / "start"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        target = path.relative_to(folder).as_posix()
        source = f"start/{target}"
        if path.suffix == ".md":
            files[target] = str(render_html(source, **values))
        elif path.suffix in (".yaml", ".yml", ".cff"):
            files[target] = render_yaml(source, **values)
        else:
            # A file whose name begins with a dot would hide itself among the templates.
            dotted = target.replace("gitignore", ".gitignore")
            files[dotted] = path.read_text(encoding="utf-8")
    for path, target in _taken():
        files[target] = path.read_text(encoding="utf-8")
    return files


def _taken() -> Iterator[tuple[Path, str]]:
    """Files of this repository that every catalog has alike."""
    for page in _PAGES:
        yield _given(f"docs/{page}.md"), f"docs/{page}.md"
    yield _given(_LOCKED), _LOCKED
    for kind in ("workflows", "scripts"):
        for path in sorted(_given(f".github/{kind}").iterdir()):
            if path.is_file() and path.name not in _NOT_TAKEN:
                yield path, f".github/{kind}/{path.name}"


def _given(path: str) -> Path:
    """A file of this repository: in the installed package, or in the checkout."""
    packaged = Path(str(resources.files("vlm_survey"))) / "given"
    return (packaged if packaged.is_dir() else Path(__file__).parents[2]) / path


def _requirements() -> str:
    """What to install: just what runs now, as far as it can be told."""
    software = metadata.distribution(_SOFTWARE)
    requirement = f"{_SOFTWARE}=={software.version}"
    # PEP 610: where it was installed from, if not from an index.
    origin = json.loads(software.read_text("direct_url.json") or "{}")
    if vcs := origin.get("vcs_info"):
        requirement = f"{_SOFTWARE} @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
    return f"# The software that checks the records and builds the site.\n{requirement}\n"
