"""Publish a release of the records for the pushed tag: list of changes, exports and package.

Nothing is published unless all files of the catalog have the version of the tag.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml
from github import catalog, cut, git

from vlm_survey.exports.registry import all_exports


def main(tag: str, folder: Path) -> None:
    """Check the version in all files, then create and publish the release files."""
    if not re.fullmatch(r"v[0-9][0-9A-Za-z.-]{0,40}", tag):
        sys.exit(f"::error::{tag!r} is not a version; use a tag such as v0.2.0")
    version = tag.removeprefix("v")
    reached = git("tag", "--list", "v*", "--merged", tag, "--sort=-creatordate").split()
    earlier = [other for other in reached if other != tag]
    said = versions(version, listed=bool(earlier))
    if missing := [place for place, says in said.items() if says != version]:
        sys.exit(
            f"::error::version {version} is missing in {', '.join(missing)}; to write it, run: "
            f"vlm-survey diff <previous release> --release {version}"
        )
    folder.mkdir(parents=True, exist_ok=True)
    name = Path.cwd().name
    files = []
    for form in sorted(all_exports().values(), key=lambda form: form.name):
        path = folder / f"{name}-{version}{form.suffix}"
        ran(catalog("export", form.name, "--output", str(path)))
        files.append(str(path))
    notes = folder / "notes.md"
    text = "The first release."
    if earlier:
        text = ran(catalog("diff", "--format", "markdown", earlier[0], tag)).stdout
        changes = folder / f"{name}-{version}-changes.md"
        changes.write_text(text, encoding="utf-8")
        files.append(str(changes))
        text = cut(text, f"see {changes.name} for the rest")
    notes.write_text(text, encoding="utf-8")
    files += software(Path("dist"), os.environ.get("PROOF", ""))
    command = ["gh", "release", "create", tag, "--verify-tag", "--title", tag]
    subprocess.run([*command, "--notes-file", str(notes), *files], check=True)  # nosec B603  # noqa: S603 - no shell; the tag is a version


def software(folder: Path, proof: str) -> list[str]:
    """Return the package files, if this is the repository of the software.

    Args:
        folder: Folder of the built package.
        proof: Provenance file; empty if there is none.
    """
    if proof:
        shutil.copy(proof, folder / "provenance.intoto.jsonl")
    return [str(path) for path in sorted(folder.glob("*")) if path.is_file()]


def versions(version: str, *, listed: bool) -> dict[str, str]:
    """Return the version stated in each file; empty if there is none.

    Args:
        version: The expected version.
        listed: Whether the release has a list of changes (all but the first).
    """
    settings = yaml.load(Path("mkdocs.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # nosec B506  # noqa: S506 - builds nothing but text
    citation = yaml.load(Path("CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)  # nosec B506  # noqa: S506 - builds nothing but text
    said = {
        "mkdocs.yml": str((settings.get("extra") or {}).get("release", "")),
        "CITATION.cff": str(citation.get("version", "")),
    }
    project, changelog = Path("pyproject.toml"), Path("CHANGELOG.md")
    # Only in the repository of the software.
    if project.is_file():
        stated = tomllib.loads(project.read_text(encoding="utf-8")).get("project", {})
        said["pyproject.toml"] = stated.get("version", version)
    if changelog.is_file():
        heads = re.findall(r"^## (\S+)", changelog.read_text(encoding="utf-8"), re.MULTILINE)
        said["CHANGELOG.md"] = version if version in heads else ""
    if listed:
        path = Path("releases") / f"{version}.yaml"
        said[str(path)] = version if path.is_file() else ""
    return said


def ran(outcome: "subprocess.CompletedProcess[str]") -> "subprocess.CompletedProcess[str]":
    """Return a successful outcome; exit the script otherwise."""
    if outcome.returncode:
        sys.exit(outcome.stderr or outcome.stdout)
    return outcome


if __name__ == "__main__":
    main(os.environ["TAG"], Path(sys.argv[1]))
