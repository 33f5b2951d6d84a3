"""What commands print of records: nothing that steers a terminal or a workflow, whoever reads it."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.hostile import TITLES, hostile_catalog, write_catalog
from tests.tools import git

PROGRAM = str(Path(sys.executable).parent / "vlm-survey")

COMMANDS = [
    ("check",),
    ("check", "--strict"),
    ("check", "--format", "json"),
    ("check", "--format", "github"),
    ("list",),
    ("list", "--format", "json"),
    ("list", "--format", "ids"),
    ("stats",),
    ("stats", "--format", "json"),
    ("explain",),
    ("readme",),
    ("diff", "HEAD"),
    ("diff", "HEAD", "--format", "json"),
    ("diff", "HEAD", "--format", "markdown"),
    ("review", "HEAD"),
    ("review", "HEAD", "--format", "github"),
    ("review", "HEAD", "--format", "markdown"),
    ("taxonomy", "merge", "task=task-2", "task-3", "--dry-run"),
    ("fmt", "--check"),
]

FAULTY = """title: "::error::pwned ##[error]x \\u202e"
name: no such field
year: "::add-mask::x"
links: {paper: "::error::x ##[add-mask]a"}
tags: {"::error::": {"##[x]": null}}
"""
"""A record whose every fault is told with its text."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile catalog in a repository, where every other record was another before."""
    root = tmp_path_factory.mktemp("hostile") / "catalog"
    write_catalog(hostile_catalog(), root)
    shutil.rmtree(root / "docs")
    git("init", "--quiet", folder=root)
    for path in sorted((root / "papers").iterdir())[::4]:
        path.rename(root / path.name)
    git("add", "papers", "taxonomy.yaml", "mkdocs.yml", folder=root)
    git("commit", "--quiet", "--message=First", folder=root)
    for path in root.glob("hostile-*.yaml"):
        path.rename(root / "papers" / path.name)
    for number, path in enumerate(sorted((root / "papers").iterdir())[1::4]):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        quoted = "'" + TITLES[number % len(TITLES)].replace("'", "''") + "'"
        kept = [line for line in lines if not line.startswith("name:")]
        path.write_text("".join(kept) + f"name: {quoted}\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog that is not sound."""
    root = tmp_path_factory.mktemp("faulty") / "catalog"
    shutil.copytree(REPOSITORY / "tests" / "catalog", root)
    (root / "papers" / "faulty.yaml").write_text(FAULTY, encoding="utf-8")
    (root / "papers" / "a\n::error::b.yaml").write_text("", encoding="utf-8")
    (root / "mkdocs.yml").write_text("site_name: [\n::error::x ##[error]y\n", encoding="utf-8")
    git("init", "--quiet", folder=root)
    git("add", "taxonomy.yaml", "papers/clip.yaml", folder=root)
    git("commit", "--quiet", "--message=First", folder=root)
    return root


def run(command: tuple[str, ...], root: Path, *, on_terminal: bool, **more: str) -> str:
    """All that a command prints."""
    environment = os.environ | {"COLUMNS": "80", "TERM": "xterm-256color"} | more
    if not more:
        environment.pop("GITHUB_ACTIONS", None)
    if not on_terminal:
        done = subprocess.run(
            [PROGRAM, *command],
            cwd=root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return done.stdout.decode()
    main, side = pty.openpty()
    with subprocess.Popen(
        [PROGRAM, *command], cwd=root, env=environment, stdin=side, stdout=side, stderr=side
    ):
        os.close(side)
        read = bytearray()
        # Linux says with an error that nobody writes any more.
        try:
            while piece := os.read(main, 1 << 16):
                read += piece
        except OSError:
            pass
    os.close(main)
    # The terminal itself makes two signs of each line's end.
    return read.decode().replace("\r\n", "\n")


def faults(printed: str, *, commands: bool = False, markdown: bool = False) -> list[str]:
    """Lines that would steer something.

    Args:
        commands: Annotations are what is wanted.
        markdown: It is for a page, where letters and emoji keep what joins them.
    """
    if markdown:
        printed = re.sub("[\u00a0\u200d]", "", printed)
    own = re.compile(r"::(error|warning) file=[^:]*,line=\d+,title=[a-z-]+::")
    return [
        line
        for line in printed.split("\n")
        if not line.isprintable()
        or (line.lstrip().startswith("::") and not (commands and own.match(line)))
        or (re.search(r"##\w*\[", line) and not (commands and own.match(line)))
    ]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("on_terminal", [True, False], ids=["terminal", "pipe"])
def test_nothing_that_is_printed_steers(
    command: tuple[str, ...], on_terminal: bool, root: Path, faulty: Path
) -> None:
    # The two differ in nothing but where the text goes, so each is paired with one place.
    more = {} if on_terminal else {"GITHUB_ACTIONS": "true", "CI": "true"}

    for catalog in (root, faulty):
        printed = run(command, catalog, on_terminal=on_terminal, **more)

        assert faults(printed, commands="github" in command, markdown="markdown" in command) == []
        assert "Traceback" not in printed
        assert printed


def test_the_judge_is_awake() -> None:
    for text in ("::error::x", "  ::add-mask::x", "a ##[error]x", "a\x1b[0m", "a\u202eb", "a\rb"):
        assert faults(text) == [text]


def test_what_is_printed_as_json_is_read_as_it_was(root: Path) -> None:
    text = run(("list", "--format", "json"), root, on_terminal=False)
    titles = {record["id"]: record["title"] for record in json.loads(text)}

    assert titles == {record.id: record.title for record in hostile_catalog()}


def test_letters_that_a_terminal_lacks_are_escaped(root: Path) -> None:
    printed = subprocess.run(
        [PROGRAM, "list"],
        cwd=root,
        env=os.environ | {"PYTHONIOENCODING": "iso8859-9"},
        capture_output=True,
    )

    assert printed.returncode == 0, printed.stderr
    assert rb"\uff1d1+1" in printed.stdout
