"""Chosen papers side by side; a script fills it with those that the address names."""

from vlm_survey.site.page import Part
from vlm_survey.views.compare import compare_page

COMPARE = Part("compare", "compare.html", compare_page, shares="browse")
