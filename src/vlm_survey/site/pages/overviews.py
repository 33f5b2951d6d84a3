"""Pages that show the catalog as a whole: trends over the years, lines of descent."""

from vlm_survey.site.page import Part
from vlm_survey.views.lineage import lineage
from vlm_survey.views.trends import trends

TRENDS = Part("trends", "trends.html", lambda edition: trends(edition.catalog))
LINEAGE = Part("lineage", "lineage.html", lambda edition: lineage(edition.catalog))
