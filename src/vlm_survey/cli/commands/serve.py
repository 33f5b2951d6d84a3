"""`vlm-survey serve`."""

import signal
from pathlib import Path

import click

from vlm_survey.cli.findings import text_line
from vlm_survey.cli.shared import catalog_option
from vlm_survey.cli.terminal import printable


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="[default: 8000]")
@catalog_option
def command(port: int, root: Path) -> None:
    """Show the site at http://127.0.0.1:8000/, and every change of it at once.

    Pages are made when you look at them; site/ is not touched. Records with errors are named and left
    out until they are mended.

    Example: vlm-survey serve --port 8001
    """
    # What watches files and what draws pages take time to load that other commands save.
    from vlm_survey.preview import Preview, serving, watching

    # That is how it is meant to end.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    root = root.resolve()
    preview = Preview(
        root,
        lambda text: click.echo(printable(text), err=True),
        lambda finding: click.echo(text_line(finding), err=True),
    )
    try:
        with serving(preview, port) as server, watching(root, preview.refresh):
            preview.refresh()
            click.echo(f"serving http://127.0.0.1:{port}/; stop with Ctrl+C")
            server.serve_forever()
    except KeyboardInterrupt:
        click.echo("stopped")
    finally:
        preview.close()
