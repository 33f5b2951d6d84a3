"""The golden cases, as their files say them: for the tests here, and as seeds of the fuzzers."""

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
GOOD = {
    "title": "A title",
    "year": "2023",
    "authors": "[Ada Lovelace]",
    "status": "imported",
    "added": "2026-11-24",
}
"""The record that a case of `files.yaml` changes."""

Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    """All cases of one file."""
    found: list[Case] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def file_of(case: Case) -> bytes:
    """The file that a case of `files.yaml` describes."""
    given = {
        name: case[name] * case.get("times", 1) for name in [*GOOD, "file", "after"] if name in case
    }
    fields = "".join(f"{name}: {given.get(name, value)}\n" for name, value in GOOD.items())
    text: str = given["file"] if "file" in given else fields + given.get("after", "") + "\n"
    return text.replace("\n", case.get("line_end", "\n")).encode(case.get("encoding", "utf-8"))


def address_of(case: Case) -> str:
    """The address of a case of `addresses.yaml`, made `longer` by so many letters."""
    return str(case["url"]) + "a" * case.get("longer", 0)


def bibtex_of(case: Case) -> str:
    """The BibTeX of a case of `bibtex.yaml`."""
    return str(case["text"]) * case.get("times", 1)
