"""The checks: one rule a file, found by registration.

To add one, put a file here with a function under `@check("its-code")` whose docstring says what it
finds and why, and its golden cases in `tests/checks/its-code/`. Nothing else needs to know of it.
"""

from vlm_survey.checks.registry import Check, all_checks, check, run_checks

__all__ = ["Check", "all_checks", "check", "run_checks"]
