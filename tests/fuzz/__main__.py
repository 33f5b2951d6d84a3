"""`python -m tests.fuzz TARGET [OPTION…]`: inputs that reach new code, until one breaks a promise.

Options are libFuzzer's, such as `-runs=100000` or `-max_total_time=600`. The input that broke a
promise is left in `.fuzz/TARGET/`, and the exit code is not 0; the slowest one lies there too.
`python -m tests.fuzz TARGET PATH` runs one input again.
"""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["vlm_survey", "bibtexparser", "pylatexenc"]):
    from tests.fuzz.targets import TARGETS
    from tests.properties import SECONDS
    from vlm_survey.load.text import MAX_BYTES


def main() -> None:
    """Fuzz the target that the command line names."""
    targets = {target.name: target for target in TARGETS}
    if len(sys.argv) < 2 or sys.argv[1] not in targets:
        sys.exit(f"usage: python -m tests.fuzz {{{'|'.join(targets)}}} [OPTION…]")
    target = targets[sys.argv[1]]
    folder = Path(".fuzz") / target.name
    corpora = [folder / "corpus", folder / "seeds"]
    for path in corpora:
        path.mkdir(parents=True, exist_ok=True)
    for name, data in target.seeds().items():
        (folder / "seeds" / name).write_bytes(data)
    os.environ["VLM_SURVEY_CACHE"] = ""
    with tempfile.TemporaryDirectory() as temporary:
        words = Path(temporary) / "words"
        words.write_text("".join(f'"{_escaped(piece)}"\n' for piece in target.pieces))
        options = [f"-timeout={SECONDS}", f"-max_len={MAX_BYTES}", f"-artifact_prefix={folder}/"]
        given = sys.argv[2:]
        if all(argument.startswith("-") for argument in given):
            given += map(str, corpora)
        command = [sys.argv[0], f"-dict={words}", *options, *given]
        atheris.Setup(command, _timed(target.holds, folder / "slowest"))
        atheris.Fuzz()


def _escaped(piece: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in piece.encode())


def _timed(holds: Callable[[bytes], None], kept: Path) -> Callable[[bytes], None]:
    """`holds`, which also keeps the input that took it longest."""
    slowest = 0.0

    def timed(data: bytes) -> None:
        nonlocal slowest
        start = time.process_time()
        try:
            holds(data)
        except BaseException:
            # As Python ends, libFuzzer's alarm would kill it before the input is written.
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise
        seconds = time.process_time() - start
        if seconds > slowest:
            slowest = seconds
            kept.write_bytes(data)
            print(f"slowest so far: {seconds:.3f} s for {len(data)} bytes, {kept}", flush=True)

    return timed


main()
