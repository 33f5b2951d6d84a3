"""The state of the catalog, and the records that wait for somebody."""

from vlm_survey.site.page import Part
from vlm_survey.views.quality import quality

QUALITY = Part("quality", "quality.html", lambda edition: quality(edition.catalog))
