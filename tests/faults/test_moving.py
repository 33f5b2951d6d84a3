"""Files that change or vanish while they are read, and two who write at once."""

import itertools
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.conftest import MOMENTS, command, environment, files_of, run


@contextmanager
def going_on(change: Callable[[int], object]) -> Iterator[None]:
    """Do `change` again and again meanwhile."""
    ended = threading.Event()

    def work() -> None:
        for number in itertools.count():
            if ended.is_set():
                return
            change(number)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@pytest.mark.parametrize("arguments", [("check",), ("build",), ("fmt",), ("list",)])
def test_files_that_change_and_vanish(catalog: Path, arguments: tuple[str, ...]) -> None:
    paths = sorted((catalog / "papers").glob("*.yaml"))[:20]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}

    def change(number: int) -> None:
        path = paths[number % len(paths)]
        if number % 3:
            path.write_text(texts[path] + f"# {number}\n", encoding="utf-8")
        else:
            path.unlink(missing_ok=True)

    with going_on(change):
        for _ in range(MOMENTS):
            outcome = run(catalog, *arguments)
            assert "Traceback" not in outcome.stdout + outcome.stderr
            assert outcome.returncode in (0, 1, 2)


def together(root: Path, *arguments: str, times: int = 4) -> list[tuple[int, str]]:
    """Run the same command several times at once."""
    processes = [
        subprocess.Popen(
            command(*arguments),
            cwd=root,
            env=environment(root),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(times)
    ]
    said = [process.communicate(timeout=300)[0] for process in processes]
    assert not any("Traceback" in text for text in said), said
    return [(process.returncode, text) for process, text in zip(processes, said, strict=True)]


def test_an_id_is_given_once(catalog: Path) -> None:
    entry = "@article{{key, title = {{Wholly New Title}}, author = {{Doe, {0}}}, year = {{2024}}}}"
    (catalog / "new.bib").write_text(entry.format("Jane"), encoding="utf-8")
    before = set(files_of(catalog))

    outcomes = together(catalog, "add", "--bibtex", "new.bib")

    assert sorted(code for code, _ in outcomes) == [0, 1, 1, 1]
    assert all("not added" in text for code, text in outcomes if code)
    assert len(set(files_of(catalog)) - before) == 1


def test_one_site_is_built_at_a_time(catalog: Path) -> None:
    outcomes = together(catalog, "build", times=2)

    assert 0 in [code for code, _ in outcomes]
    assert all("another build makes this site" in text for code, text in outcomes if code)
    held = files_of(catalog)
    run(catalog, "build")
    assert files_of(catalog) == held


def test_several_lay_out_the_same_files(catalog: Path) -> None:
    for path in (catalog / "papers").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("title: ", "title:   ", 1), encoding="utf-8")

    outcomes = together(catalog, "fmt")

    assert [code for code, _ in outcomes] == [0] * len(outcomes)
    assert run(catalog, "fmt", "--check").returncode == 0
    assert not list(catalog.rglob("*.tmp"))
