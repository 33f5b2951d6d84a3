"""Run the checks, with a cache for findings that depend on a single record."""

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from vlm_survey.checks.registry import Check, Key, Scope, all_checks
from vlm_survey.load.reading import Reading, SourceFile
from vlm_survey.model.finding import Finding, Severity
from vlm_survey.processes import Spread
from vlm_survey.store import digest

Rows: TypeAlias = "list[list[Any]]"
"""Findings of a file: line, code, message, fix, severity. Keys: code, text, line."""

_PIECE = 250
"""Files that a process checks at once."""


def run_checks(reading: Reading, *, strict: bool = False) -> list[Finding]:
    """All findings on what was read, sorted by file and line.

    Args:
        strict: Whether to report missing fields as well.
    """
    rules = [rule for rule in all_checks() if reading.taxonomy or not rule.needs_taxonomy]
    findings, keys = _own(rules, reading)
    findings += _judged(rules, reading)
    for rule in rules:
        if rule.keys:
            findings += rule.run(reading, keys[rule.code])
        elif rule.scope is Scope.CATALOG:
            findings += rule.run(reading)
    return sorted(f for f in findings if strict or f.severity is not Severity.OWED)


def _own(rules: list[Check], reading: Reading) -> tuple[list[Finding], dict[str, list[Key]]]:
    """The findings that each record's bytes decide, and the keys of all records."""
    findings = []
    keys: dict[str, list[Key]] = {rule.code: [] for rule in rules if rule.keys}
    for file, (found, said) in _kept(Scope.RECORD, b"", rules, reading):
        if found:
            findings += _findings(file, found)
        for code, text, line in said:
            if code in keys:
                keys[code].append(Key(file, text, line))
    return findings, keys


def _judged(rules: list[Check], reading: Reading) -> list[Finding]:
    """The findings that depend on the taxonomy and the day, too."""
    words = digest(reading.taxonomy_file.digest, reading.today.isoformat().encode())
    kept = _kept(Scope.WORDS, words, rules, reading)
    return [finding for file, (found, _) in kept for finding in _findings(file, found)]


def _findings(file: SourceFile, found: Rows) -> list[Finding]:
    return [
        Finding(file.path, line, code, message, fix, Severity(severity))
        for line, code, message, fix, severity in found
    ]


def _kept(
    scope: Scope, given: bytes, rules: list[Check], reading: Reading
) -> Iterator[tuple[SourceFile, tuple[Rows, Rows]]]:
    """For each valid file of which there is something to say, its findings and keys of one scope: those that are kept, or found anew."""
    files = [file for file in reading.files if not file.problems]
    keys = [file.digest + given for file in files]
    kept = reading.store.get(scope, keys)
    new = [file for file, key in zip(files, keys, strict=True) if key not in kept]
    mine = [rule for rule in rules if rule.scope is scope or (rule.keys and scope is Scope.RECORD)]

    def work(piece: Sequence[SourceFile]) -> dict[bytes, bytes]:
        found = _found(mine, dataclasses.replace(reading, files=tuple(piece)))
        return {
            file.digest + given: json.dumps(found[file.path]).encode()
            if any(found[file.path])
            else b""
            for file in piece
        }

    made: dict[bytes, bytes] = {}
    for found in Spread(work, new, _PIECE):
        made.update(found)
    if made:
        reading.store.put(scope, made)
        reading.store.prune(scope, keys)
    for file, key in zip(files, keys, strict=True):
        if value := kept.get(key) or made.get(key):
            yield file, json.loads(value.decode())


def _found(rules: list[Check], reading: Reading) -> Mapping[str, tuple[Rows, Rows]]:
    rows: dict[str, tuple[Rows, Rows]] = {file.path: ([], []) for file in reading.files}
    for rule in rules:
        if rule.keys:
            for file, record in reading.records():
                for text, place in rule.keys(record):
                    rows[file.path][1].append([rule.code, text, file.line_of(place)])
        else:
            for finding in rule.run(reading):
                found = [finding.line, finding.code, finding.message, finding.fix]
                rows[finding.path][0].append([*found, finding.severity.value])
    return rows
