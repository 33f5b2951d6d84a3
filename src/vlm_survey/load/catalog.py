"""From a catalog's folder to its catalog."""

import datetime
import itertools
import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from vlm_survey.errors import CatalogError
from vlm_survey.load import folder, guarded_yaml, text
from vlm_survey.load.data_file import read_data_file
from vlm_survey.load.kept import as_bytes, from_bytes
from vlm_survey.load.reading import Reading, SourceFile
from vlm_survey.load.releases import read_releases
from vlm_survey.load.validate import M, validate
from vlm_survey.model.author import Authors
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.gap import Gaps
from vlm_survey.model.record import Record
from vlm_survey.model.rejected import Rejected
from vlm_survey.model.retired import Retired
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.processes import Spread
from vlm_survey.store import Store

TAXONOMY = "taxonomy.yaml"
PAPERS = "papers"
GAPS = "gaps.yaml"
RETIRED = "retired.yaml"
AUTHORS = "authors.yaml"
REJECTED = "rejected.yaml"

_KIND = "file"
_PIECE = 250
"""Files that a process reads at once: enough that handing them over costs little."""

Read: TypeAlias = "list[tuple[str, bytes, bytes]]"
"""Names of files, their digests, and what was read in them, as bytes."""

Progress = Callable[[Iterable[Read]], Iterable[Read]]


def load_catalog(root: str | os.PathLike[str] = ".") -> Catalog:
    """The catalog in the folder `root`.

    Raises:
        CatalogError: There is none, or a file in it is not valid. To work with what is valid all
            the same, use `read_catalog`.
    """
    reading = read_catalog(root)
    for file in (*reading.own_files, *reading.files):
        for problem in file.problems:
            raise CatalogError(f"{file.path}:{problem.line}: {problem.message}; {problem.fix}")
    return reading.catalog


def read_catalog(
    root: str | os.PathLike[str] = ".",
    today: datetime.date | None = None,
    progress: Progress = iter,
    before: Reading | None = None,
) -> Reading:
    """Everything in the folder `root`, valid or not.

    Args:
        root: Folder with `taxonomy.yaml` and `papers/`.
        today: The day on which dates are judged; without it, the day that it is.
        progress: Wraps the loop over pieces of the files, to show how far it is.
        before: An earlier reading: files that have not changed since are taken from it.

    Raises:
        CatalogError: The folder holds no catalog.
    """
    path = Path(root)
    papers = path / PAPERS
    if not (path / TAXONOMY).is_file() or papers.is_symlink() or not papers.is_dir():
        raise CatalogError(
            f"no catalog in {path.resolve()}: {TAXONOMY} or the folder {PAPERS}/ is missing; "
            "change to the catalog's folder, or use --catalog DIR"
        )
    taxonomy_file, taxonomy = read_data_file(path / TAXONOMY, Taxonomy)
    gaps_file, gaps = _if_there(path / GAPS, Gaps)
    retired_file, retired = _if_there(path / RETIRED, Retired)
    authors_file, authors = _if_there(path / AUTHORS, Authors)
    rejected_file, rejected = _if_there(path / REJECTED, Rejected)
    store = Store.of_catalog(path)
    files = _read_again(papers, before.files) if before else _read_records(papers, store, progress)
    return Reading(
        path,
        taxonomy_file,
        taxonomy,
        gaps_file,
        gaps.gaps if gaps else (),
        retired_file,
        retired.retired if retired else {},
        authors_file,
        authors.authors if authors else {},
        rejected_file,
        rejected.rejected if rejected else (),
        files,
        today or datetime.date.today(),
        store,
        tuple(file for file, _ in read_releases(path)),
    )


def _read_records(papers: Path, store: Store, progress: Progress) -> tuple[SourceFile, ...]:
    """All entries of `papers/`, those that were read before from the store."""
    files: dict[str, SourceFile] = {}
    new: list[str] = []
    found = folder.entries(papers)
    # A large catalog's files are not held at once.
    while piece := list(itertools.islice(found, _PIECE)):
        keys = [entry.digest for entry in piece]
        kept = store.get(_KIND, keys)
        for entry, key in zip(piece, keys, strict=True):
            # Each keeps its place; that of one to be read is taken again below.
            files[entry.name] = SourceFile(_path(entry.name), problems=entry.problems)
            if value := kept.get(key):
                files[entry.name] = from_bytes(value, papers, entry.name, key)
            elif entry.data is not None:
                new.append(entry.name)
    for read in progress(Spread(partial(_read_piece, papers), new, _PIECE)):
        store.put(_KIND, {key: value for _, key, value in read if key})
        for name, key, value in read:
            files[name] = from_bytes(value, papers, name, key)
    if new:
        store.prune(_KIND, [file.digest for file in files.values()])
    return tuple(files.values())


def _read_piece(papers: Path, names: Sequence[str]) -> Read:
    files = [read_record(folder.entry(papers, name)) for name in names]
    return [(name, file.digest, as_bytes(file)) for name, file in zip(names, files, strict=True)]


def _read_again(papers: Path, before: Sequence[SourceFile]) -> tuple[SourceFile, ...]:
    """All entries of `papers/`, those that have not changed as they were read before."""
    known = {file.digest: file for file in before if file.digest}
    return tuple(known.get(entry.digest) or read_record(entry) for entry in folder.entries(papers))


def _path(name: str) -> str:
    return f"{PAPERS}/{name}"


def read_record(entry: folder.Entry) -> SourceFile:
    """One entry of `papers/` as a record, or as the reasons why it is none."""
    path = _path(entry.name)
    if entry.data is None:
        return SourceFile(path, problems=entry.problems)
    content, problems = text.decode(entry.data)
    if content is None:
        return SourceFile(path, problems=tuple(problems), digest=entry.digest)
    data, lines, yaml_problems = guarded_yaml.parse(content)
    problems += yaml_problems
    record = None
    if data is not None or not yaml_problems:
        # A value that was refused already need not be refused once more for being absent.
        refused = {problem.line for problem in yaml_problems}
        record, schema_problems = validate(Record, data, lines, refused, id=entry.id)
        problems += schema_problems
    ordered = tuple(sorted(problems, key=lambda problem: problem.line))
    valid = None if ordered else record
    return SourceFile(path, entry.data, valid, ordered, lines, entry.digest)


def _if_there(path: Path, model: type[M]) -> tuple[SourceFile, M | None]:
    if not path.exists():
        return SourceFile(path.name), None
    return read_data_file(path, model)
