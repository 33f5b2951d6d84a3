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
    """The modules of `commands`. Only the one that is run is imported, so that all start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return module_names(commands.__name__)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command as lists and completion show it: with its help, without what it does."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return click.Command(cmd_name, help=docstring(_module(cmd_name), "command"))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command itself, with its name and its arguments."""
        name, command, rest = super().resolve_command(ctx, args)
        if name and command:
            command = importlib.import_module(_module(name)).command
        return name, command, rest


def _module(name: str) -> str:
    return f"{commands.__name__}.{name}"


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vlm-survey")
def cli() -> None:
    """A living literature catalog: check its records, render its README and site."""


def _end(asked: int, _frame: object) -> None:
    """End by the signal that asks for it, once other processes and what is unfinished are gone.

    An exception could be lost: what calls back from C goes on after it.
    """
    # Where it is not loaded, or only half, there are none.
    others = getattr(sys.modules.get("multiprocessing"), "active_children", list)
    for process in others():
        process.kill()
        process.join()
    remove_unfinished()
    signal.signal(asked, signal.SIG_DFL)
    os.kill(os.getpid(), asked)


def main() -> None:
    """Run the command line. Exit codes: 0 fine, 1 findings or failure, 2 wrong usage."""
    # A command makes many things that live until it ends, and hardly any circles: to look for waste
    # again and again, and to take all apart at the end, costs a large catalog seconds.
    gc.disable()
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, _end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Titles hold letters that not every terminal has.
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
        # Whoever read our output has seen enough; Python must not complain on closing it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except OSError as error:
        click.echo(f"vlm-survey: {printable(str(error))}", err=True)
        code = 1
    try:
        # Without an output, all that was said is lost, as it was asked for.
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        # What could not be written must not pass for written.
        with contextlib.suppress(OSError):
            click.echo(f"vlm-survey: {printable(str(error))}", err=True)
        code = code or 1
    with contextlib.suppress(OSError):
        if sys.stderr:
            sys.stderr.flush()
    os._exit(code or 0)
