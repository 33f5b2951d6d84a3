"""The checks that a catalog must pass, and how they are run. The rules themselves are in `rules`."""

from vlm_survey.checks.registry import Check, all_checks, check
from vlm_survey.checks.run import run_checks

__all__ = ["Check", "all_checks", "check", "run_checks"]
