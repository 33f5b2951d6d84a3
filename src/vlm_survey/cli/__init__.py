"""The command line: `vlm-survey COMMAND`. The commands themselves are in `commands`."""

import contextlib
import gc
import importlib
import io
import os
import signal
import sys

import click

from vlm_survey.cli import commands
from vlm_survey.cli.terminal import printable
from vlm_survey.discovery import docstring, module_names
from vlm_survey.errors import CatalogError
from vlm_survey.files import remove_unfinished


class _Commands(click.Group):
    """The modules of `commands`. Only the module of the command that runs is imported, for a fast start."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return module_names(commands.__name__)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a stub with the help text only, for lists and shell completion."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return click.Command(cmd_name, help=docstring(_module(cmd_name), "command"))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the real command, with its name and arguments."""
        name, command, rest = super().resolve_command(ctx, args)
        if name and command:
            command = importlib.import_module(_module(name)).command
        return name, command, rest


def _module(name: str) -> str:
    return f"{commands.__name__}.{name}"


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vlm-survey")
def cli() -> None:
    """Check the records of a literature catalog and build its README and site."""


def _end(asked: int, _frame: object) -> None:
    """On SIGINT or SIGTERM, stop worker processes, remove temporary files and exit.

    Raising an exception is not reliable: C code that calls back may swallow it.
    """
    # If multiprocessing is not loaded (or only partly), there are no worker processes.
    others = getattr(sys.modules.get("multiprocessing"), "active_children", list)
    for process in others():
        process.kill()
        process.join()
    remove_unfinished()
    signal.signal(asked, signal.SIG_DFL)
    os.kill(os.getpid(), asked)


def main() -> None:
    """Run the command line. Exit codes: 0 success, 1 problems found or failure, 2 usage error."""
    # Commands create many long-lived objects and few reference cycles. Garbage collection and
    # interpreter shutdown would cost seconds for a large catalog.
    gc.disable()
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, _end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Titles contain characters that not every terminal can print.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = 2
    except click.Abort:
        code = 130
    except CatalogError as error:
        click.echo(f"vlm-survey: {printable(str(error))}", err=True)
        code = 2
    except BrokenPipeError:
        # The reader of our output closed the pipe; keep Python from reporting it on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except OSError as error:
        click.echo(f"vlm-survey: {printable(str(error))}", err=True)
        code = 1
    try:
        # stdout can be None if it was closed before the start.
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        # Output that could not be written is a failure.
        with contextlib.suppress(OSError):
            click.echo(f"vlm-survey: {printable(str(error))}", err=True)
        code = code or 1
    with contextlib.suppress(OSError):
        if sys.stderr:
            sys.stderr.flush()
    os._exit(code or 0)
