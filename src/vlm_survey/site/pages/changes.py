"""What happened to the records: a page, and feeds to follow."""

from collections.abc import Iterator, Sequence

from vlm_survey.model.record import Record
from vlm_survey.site.page import FileKind, Part, SiteFile
from vlm_survey.templating import render_html
from vlm_survey.urls import feed_url, term_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.history import feed, history
from vlm_survey.views.indexes import by_term

CHANGES = Part("changes", "changes.html", history)


def _feeds(edition: Edition) -> Iterator[SiteFile]:
    name, catalog = edition.settings.name, edition.catalog
    yield _file(edition, f"{name}: all changes", "", "changes/", catalog.records)
    for facet_id, facet in catalog.taxonomy.facets.items():
        for term_id, term in facet.terms.items():
            # Whoever follows the feed by an id that the term had before goes on with it.
            for known_as in (term_id, *term.formerly):
                yield _file(
                    edition,
                    f"{term.name} ({name})",
                    term_url(facet_id, known_as),
                    term_url(facet_id, term_id),
                    by_term(catalog)[facet_id, term_id],
                )


def _file(
    edition: Edition, title: str, page: str, about: str, records: Sequence[Record]
) -> SiteFile:
    path = feed_url(page)

    def content() -> str:
        told = feed(edition, title, path, about, records)
        # Readers of feeds need the whole address of the feed itself, or none.
        is_hosted = bool(edition.settings.site_url)
        return render_html("site/feed.xml", feed=told, root=edition.root(path), is_hosted=is_hosted)

    return SiteFile(path, content)


FEEDS = FileKind("", _feeds)
