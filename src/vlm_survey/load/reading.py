"""What was read: files with their data and problems, before anything is judged."""

import dataclasses
import datetime
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from vlm_survey.errors import CatalogError
from vlm_survey.load.problem import Problem
from vlm_survey.load.text import decode
from vlm_survey.model.author import Spellings
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.finding import Finding, Severity
from vlm_survey.model.gap import Gap
from vlm_survey.model.record import Record
from vlm_survey.model.rejected import Rejection
from vlm_survey.model.retired import Tombstone
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.model.value import Slug
from vlm_survey.store import Store

Place = tuple[str | int, ...]
"""The keys and item numbers that lead to a value: `("links", "pdf")`, `("authors", 2)`."""


class Made(Protocol):
    """What a file says, wherever that is kept."""

    def record(self) -> Record | None:
        """The file's record."""

    def lines(self) -> Mapping[Place, int]:
        """The line of each of its values."""

    def data(self) -> bytes | None:
        """Its bytes.

        Raises:
            CatalogError: They are no longer what they were.
        """


class SourceFile:
    """One file as it was read.

    Attributes:
        path: Relative to the catalog's folder, with `/` between folders.
        problems: Why it is not a valid record, in the order of the lines.
        digest: Differs whenever its name or bytes do; empty for what could not be read.
    """

    __slots__ = ("_data", "_lines", "_made", "_record", "digest", "path", "problems")

    def __init__(
        self,
        path: str,
        data: bytes | None = None,
        record: Record | None = None,
        problems: tuple[Problem, ...] = (),
        lines: Mapping[Place, int] | None = None,
        digest: bytes = b"",
        made: "Made | None" = None,
    ) -> None:
        """Hold what was read, or, as `made`, where it is found once somebody asks."""
        self.path = path
        self.problems = problems
        self.digest = digest
        self._data = data
        self._record = record
        self._lines = lines
        self._made = made

    @property
    def id(self) -> str:
        """The name without its suffix: the record's id."""
        return self.path.rpartition("/")[2].removesuffix(".yaml")

    @property
    def text(self) -> str | None:
        """What it holds; None when it could not be read as text.

        Raises:
            CatalogError: It is no longer what it was when it was read.
        """
        data = self._made.data() if self._made is not None else self._data
        return None if data is None else decode(data, len(data))[0]

    @property
    def record(self) -> Record | None:
        """Its record; None for other files and for records with problems."""
        if self._record is None and self._made is not None:
            self._record = self._made.record()
        return self._record

    @property
    def lines(self) -> Mapping[Place, int]:
        """Where each value stands."""
        if self._lines is None:
            self._lines = self._made.lines() if self._made is not None else {}
        return self._lines

    def line_of(self, place: Place) -> int:
        """The line of a value, or of the nearest thing around it that has one."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def finding(
        self,
        code: str,
        place: Place,
        message: str,
        fix: str,
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        """A finding on the value at `place`."""
        return Finding(self.path, self.line_of(place), code, message, fix, severity)


@dataclasses.dataclass(frozen=True)
class Reading:
    """A catalog's folder as it was read.

    Attributes:
        root: The folder.
        taxonomy_file: `taxonomy.yaml`, with its problems.
        taxonomy: What it says; None when it is not valid.
        gaps_file: `gaps.yaml`, with its problems; empty when there is none.
        gaps: What it says; nothing when it is not valid.
        retired_file: `retired.yaml`, with its problems; empty when there is none.
        retired: What it says; nothing when it is not valid.
        authors_file: `authors.yaml`, with its problems; empty when there is none.
        spellings: What it says; nothing when it is not valid.
        rejected_file: `rejected.yaml`, with its problems; empty when there is none.
        rejected: What it says; nothing when it is not valid.
        files: Everything in `papers/`, sorted by path.
        today: The day on which the checks judge dates.
        store: Where is kept what was found out about these files before.
        release_files: Everything in `releases/`, with its problems.
    """

    root: Path
    taxonomy_file: SourceFile
    taxonomy: Taxonomy | None
    gaps_file: SourceFile
    gaps: tuple[Gap, ...]
    retired_file: SourceFile
    retired: Mapping[Slug, Tombstone]
    authors_file: SourceFile
    spellings: Spellings
    rejected_file: SourceFile
    rejected: tuple[Rejection, ...]
    files: tuple[SourceFile, ...]
    today: datetime.date
    store: Store = dataclasses.field(default_factory=lambda: Store(None))
    release_files: tuple[SourceFile, ...] = ()

    def records(self) -> Iterator[tuple[SourceFile, Record]]:
        """The valid records, each with the file it came from."""
        for file in self.files:
            if file.record is not None:
                yield file, file.record

    @property
    def own_files(self) -> tuple[SourceFile, ...]:
        """The files beside the records that say something about them."""
        return (
            self.taxonomy_file,
            self.gaps_file,
            self.retired_file,
            self.authors_file,
            self.rejected_file,
        )

    def problems(self, code: str) -> Iterator[Finding]:
        """What reading left for the check `code` to report."""
        for file in (*self.own_files, *self.release_files, *self.files):
            for problem in file.problems:
                if problem.code == code:
                    yield Finding(file.path, problem.line, code, problem.message, problem.fix)

    @functools.cached_property
    def file_of(self) -> Mapping[str, SourceFile]:
        """The valid records' files by the records' ids."""
        return {record.id: file for file, record in self.records()}

    @property
    def known_words(self) -> Taxonomy:
        """The taxonomy.

        Raises:
            CatalogError: It is not valid.
        """
        if self.taxonomy is None:
            raise CatalogError("taxonomy.yaml has errors; see: vlm-survey check")
        return self.taxonomy

    @functools.cached_property
    def catalog(self) -> Catalog:
        """The catalog of all valid records.

        Raises:
            CatalogError: The taxonomy is not valid, so there is none.
        """
        words = self.known_words
        records = tuple(record for _, record in self.records())
        return Catalog(words, records, self.gaps, self.retired, self.spellings)
