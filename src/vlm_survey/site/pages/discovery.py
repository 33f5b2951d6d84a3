"""What programs look for at a site's root: how to search it, and what lies where."""

from collections.abc import Iterator
from functools import partial

from vlm_survey.site.page import FileKind, SiteFile
from vlm_survey.templating import render_html, render_markdown
from vlm_survey.urls import api_url, browse_url, data_url, term_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.terms import codebook


def _search(edition: Edition) -> Iterator[SiteFile]:
    """The description by which a browser offers the search. It needs whole addresses."""
    settings = edition.settings
    if settings.site_url:
        root = edition.root("opensearch.xml")
        words = {"settings": settings, "site": root, "search": browse_url()}
        yield SiteFile("opensearch.xml", partial(render_html, "site/opensearch.xml", **words))


def _llms(edition: Edition) -> Iterator[SiteFile]:
    """A short guide for language models: https://llmstxt.org/."""

    def content() -> str:
        return render_markdown(
            "llms.txt.j2",
            settings=edition.settings,
            site=edition.root("llms.txt"),
            total=len(edition.catalog),
            fields=codebook(edition.catalog),
            term_url=term_url,
            data_url=data_url,
            api_url=api_url,
        )

    yield SiteFile("llms.txt", content)


OPENSEARCH = FileKind("", _search)
LLMS = FileKind("", _llms)
