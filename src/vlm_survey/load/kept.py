"""A file that was read, as bytes: to keep it, and to hand it from one process to another."""

import functools
import importlib
import io
import pickle
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vlm_survey.errors import CatalogError
from vlm_survey.load import folder
from vlm_survey.load.problem import Problem
from vlm_survey.load.reading import Place, SourceFile
from vlm_survey.model.record import Record


def as_bytes(file: SourceFile) -> bytes:
    """What was read in `file`, without its name and text."""
    record = b"" if file.record is None else _packed(file.record)
    lines = _packed(dict(file.lines))
    problems = [(p.line, p.code, p.message, p.fix) for p in file.problems]
    said = _packed(problems) if problems else b""
    return b"".join((_LENGTHS.pack(len(record), len(lines)), record, lines, said))


def from_bytes(kept: bytes, papers: Path, name: str, digest: bytes) -> SourceFile:
    """The file again; its record, lines and text are fetched once somebody asks for them.

    Args:
        papers: The folder that it lies in.
        name: Its name there.
    """
    record, lines = _LENGTHS.unpack_from(kept)
    said = kept[_LENGTHS.size + record + lines :]
    problems = tuple(Problem(*problem) for problem in _unpacked(said)) if said else ()
    made = _Kept(kept, papers, name, digest)
    return SourceFile(f"{papers.name}/{name}", problems=problems, digest=digest, made=made)


_LENGTHS = struct.Struct("<II")
"""Bytes of the record and of the lines; what follows them are the problems."""


class _Kept:
    __slots__ = ("_digest", "_kept", "_name", "_papers")

    def __init__(self, kept: bytes, papers: Path, name: str, digest: bytes) -> None:
        self._kept, self._papers, self._name, self._digest = kept, papers, name, digest

    def record(self) -> Record | None:
        length, lines = _LENGTHS.unpack_from(self._kept)
        if not length:
            return None
        end = _LENGTHS.size + length
        record: Record = _unpacked(self._kept[_LENGTHS.size : end])
        # Where there is one, it is asked for but once: of its bytes nothing need stay.
        self._kept = _LENGTHS.pack(0, lines) + self._kept[end : end + lines]
        return record

    def lines(self) -> Mapping[Place, int]:
        length, lines = _LENGTHS.unpack_from(self._kept)
        start = _LENGTHS.size + length
        found: Mapping[Place, int] = _unpacked(self._kept[start : start + lines])
        return found

    def data(self) -> bytes | None:
        if not self._digest:
            return None
        entry = folder.entry(self._papers, self._name)
        if entry.digest != self._digest:
            raise CatalogError(
                f"{self._papers.name}/{self._name} changed while it was in use; run the command again"
            )
        return entry.data


_MAKERS = frozenset(
    [
        ("datetime", "date"),
        ("vlm_survey.model.value", "_slug"),
        ("vlm_survey.model.value", "_unpickled"),
    ]
)
"""What makes parts of a record, besides the classes of the model."""


class _Unpickler(pickle.Unpickler):
    """Makes nothing but what a record is made of, whoever wrote the bytes."""

    def find_class(self, module: str, name: str) -> Any:
        return _part(module, name)


@functools.cache
def _part(module: str, name: str) -> Any:
    if (module, name) in _MAKERS or module.startswith("vlm_survey.model."):
        # A name with dots would lead on to whatever the module has imported.
        found = getattr(importlib.import_module(module), name, None)
        if (module, name) in _MAKERS or (isinstance(found, type) and found.__module__ == module):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is no part of a record")


def _packed(value: Any) -> bytes:
    return pickle.dumps(value, protocol=5)


def _unpacked(data: bytes) -> Any:
    return _Unpickler(io.BytesIO(data)).load()
