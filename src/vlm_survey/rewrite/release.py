"""A release's name in the files that readers cite the catalog by."""

import datetime
from pathlib import Path

import yaml

from vlm_survey.errors import CatalogError
from vlm_survey.rewrite import yaml_edit

_PLACES: dict[str, dict[tuple[str, ...], str]] = {
    "mkdocs.yml": {("extra", "release"): "name"},
    "CITATION.cff": {("version",): "name", ("date-released",): "day"},
}


def released(root: Path, name: str, day: datetime.date) -> dict[str, str]:
    """New texts of those files, by name, that say another release. What they lack is left out.

    Args:
        root: The catalog's folder.
        name: The release's name.
        day: The day on which it comes out.

    Raises:
        CatalogError: A file is not valid YAML.
    """
    said = {"name": name, "day": day.isoformat()}
    found = {}
    for path, places in _PLACES.items():
        file = root / path
        if not file.is_file():
            continue
        text = file.read_text(encoding="utf-8")
        try:
            document = yaml_edit.root(text)
        except (yaml.YAMLError, ValueError) as error:
            raise CatalogError(f"{path} cannot be read: {error}") from error
        edits = []
        for keys, what in places.items():
            node = yaml_edit.value(document, *keys)
            if isinstance(node, yaml.ScalarNode):
                # Without quotes 1.0 is a number.
                quote = '"' if node.style or what == "name" else ""
                start, end = node.start_mark.index, node.end_mark.index
                edits.append(yaml_edit.Edit(start, end, f"{quote}{said[what]}{quote}"))
        if edits:
            found[path] = yaml_edit.edited(text, edits)
    return found
