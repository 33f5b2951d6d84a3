"""What happened to the records: a page, and feeds to follow."""

from collections.abc import Iterator

from vlm_survey.site.page import FileKind, Part, SiteFile
from vlm_survey.templating import render_html
from vlm_survey.urls import feed_url, term_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.history import Feed, feed, history

CHANGES = Part("changes", "changes.html", history)


def _feeds(edition: Edition) -> Iterator[SiteFile]:
    name = edition.settings.name
    yield _file(feed(edition, f"{name}: all changes", feed_url(), "changes/"), edition)
    for facet_id, facet in edition.catalog.taxonomy.facets.items():
        for term_id, term in facet.terms.items():
            # Whoever follows the feed by an id that the term had before goes on with it.
            for known_as in (term_id, *term.formerly):
                followed = feed(
                    edition,
                    f"{term.name} ({name})",
                    feed_url(term_url(facet_id, known_as)),
                    term_url(facet_id, term_id),
                    lambda record, facet=facet_id, term=term_id: (  # type: ignore[misc]
                        term in (record.terms(facet) or ())
                    ),
                )
                yield _file(followed, edition)


def _file(followed: Feed, edition: Edition) -> SiteFile:
    site = edition.settings.site_url
    text = render_html("site/feed.xml", feed=followed, site=site.rstrip("/") + "/" if site else "")
    return SiteFile(followed.url, str(text))


FEEDS = FileKind(_feeds)
