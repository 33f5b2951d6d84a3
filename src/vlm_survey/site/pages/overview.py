"""What the home page says in figures."""

from vlm_survey.site.page import Part
from vlm_survey.views.overview import overview

OVERVIEW = Part("overview", "overview.html", lambda edition: overview(edition.catalog))
