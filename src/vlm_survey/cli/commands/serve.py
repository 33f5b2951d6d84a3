"""`vlm-survey serve`."""

import signal
from pathlib import Path

import click

from vlm_survey.cli.findings import text_line
from vlm_survey.cli.shared import catalog_option
from vlm_survey.cli.terminal import printable


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    help="Port to listen on.  [default: 8000]",
)
@catalog_option
def command(port: int, root: Path) -> None:
    """Preview the site at http://127.0.0.1:8000/ with live reload.

    Pages are rendered on request; site/ is not changed. Records with errors are reported and left out
    until they are fixed.

    Example: vlm-survey serve --port 8001
    """
    # The file watcher and the page renderer are slow to import; other commands do not need them.
    from vlm_survey.preview import Preview, serving, watching

    # Ctrl+C is the normal way to stop the server.
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
