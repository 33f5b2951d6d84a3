"""What the theme leaves in every page and our layer over it does without."""

import re

from vlm_survey.errors import CatalogError

_UNUSED = [
    re.compile(r'<input class="md-toggle"[^>]*>\s*'),
    re.compile(r'<label class="md-overlay"[^>]*></label>\s*'),
    re.compile(r'<div class="md-dialog"[^>]*>\s*<div[^>]*></div>\s*</div>\s*'),
    re.compile(r'<div data-md-component="announce">\s*</div>\s*'),
    re.compile(r'<meta name="generator"[^>]*>\s*'),
]
"""Switches, covers and messages of menus and dialogs that the site does not have. They would be
announced to screen readers, and some are not valid HTML. The theme's base puts them outside of every
block, so that a template cannot leave them out."""

_FRAME = 'data-md-component="container"'
_BANNER = 'class="md-banner"'
"""An announcement that the catalog's own templates make."""

_SKIP = re.compile(r'<div data-md-component="skip">.*?</div>\s*', re.DOTALL)


def is_unused(path: str) -> bool:
    """Whether a drawn file is nothing that the site needs: the theme's scripts, and what we write anew."""
    return path.startswith("assets/javascripts/") or path in ("sitemap.xml", "sitemap.xml.gz")


def tidied(html: str) -> str:
    """`html` as the theme drew it, without what the site does not use.

    Raises:
        CatalogError: The theme no longer writes one of them: look what became of it.
    """
    if _FRAME not in html:
        return html  # A page of the catalog's own, without the theme.
    for unused in _UNUSED:
        html, found = unused.subn("", html)
        if not found and not ("announce" in unused.pattern and _BANNER in html):
            raise CatalogError(
                f"the theme has changed: {unused.pattern} is not in its pages; see site/theme.py"
            )
    # The theme's link to the content is missing where a page has no table of contents.
    html = _SKIP.sub('<a href="#content" class="md-skip">Skip to content</a>\n', html)
    return re.sub(
        r'<article class="md-content__inner',
        r'<article id="content" tabindex="-1" class="md-content__inner',
        html,
    )
