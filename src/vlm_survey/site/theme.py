"""What the theme leaves in every page and our layer over it does without."""

import re
import shutil
from pathlib import Path

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

_SKIP = re.compile(r'<div data-md-component="skip">.*?</div>\s*', re.DOTALL)


_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\s*')


def tidy(site: Path, *, preview: bool = False) -> None:
    """Take what the site does not use out of the pages and files that were drawn into `site`.

    Args:
        preview: Whether the security policy is left out as well: a preview's server writes a script
            into every page that loads it anew after a change.

    Raises:
        CatalogError: The theme no longer writes one of them.
    """
    for path in site.rglob("*.html"):
        html = tidied(path.read_text(encoding="utf-8"))
        path.write_text(_POLICY.sub("", html) if preview else html, encoding="utf-8")
    shutil.rmtree(site / "assets" / "javascripts", ignore_errors=True)


def tidied(html: str) -> str:
    """`html` as the theme drew it, without what the site does not use.

    Raises:
        CatalogError: The theme no longer writes one of them: look what became of it.
    """
    for unused in _UNUSED:
        html, found = unused.subn("", html)
        if not found:
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
