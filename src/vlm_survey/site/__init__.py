"""The web site: hand-written pages through MkDocs, everything else filled into the theme's frames."""

from vlm_survey.site.build import build_site

__all__ = ["build_site"]
