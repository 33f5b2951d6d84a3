"""All facets with their terms and counts."""

from vlm_survey.site.page import Part
from vlm_survey.views.terms import codebook

CODEBOOK = Part("codebook", "codebook.html", lambda edition: codebook(edition.catalog))
