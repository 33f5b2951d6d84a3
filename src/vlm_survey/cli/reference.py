"""Update the help texts in the command line reference: `python -m vlm_survey.cli.reference PAGE`.

The page is written by hand, except for code blocks whose title is a command's `--help`.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from vlm_survey.cli import cli
from vlm_survey.files import write_atomically

_BLOCK = re.compile(
    r'^```text title="(?P<command>vlm-survey[a-z -]*) --help"\n(?:.*\n)*?```$', re.MULTILINE
)


def helps() -> list[tuple[str, str]]:
    """Return the full name and help of every command, 80 columns wide, groups before their commands."""
    return list(_helps(cli, "vlm-survey", None))


def _helps(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[tuple[str, str]]:
    context = command.make_context(
        name, [], parent=parent, resilient_parsing=True, terminal_width=80
    )
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            _, found, _ = command.resolve_command(context, [sub])
            if found:
                yield from _helps(found, sub, context)


def with_helps(page: str) -> str:
    """Return the page with all help blocks up to date."""
    known = dict(helps())

    def block(match: re.Match[str]) -> str:
        command = match["command"]
        return f'```text title="{command} --help"\n{known.get(command, "unknown command")}\n```'

    return _BLOCK.sub(block, page)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    write_atomically(path, with_helps(path.read_text(encoding="utf-8")))
