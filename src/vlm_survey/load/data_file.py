"""The files that are no record and may be larger: the taxonomy, the gaps, a release."""

from pathlib import Path

from vlm_survey.load import folder, guarded_yaml, text
from vlm_survey.load.reading import SourceFile
from vlm_survey.load.validate import M, validate
from vlm_survey.store import digest

_MAX_BYTES = 4 * 1024 * 1024
_MAX_EVENTS = 200_000


def read_data_file(path: Path, model: type[M], name: str = "") -> tuple[SourceFile, M | None]:
    """Such a file as a `model`, or as the reasons why it is none.

    Args:
        name: Its path in the catalog; without it, the file's name.
    """
    name = name or path.name
    data, problems = folder.read_regular(path, _MAX_BYTES)
    if data is None:
        return SourceFile(name, problems=tuple(problems)), None
    return read_data(name, data, model)


def read_data(name: str, data: bytes, model: type[M]) -> tuple[SourceFile, M | None]:
    """What such a file holds as a `model`, or as the reasons why it is none."""
    content, problems = text.decode(data, _MAX_BYTES)
    if content is None:
        return SourceFile(name, problems=tuple(problems)), None
    tree, lines, yaml_problems = guarded_yaml.parse(content, _MAX_EVENTS)
    problems += yaml_problems
    words = None
    if not problems:
        words, problems = validate(model, tree, lines)
    ordered = tuple(sorted(problems, key=lambda problem: problem.line))
    return SourceFile(name, data, None, ordered, lines, digest(data)), None if ordered else words
