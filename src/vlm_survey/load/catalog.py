"""From a catalog's folder to its catalog."""

import datetime
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from vlm_survey.errors import CatalogError
from vlm_survey.load import folder, guarded_yaml, text
from vlm_survey.load.kept import as_bytes, from_bytes
from vlm_survey.load.problem import Problem
from vlm_survey.load.reading import Reading, SourceFile
from vlm_survey.load.validate import M, validate
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.gap import Gaps
from vlm_survey.model.record import Record
from vlm_survey.model.retired import Retired
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.processes import Spread
from vlm_survey.store import Store, digest

TAXONOMY = "taxonomy.yaml"
PAPERS = "papers"
GAPS = "gaps.yaml"
RETIRED = "retired.yaml"
_WORDS_BYTES = 4 * 1024 * 1024
_WORDS_EVENTS = 200_000

_KIND = "file"
_PIECE = 250
"""Files that a process reads at once: enough that handing them over costs little."""

Progress = Callable[[Iterable[dict[bytes, bytes]]], Iterable[dict[bytes, bytes]]]


def load_catalog(root: str | os.PathLike[str] = ".") -> Catalog:
    """The catalog in the folder `root`.

    Raises:
        CatalogError: There is none, or a file in it is not valid. To work with what is valid all
            the same, use `read_catalog`.
    """
    reading = read_catalog(root)
    own = (reading.taxonomy_file, reading.gaps_file, reading.retired_file)
    for file in (*own, *reading.files):
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
            f"no catalog in {path.resolve()}: it needs {TAXONOMY} and a folder {PAPERS}/; "
            "go there, or name it with --catalog DIR"
        )
    taxonomy_file, taxonomy = read_data_file(path / TAXONOMY, Taxonomy)
    gaps_file, gaps = _if_there(path / GAPS, Gaps)
    retired_file, retired = _if_there(path / RETIRED, Retired)
    store = Store.of_catalog(path)
    known = {file.digest: file for file in before.files} if before else {}
    files = _read_records(list(folder.entries(papers)), store, progress, known)
    return Reading(
        path,
        taxonomy_file,
        taxonomy,
        gaps_file,
        gaps.gaps if gaps else (),
        retired_file,
        retired.retired if retired else {},
        files,
        today or datetime.date.today(),
        store,
    )


def _read_records(
    entries: list[folder.Entry],
    store: Store,
    progress: Progress,
    known: Mapping[bytes, SourceFile],
) -> tuple[SourceFile, ...]:
    """All entries of `papers/`; what was read before is not read anew."""
    keys = [_digest(entry) for entry in entries]
    if known:
        return tuple(
            known[key] if key and key in known else read_record(entry)
            for entry, key in zip(entries, keys, strict=True)
        )
    kept = store.get(_KIND, keys)
    pairs = zip(entries, keys, strict=True)
    new = [(entry, key) for entry, key in pairs if key not in kept]
    read: dict[bytes, bytes] = {}
    for found in progress(Spread(_read_piece, new, _PIECE)):
        read.update(found)
    read.pop(b"", None)
    if read:
        store.put(_KIND, read)
        store.prune(_KIND, keys)
    return tuple(
        from_bytes(value, f"{PAPERS}/{entry.name}", entry.data, key)
        if (value := kept.get(key) or read.get(key))
        else read_record(entry)
        for entry, key in zip(entries, keys, strict=True)
    )


def _read_piece(piece: Sequence[tuple[folder.Entry, bytes]]) -> dict[bytes, bytes]:
    return {key: as_bytes(read_record(entry)) for entry, key in piece}


def _digest(entry: folder.Entry) -> bytes:
    return b"" if entry.data is None else digest(entry.name.encode(), entry.data)


def read_record(entry: folder.Entry) -> SourceFile:
    """One entry of `papers/` as a record, or as the reasons why it is none."""
    path = f"{PAPERS}/{entry.name}"
    if entry.data is None:
        return SourceFile(path, problems=entry.problems)
    content, problems = text.decode(entry.data)
    if content is None:
        return SourceFile(path, problems=tuple(problems), digest=_digest(entry))
    data, lines, yaml_problems = guarded_yaml.parse(content)
    problems += yaml_problems
    record = None
    if data is not None or not yaml_problems:
        record, schema_problems = validate(Record, data, lines, id=entry.id)
        # A value that was refused already need not be refused once more for being absent.
        refused = {problem.line for problem in problems}
        problems += [problem for problem in schema_problems if problem.line not in refused]
    ordered = tuple(sorted(problems, key=_line))
    valid = None if ordered else record
    return SourceFile(path, entry.data, valid, ordered, lines, _digest(entry))


def _if_there(path: Path, model: type[M]) -> tuple[SourceFile, M | None]:
    if not path.exists():
        return SourceFile(path.name), None
    return read_data_file(path, model)


def read_data_file(path: Path, model: type[M]) -> tuple[SourceFile, M | None]:
    """One of the files that are no record and may be larger: the taxonomy, the gaps, a release."""
    data, problems = folder.read_regular(path, _WORDS_BYTES)
    if data is None:
        return SourceFile(path.name, problems=tuple(problems)), None
    return read_data(path.name, data, model)


def read_data(name: str, data: bytes, model: type[M]) -> tuple[SourceFile, M | None]:
    """What such a file holds as a `model`, or as the reasons why it is none."""
    content, problems = text.decode(data, _WORDS_BYTES)
    if content is None:
        return SourceFile(name, problems=tuple(problems)), None
    tree, lines, yaml_problems = guarded_yaml.parse(content, _WORDS_EVENTS)
    problems += yaml_problems
    words = None
    if not problems:
        words, problems = validate(model, tree, lines)
    ordered = tuple(sorted(problems, key=_line))
    return SourceFile(name, data, None, ordered, lines, digest(data)), None if ordered else words


def _line(problem: Problem) -> int:
    return problem.line
