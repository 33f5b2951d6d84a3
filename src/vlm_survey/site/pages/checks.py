"""All checks with what they look for."""

from vlm_survey.checks import all_checks
from vlm_survey.site.page import Part

CHECKS = Part("checks", "checks.html", lambda _edition: all_checks())
