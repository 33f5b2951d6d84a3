"""The survey's list beside the catalog."""

from vlm_survey.site.page import Part
from vlm_survey.views.survey import comparison

SURVEY = Part("survey", "survey.html", lambda edition: comparison(edition.catalog))
