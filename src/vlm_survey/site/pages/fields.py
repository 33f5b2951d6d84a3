"""The fields of a record, for the page that contributors look them up on."""

from vlm_survey.site.page import Part
from vlm_survey.views.fields import record_fields

FIELDS = Part("fields", "fields.html", lambda _edition: record_fields())
