"""The part of a page that is made from records: a template of `templates/site/`, filled."""

from collections.abc import Callable

from markupsafe import Markup

from vlm_survey.templating import render_html
from vlm_survey.urls import (
    browse_url,
    feed_url,
    papers_url,
    record_url,
    root_from,
    term_url,
    year_url,
)

Card = Callable[[str, int, str], Markup]
"""The card of a record by its id, under a heading of that level, with that way to the site's root."""


def render_fragment(template: str, view: object, url: str, card: Card) -> Markup:
    """What `template` shows of `view`, with links that are right on the page at `url`."""
    root = root_from(url)
    return render_html(
        f"site/{template}",
        view=view,
        root=root,
        card=lambda record_id, level: card(record_id, level, root),
        record_url=record_url,
        term_url=term_url,
        browse_url=browse_url,
        feed_url=feed_url,
        papers_url=papers_url,
        year_url=year_url,
    )
