"""The site as it would be, served to its author's browser: each page is made when it is asked for.

A change of a record, term, page or template makes a new plan of the site, and open pages load anew. So
only what is looked at is ever made.
"""

from vlm_survey.preview.preview import Preview
from vlm_survey.preview.server import serving
from vlm_survey.preview.watch import watching

__all__ = ["Preview", "serving", "watching"]
