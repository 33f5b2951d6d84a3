"""A site of records' and terms' pages alone, which other programs are compared by.

`python -m benchmarks.same_pages CATALOG ROOT` reads and checks the catalog in the folder CATALOG, and
builds the site that `benchmarks.rivals.frame.prepare` has prepared in ROOT.
"""

import gc
import os
import sys
from pathlib import Path
from unittest import mock

from vlm_survey import read_catalog, run_checks
from vlm_survey.site import build_site
from vlm_survey.site.pages.record import RECORD
from vlm_survey.site.pages.term import TERM


def main() -> None:
    """Read, check, build, as the command line does."""
    gc.disable()
    folder, root = map(Path, sys.argv[1:])
    reading = read_catalog(folder)
    if findings := run_checks(reading):
        raise SystemExit(f"{len(findings)} findings in {folder}")
    with (
        mock.patch("vlm_survey.site.plan.page_kinds", return_value=(RECORD, TERM)),
        mock.patch("vlm_survey.site.plan.file_kinds", return_value=()),
    ):
        build_site(reading.catalog, root, reading=reading)
    os._exit(0)


if __name__ == "__main__":
    main()
