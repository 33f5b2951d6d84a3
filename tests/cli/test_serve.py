"""`serve`, as a process: what it shows of a change, and how it ends."""

import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from functools import partial
from pathlib import Path

from tests.conftest import Cli

BAD = "title: CLIP: A model\nstatus: imported\nadded: 2026-11-24\n"


def test_serve_shows_a_change_and_names_an_error(folder: Path) -> None:
    program = str(Path(sys.executable).parent / "vlm-survey")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    fetch = partial(fetched, port)
    process = subprocess.Popen(
        [program, "serve", "--port", str(port)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(process.stdout or ()))
    reader.start()
    try:
        assert eventually(lambda: "CLIP" in fetch("papers/clip/"))
        path = folder / "papers" / "clip.yaml"
        path.write_text(path.read_text().replace("Tells which caption", "Knows which caption"))
        assert eventually(lambda: "Knows which caption" in fetch("papers/clip/"))
        (folder / "papers" / "a.yaml").write_text(BAD)
        (folder / "papers" / "new.yaml").write_text(
            "title: New\nstatus: imported\nadded: 2026-11-24\n"
        )
        assert eventually(lambda: "New" in fetch("papers/new/"))
        assert eventually(lambda: any("papers/a.yaml:1: yaml-syntax" in line for line in said))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        reader.join()
        if process.stdout:
            process.stdout.close()
    assert said[-1].rstrip() == "stopped"
    assert process.returncode == 0


def test_serve_says_when_its_port_is_taken(cli: Cli) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        outcome = cli("serve", "--port", str(other.getsockname()[1]))

    assert outcome.returncode == 2
    assert "choose another with --port" in outcome.stderr


def fetched(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=10) as answer:
        return answer.read().decode()


def eventually(happens: object) -> bool:
    for _ in range(120):
        try:
            if happens():  # type: ignore[operator]
                return True
        except OSError:
            pass
        time.sleep(0.25)
    return False
