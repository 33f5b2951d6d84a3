"""`vlm-survey fmt`."""

from pathlib import Path

import click

from vlm_survey.cli.shared import catalog_option
from vlm_survey.cli.terminal import printable
from vlm_survey.errors import CatalogError
from vlm_survey.files import write_atomically
from vlm_survey.layout import canonical_text
from vlm_survey.load import PAPERS, read_record
from vlm_survey.load.folder import Entry, entries


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if a file would change."
)
@catalog_option
@click.pass_context
def command(context: click.Context, only_check: bool, root: Path) -> None:
    """Format all records.

    Comments are kept. Files with errors are skipped and reported: fix them first.

    Example: vlm-survey fmt --check
    """
    papers = root / PAPERS
    if papers.is_symlink() or not papers.is_dir():
        raise CatalogError(f"no catalog in {root.resolve()}: it has no folder {PAPERS}/")
    changed = left = 0
    for entry in entries(papers):
        text = _laid_out(entry)
        if text is None:
            left += 1
            name = printable(entry.name).replace("\n", "\\n")
            click.echo(f"{PAPERS}/{name} skipped: it has errors, see vlm-survey check", err=True)
        elif text.encode() != entry.data:
            changed += 1
            click.echo(f"{'would format' if only_check else 'formatted'} {PAPERS}/{entry.name}")
            if not only_check:
                write_atomically(papers / entry.name, text)
    click.echo(f"{changed} {'to format' if only_check else 'formatted'}, {left} skipped")
    context.exit(1 if left or (only_check and changed) else 0)


def _laid_out(entry: Entry) -> str | None:
    """Return the formatted text, or None if the file is not a valid record."""
    if entry.data is None:
        return None
    # Remove byte order marks and normalize line endings before parsing.
    data = entry.data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    file = read_record(Entry(entry.name, data))
    if file.text is None or file.record is None:
        return None
    return canonical_text(file.text, file.record, file.lines)
