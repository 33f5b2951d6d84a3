"""How the code is put together: who may know whom, what is public, what is documented."""

import ast
import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import vlm_survey
from tests.conftest import REPOSITORY
from vlm_survey.settings import read_settings

PACKAGE = REPOSITORY / "src" / "vlm_survey"

# From the bottom up: a module may import from its own layer and from those below it.
LAYERS = [
    ["errors", "discovery", "files", "processes", "store"],
    ["model"],
    ["urls"],
    ["templating"],
    ["forms", "load", "schema"],
    ["layout", "settings"],
    ["checks", "exports", "rewrite", "search"],
    ["views"],
    ["intake", "library", "readme", "site", "start"],
    ["preview", "upkeep"],
    ["cli"],
    ["__main__"],
]
HEIGHT = {name: height for height, names in enumerate(LAYERS) for name in names}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(module: str) -> str:
    """`checks` for `vlm_survey.checks.rules.status`."""
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    own = path.relative_to(PACKAGE).with_suffix("").parts[0]
    if own == "__init__":
        return  # The public interface gathers from everywhere.
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            if name.startswith("vlm_survey.") and part_of(name) != own:
                assert HEIGHT[part_of(name)] < HEIGHT[own], f"{own} may not know {name}"


def test_only_those_that_ask_sources_know_the_network() -> None:
    """The layers keep checks and site from knowing them."""
    asks = re.compile(
        r"^\s*(?:import|from) (?:requests|socket|urllib3|urllib\.request|http\.client)", re.M
    )
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in modules()
        if asks.search(path.read_text(encoding="utf-8"))
    ]

    assert found == ["intake/web.py", "upkeep/links.py"]


def test_every_part_has_its_place_in_the_layers() -> None:
    parts = {module.name for module in pkgutil.iter_modules([str(PACKAGE)])}

    assert parts == set(HEIGHT)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_very_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_no_template_is_made_from_data() -> None:
    for path in modules():
        assert "from_string" not in path.read_text(encoding="utf-8"), path


def test_nothing_of_the_subject_is_in_the_code() -> None:
    """Another survey must be able to use the code as it is."""
    terms = re.compile(
        r"learning_strategy|adaptation_strategy|fine-tuning|pretraining|prompt-learning|radiolog|chest|medical|segmentation|\bvqa\b",
        re.IGNORECASE,
    )
    for path in [*modules(), *(REPOSITORY / "templates").rglob("*.*")]:
        found = terms.findall(without_examples(path.read_text(encoding="utf-8")))
        assert found == [], path


def without_examples(text: str) -> str:
    """Without docstrings, help texts and comments, which may name terms as examples."""
    text = re.sub(r'"""(?:.|\n)*?"""', "", text)
    text = re.sub(r"#.*|/\*(?:.|\n)*?\*/|\{#.*?#\}", "", text)
    return re.sub(r'help=(?:\s*"[^"]*")+', "", text)


def test_everything_public_has_one_place_and_a_docstring() -> None:
    for name in vlm_survey.__all__:
        value = getattr(vlm_survey, name)
        assert value.__doc__, name
        home = importlib.import_module(value.__module__)
        assert getattr(home, value.__name__) is value


def test_the_public_interface_is_sorted_and_complete() -> None:
    """What type checkers see, what is promised, and what is found at run time are the same."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("vlm_survey.")
        for alias in node.names
    }

    assert imported == vlm_survey._HOMES
    assert vlm_survey.__all__ == sorted(imported)
    assert set(vlm_survey.__all__) <= set(dir(vlm_survey))
    with pytest.raises(AttributeError, match="no attribute 'Recrod'"):
        _ = vlm_survey.Recrod


def test_the_version_is_the_same_everywhere() -> None:
    version = re.search(r'^version = "(.+)"', (REPOSITORY / "pyproject.toml").read_text(), re.M)[1]  # type: ignore[index]

    assert f"\nversion: {version}\n" in (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")
    assert read_settings(REPOSITORY).release == version
    assert f"\n## {version} - " in (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["python.md"])
def test_examples_in_the_pages_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    outcome = doctest.testfile(str(REPOSITORY / "docs" / name), module_relative=False)

    assert outcome.attempted > 5
    assert outcome.failed == 0


def test_examples_in_docstrings_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    names = [module.name for module in pkgutil.walk_packages([str(PACKAGE)], "vlm_survey.")]
    outcomes = [doctest.testmod(importlib.import_module(name)) for name in ["vlm_survey", *names]]

    assert sum(outcome.attempted for outcome in outcomes) >= 5
    assert sum(outcome.failed for outcome in outcomes) == 0


def test_paths_named_in_the_architecture_page_exist() -> None:
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    paths = re.findall(r"^\| `((?:src|tests|templates|papers|docs|taxonomy)[^`]*)`", text, re.M)

    assert len(paths) > 10
    for path in paths:
        assert (REPOSITORY / path).exists(), path


def test_promises_are_held_by_tests_that_are_there() -> None:
    text = (REPOSITORY / "docs" / "trust.md").read_text(encoding="utf-8")
    promises = text.partition("## Guarantees")[2].partition("\n## ")[0].split("\n- ")[1:]

    assert len(promises) > 15
    for promise in promises:
        named = re.findall(r"`(tests/[^`]+)`", promise)
        assert named, promise
        for path, _, test in (name.partition("::") for name in named):
            assert f"def {test}(" in (REPOSITORY / path).read_text(encoding="utf-8") or not test
