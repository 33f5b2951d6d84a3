"""What the home page shows, and the number of papers for a sentence."""

from vlm_survey.site.page import Part
from vlm_survey.views.overview import overview

OVERVIEW = Part("overview", "overview.html", overview)
TOTAL = Part("total", "total.html", lambda edition: len(edition.catalog))
