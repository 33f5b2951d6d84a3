"""The whole list, in groups."""

from vlm_survey.site.page import Part
from vlm_survey.views.groups import groups

BROWSE = Part("browse", "browse.html", groups)
