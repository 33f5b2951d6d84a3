"""Reading and checking alone: `python -m benchmarks.reading CATALOG` says how many seconds it took."""

import sys
import time
from pathlib import Path

from vlm_survey import read_catalog, run_checks


def main() -> None:
    """Read, check, say."""
    start = time.perf_counter()
    run_checks(read_catalog(Path(sys.argv[1])))
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
