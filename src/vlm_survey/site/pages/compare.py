"""Chosen papers side by side; a script fills it with those that the address names."""

from vlm_survey.site.page import Part
from vlm_survey.views.browse_files import data_version

COMPARE = Part("compare", "compare.html", data_version, shares="browse")
