"""From a file's bytes to text that YAML, a terminal and a page can hold."""

import re

from vlm_survey.load.problem import Problem

MAX_BYTES = 64 * 1024
"""Largest record; the longest real one is about 4 KB."""

# C0 controls but tab and line feed, DEL, C1 controls, YAML 1.1's other line breaks,
# surrogates, non-characters, interlinear and tag controls.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)", re.MULTILINE)


def decode(data: bytes, limit: int = MAX_BYTES) -> tuple[str | None, list[Problem]]:
    """The text in `data` and what is wrong with it; without text, nothing more can be said."""
    if len(data) > limit:
        problem = f"larger than {limit // 1024} KiB"
        fix = "keep only facts, tags and a short summary"
        return None, [Problem(1, "unreadable-file", problem, fix)]
    problems = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [Problem(1, "encoding", "UTF-16 text", "save the file as UTF-8")]
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        fix = "save as UTF-8 without it, or run: vlm-survey fmt"
        problems.append(Problem(1, "encoding", "byte order mark at the start of the file", fix))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
        return None, [*problems, Problem(line, "encoding", message, "save the file as UTF-8")]
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        fix = "save with Unix line endings (LF), or run: vlm-survey fmt"
        problems.append(Problem(line, "encoding", "Windows or old Mac line ending (CR)", fix))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    bad = FORBIDDEN.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        problems.append(control_character(line, bad[0]))
        return None, problems
    for match in _CONFLICT.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        fix = "keep one side and delete the marker lines"
        problems.append(Problem(line, "yaml-syntax", "merge conflict marker", fix))
        return None, problems
    return text, problems


def control_character(line: int, character: str) -> Problem:
    """The problem that `character` may not stand in a record."""
    return Problem(
        line,
        "control-character",
        f"character U+{ord(character):04X} is not allowed",
        "delete it; if it comes from a backslash in double quotes, use single quotes",
    )
