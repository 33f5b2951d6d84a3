"""Adding filled pages to the index that the theme's search reads."""

import json
from collections.abc import Iterable
from pathlib import Path

from markupsafe import escape

from vlm_survey.site.page import Page

INDEX = "search/search_index.json"


def add_pages(site: Path, pages: Iterable[Page]) -> None:
    """Let the header's search find `pages`, by their titles and search texts."""
    path = site / INDEX
    if not path.is_file():
        return
    index = json.loads(path.read_text(encoding="utf-8"))
    index["docs"] += [
        # The theme shows both as HTML.
        {
            "location": page.url,
            "title": str(escape(page.title)),
            "text": str(escape(page.search_text)),
        }
        for page in pages
        if page.search_text is not None
    ]
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
