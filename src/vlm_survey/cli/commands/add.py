"""`vlm-survey add`."""

import dataclasses
import datetime
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from vlm_survey.cli.many import add_entries
from vlm_survey.cli.questions import answered
from vlm_survey.cli.shared import catalog_option, read
from vlm_survey.cli.terminal import printable
from vlm_survey.errors import CatalogError, InvalidValueError
from vlm_survey.files import write_new
from vlm_survey.intake.address import identifier_in
from vlm_survey.intake.bibtex import items_of
from vlm_survey.intake.draft import Draft, draft
from vlm_survey.intake.facts import Facts
from vlm_survey.intake.judging import errors_in
from vlm_survey.intake.lookup import look_up
from vlm_survey.intake.proposals import near_titles, twins
from vlm_survey.intake.web import FetchError, Web, default_cache
from vlm_survey.load import PAPERS, Reading, SourceFile, read_record
from vlm_survey.load.folder import RESERVED, Entry
from vlm_survey.model.completeness import owed_by
from vlm_survey.model.value import Slug

_MOST_BIBTEX_BYTES = 16 * 1024 * 1024


@click.command()
@click.argument("papers", nargs=-1, metavar="[ARXIV_ID|DOI|URL]...")
@click.option(
    "--bibtex",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Add every entry of this BibTeX file, without network access.",
)
@click.option(
    "--json",
    "entries_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    help="Add every entry of this file (JSON Lines or a JSON array), without network access; "
    "- is standard input.",
)
@click.option("--id", "own_id", metavar="ID", help="Id of the record.  [default: from the title]")
@click.option("--interactive", is_flag=True, help="Ask for missing fields and tags.")
@click.option("--dry-run", is_flag=True, help="Print the records without writing them.")
@catalog_option
@click.pass_context
def command(
    context: click.Context,
    papers: tuple[str, ...],
    bibtex: Path | None,
    entries_file: Path | None,
    own_id: str | None,
    interactive: bool,
    dry_run: bool,
    root: Path,
) -> None:
    """Add papers by arXiv id, DOI or link, or from a BibTeX or JSON file.

    Metadata comes from doi.org and arXiv, or from the file. Each paper becomes a record with status
    imported, and its missing fields are listed. Tags are suggested as comments only. Papers that are
    already in the catalog are reported, not written. With --interactive, each record is written
    before the next paper.

    Exit codes: 0 all papers added, 1 some not added, 2 usage error.

    An entry of a --json file is an object with title and, if known, authors (a list), year, venue,
    arxiv, doi, name, note, links, sources, id. Entries of the same work become one record.

    Example: vlm-survey add 2307.15189

    Example: vlm-survey add --json papers.jsonl --dry-run
    """
    if entries_file:
        if papers or bibtex or own_id or interactive:
            raise click.UsageError("--json can only be combined with --dry-run and --catalog")
        context.exit(add_entries(entries_file, read(root), dry_run=dry_run))
    if not papers and bibtex is None:
        raise click.UsageError(
            "give an arXiv id, a DOI or a link, or a file with --bibtex or --json"
        )
    entries = _read(bibtex) if bibtex else []
    if own_id and len(papers) + len(entries) != 1:
        raise click.UsageError("--id can only be used with a single paper")
    reading = read(root)
    chosen = _free(own_id, reading) if own_id else None
    taxonomy = reading.catalog.taxonomy
    drafts = _drafts(itertools.chain(_asked(papers), entries), reading, chosen)
    # In interactive mode, each record is written before the next paper.
    batches = ([one] for one in drafts) if interactive else [list(drafts)]
    added = 0
    for batch in batches:
        problems = errors_in([_file(made) for _, made in batch], reading)
        for (label, bare), found in zip(batch, problems, strict=True):
            made, problem = bare, found
            if interactive and not problem:
                made = answered(bare, taxonomy)
                (problem,) = errors_in([_file(made)], reading)
            if not problem and not dry_run:
                problem = _written(made, root)
            if problem:
                told = [f"{label}: not added. {problem}", *_merging(made, reading)]
                _say("\n".join(told), err=True)
                continue
            added += 1
            _say("\n".join([f"{label}: {PAPERS}/{made.record.id}.yaml", *_told(made, reading)]))
            if dry_run:
                _say(made.text)
            if interactive:
                reading = dataclasses.replace(reading, files=(*reading.files, _file(made)))
    refused = len(papers) + len(entries) - added
    _say(f"{added} {'would be added' if dry_run else 'added'}, {refused} not added")
    context.exit(1 if refused else 0)


def _drafts(
    found: Iterable[tuple[str, Facts | str]], reading: Reading, chosen: Slug | None
) -> Iterator[tuple[str, Draft]]:
    """Yield a draft of each paper. If there is none, print the reason."""
    taken = {Path(file.path).stem for file in reading.files} | set(reading.retired)
    taxonomy = reading.catalog.taxonomy
    for label, facts in found:
        try:
            if isinstance(facts, str):
                raise CatalogError(facts)
            made = draft(facts, taxonomy, taken, datetime.date.today(), chosen)
        except CatalogError as error:
            _say(f"{label}: not added. {error}", err=True)
            continue
        taken.add(made.record.id)
        yield label, made


def _file(made: Draft) -> SourceFile:
    return read_record(Entry(f"{made.record.id}.yaml", made.text.encode()))


def _asked(papers: tuple[str, ...]) -> Iterator[tuple[str, Facts | str]]:
    """Yield the facts found for each paper, or the reason why there are none."""
    web = Web(default_cache())
    for text in papers:
        try:
            yield text, look_up(web, identifier_in(text))
        except (FetchError, InvalidValueError) as error:
            yield text, str(error)


def _read(path: Path) -> list[tuple[str, Facts | str]]:
    """Return the entries of a BibTeX file, each with its facts or the reason why it is skipped."""
    if path.stat().st_size > _MOST_BIBTEX_BYTES:
        raise CatalogError(f"{path} has more than {_MOST_BIBTEX_BYTES} bytes; split it")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogError(f"{path} is not UTF-8 ({error.reason}); save it as UTF-8") from None
    items = items_of(text)
    if not items:
        raise CatalogError(f"{path} contains no entries")
    return [
        (f"{path}:{item.line}: {item.key}".rstrip(": "), item.facts or "; ".join(item.problems))
        for item in items
    ]


def _written(made: Draft, root: Path) -> str:
    """Write the record's file. Returns the reason if that is not possible, else an empty string."""
    path = root / PAPERS / f"{made.record.id}.yaml"
    try:
        write_new(path, made.text)
    except FileExistsError:
        return f"{path} already exists; choose another id with --id"
    return ""


def _told(made: Draft, reading: Reading) -> Iterator[str]:
    """Yield lines about the facts found, warnings, suggested tags and missing fields."""
    record, catalog = made.record, reading.catalog
    yield f"  {record.title}"
    people = [name.display for name in record.authors]
    shown = people if len(people) < 6 else [*people[:3], f"… ({len(people)} authors)"]
    yield f"  {', '.join(shown) or 'authors unknown'}; {record.venue or 'venue unknown'} {record.year or ''}".rstrip()
    for name, value in record.identifiers:
        if value:
            yield f"  {name}: {value}"
    if record.sources:
        yield f"  sources: {', '.join(record.sources)}"
    for remark in made.remarks:
        yield f"  warning: {remark}"
    for other in near_titles(record.title, catalog):
        yield f'  warning: {PAPERS}/{other.id}.yaml has a similar title: "{other.title}"; each work has one record only'
    for proposal in made.proposals:
        yield f"  suggested tag: {proposal.facet}={proposal.term} (keywords: {', '.join(proposal.words)})"
    yield f"  missing: {', '.join(owed_by(record, catalog.taxonomy)) or 'nothing; the status can be set to curated'}"


def _merging(made: Draft, reading: Reading) -> Iterator[str]:
    """Yield identifiers that the existing record of the same work does not have yet."""
    for other in twins(made.record, reading.catalog):
        for name, value in made.record.identifiers:
            if value and getattr(other.identifiers, name) is None:
                yield f"  can be added to {PAPERS}/{other.id}.yaml: identifiers, {name}: {value}"


def _free(own_id: str, reading: Reading) -> Slug:
    """Return the requested id, if no record has it or had it."""
    try:
        slug = Slug.parse(own_id)
    except InvalidValueError as error:
        raise click.UsageError(f"--id: {error}") from None
    if RESERVED.fullmatch(slug):
        raise click.UsageError(f"--id: {slug!r} is reserved; choose another")
    if slug in reading.retired:
        raise click.UsageError(
            f"--id: {slug} was used by another record (see retired.yaml); choose another"
        )
    if any(Path(file.path).stem == slug for file in reading.files):
        raise click.UsageError(f"--id: {PAPERS}/{slug}.yaml already exists; choose another")
    return slug


def _say(text: str, *, err: bool = False) -> None:
    click.echo(printable(text), err=err)
