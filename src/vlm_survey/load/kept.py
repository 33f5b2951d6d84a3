"""A file that was read, as bytes: to keep it, and to hand it from one process to another."""

import io
import pickle
import struct
from collections.abc import Mapping
from typing import Any

from vlm_survey.load.problem import Problem
from vlm_survey.load.reading import Place, SourceFile
from vlm_survey.model.record import Record


def as_bytes(file: SourceFile) -> bytes:
    """What was read in `file`, without its name and text."""
    record, lines = _packed(file.record), _packed(dict(file.lines))
    problems = [(p.line, p.code, p.message, p.fix) for p in file.problems]
    said = _packed(problems) if problems else b""
    return b"".join((_LENGTHS.pack(len(record), len(lines)), record, lines, said))


def from_bytes(kept: bytes, path: str, data: bytes | None, digest: bytes) -> SourceFile:
    """The file again; its record and lines are unpacked once somebody asks for them."""
    record, lines = _LENGTHS.unpack_from(kept)
    at = _LENGTHS.size
    made = _Kept(kept[at : at + record], kept[at + record : at + record + lines])
    said = kept[at + record + lines :]
    problems = tuple(Problem(*problem) for problem in _unpacked(said)) if said else ()
    return SourceFile(path, data, problems=problems, digest=digest, made=made)


_LENGTHS = struct.Struct("<II")
"""Bytes of the record and of the lines; what follows them are the problems."""


class _Kept:
    __slots__ = ("_lines", "_record")

    def __init__(self, record: bytes, lines: bytes) -> None:
        self._record = record
        self._lines = lines

    def record(self) -> Record | None:
        # Once it is there, the bytes are of no more use.
        data, self._record = self._record, b""
        record: Record | None = _unpacked(data) if data else None
        return record

    def lines(self) -> Mapping[Place, int]:
        lines: Mapping[Place, int] = _unpacked(self._lines)
        return lines


class _Unpickler(pickle.Unpickler):
    """Makes nothing but what a record is made of, whoever wrote the bytes."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("vlm_survey.model.") or (module, name) == ("datetime", "date"):
            found = super().find_class(module, name)
            # A name with dots leads on to whatever the module has imported.
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a record")


def _packed(value: Any) -> bytes:
    return pickle.dumps(value, protocol=5)


def _unpacked(data: bytes) -> Any:
    return _Unpickler(io.BytesIO(data)).load()
