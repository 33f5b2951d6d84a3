"""`vlm-survey serve`."""

import socket
from pathlib import Path

import click

from vlm_survey.checks import run_checks
from vlm_survey.cli.findings import text_line
from vlm_survey.cli.shared import catalog_option, read
from vlm_survey.cli.terminal import printable
from vlm_survey.errors import CatalogError
from vlm_survey.load import GAPS, PAPERS, RELEASES, RETIRED, TAXONOMY
from vlm_survey.model.finding import Severity
from vlm_survey.site import build_site
from vlm_survey.site.build import DOCS, SITE
from vlm_survey.templating import template_folder


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="[default: 8000]")
@catalog_option
def command(port: int, root: Path) -> None:
    """Show the site at http://127.0.0.1:8000/ and rebuild it on every change.

    Records with errors are named and left out until they are mended.

    Example: vlm-survey serve --port 8001
    """
    # The server is MkDocs' own; loading it takes half a second that other commands save.
    from mkdocs.livereload import LiveReloadServer

    def build(_builder: object = None) -> None:
        try:
            _build(root)
        except CatalogError as error:
            click.echo(f"not rebuilt: {printable(str(error))}", err=True)

    _claim(port)
    build()
    server = LiveReloadServer(
        builder=build, host="127.0.0.1", port=port, root=str(root / SITE), mount_path="/"
    )
    for name in (PAPERS, TAXONOMY, GAPS, RETIRED, RELEASES, DOCS, "mkdocs.yml"):
        if (root / name).exists():
            server.watch(str(root / name))
    server.watch(str(template_folder()))
    click.echo(f"serving http://127.0.0.1:{port}/; stop with Ctrl+C")
    try:
        server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        click.echo("stopped")
    finally:
        server.shutdown()


def _claim(port: int) -> None:
    """Find out before the work begins whether the port is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CatalogError(f"port {port} is taken; choose another with --port") from error


def _build(root: Path) -> None:
    reading = read(root)
    for finding in run_checks(reading):
        if finding.severity is Severity.ERROR:
            click.echo(text_line(finding), err=True)
    if reading.taxonomy is None:
        raise CatalogError("taxonomy.yaml has errors")
    pages = build_site(reading.catalog, root, site_url="", preview=True)
    click.echo(f"site/ built: {len(reading.catalog)} records, {pages} filled pages")
