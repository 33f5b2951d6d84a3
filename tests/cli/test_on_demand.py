"""How the command line starts: it shows all of its commands, and imports the one that is run."""

import importlib
import inspect
import os
import subprocess
import sys

import click
import pytest
from click.shell_completion import BashComplete

from vlm_survey.cli import cli, commands
from vlm_survey.cli.reference import helps
from vlm_survey.discovery import docstring, module_names

NAMES = module_names(commands.__name__)


@pytest.fixture(scope="module")
def eager() -> click.Group:
    """The command line as it were with all of its commands imported."""
    found = {name: importlib.import_module(f"{commands.__name__}.{name}").command for name in NAMES}
    return click.Group("vlm-survey", found, help=cli.help, params=cli.params)


def test_help_says_what_the_commands_say(eager: click.Group) -> None:
    settings = {"help_option_names": ["-h", "--help"], "terminal_width": 80}
    context = click.Context(eager, info_name="vlm-survey", **settings)  # type: ignore[arg-type]

    assert dict(helps())["vlm-survey"] == eager.get_help(context)
    assert len(NAMES) > 15


@pytest.mark.parametrize("begun", ["", "re", "taxonomy", "--"])
def test_completion_says_what_the_commands_say(eager: click.Group, begun: str) -> None:
    def told(group: click.Command) -> list[tuple[str, str | None]]:
        found = BashComplete(group, {}, "vlm-survey", "").get_completions([], begun)
        return [(item.value, item.help) for item in found if item.value != "-h"]

    assert told(cli) == told(eager)
    assert told(cli)


def test_completion_goes_on_within_a_command() -> None:
    found = BashComplete(cli, {}, "vlm-survey", "").get_completions(["taxonomy"], "r")

    assert [item.value for item in found] == ["rename"]


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["no-such-command"], ["COMPLETE"]], ids=" ".join
)
def test_nothing_is_imported_before_a_command_is_run(arguments: list[str]) -> None:
    environment = os.environ | {"COMP_WORDS": "vlm-survey ", "COMP_CWORD": "1"}
    if arguments == ["COMPLETE"]:
        environment["_VLM_SURVEY_COMPLETE"] = "bash_complete"
    script = (
        "import os, sys\nos._exit = sys.exit\nsys.argv[0] = 'vlm-survey'\n"
        "from vlm_survey.cli import main\n"
        "try:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    )

    outcome = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    loaded = outcome.stderr.splitlines()[-1].split()
    assert "vlm_survey.cli" in loaded
    assert "pydantic" not in loaded
    assert not [name for name in loaded if name.startswith(f"{commands.__name__}.")]


@pytest.mark.parametrize("command", ["check", "list", "export"])
def test_a_command_imports_no_library_of_others(command: str) -> None:
    script = f"import sys, {commands.__name__}.{command}\nprint(*sys.modules)"

    outcome = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    libraries = {"bibtexparser", "jinja2", "mkdocs", "numpy", "pyarrow", "pylatexenc", "requests"}
    assert libraries.isdisjoint(outcome.stdout.split())


def test_a_docstring_is_read_from_the_source() -> None:
    assert docstring("vlm_survey.discovery", "docstring") == inspect.getdoc(docstring)
    with pytest.raises(LookupError, match="defines no function nothing"):
        docstring("vlm_survey.discovery", "nothing")
    with pytest.raises(LookupError, match="sys has no source"):
        docstring("sys", "exit")
