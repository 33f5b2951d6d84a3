"""The records as files to take away: all of them, and those of each term in the forms that are text."""

from collections.abc import Iterator
from functools import partial

from vlm_survey.exports.registry import all_exports, text_exports
from vlm_survey.model.value import Slug
from vlm_survey.site.page import FileKind, Part, SiteFile
from vlm_survey.urls import data_url, papers_url, term_url
from vlm_survey.views.data import data_view, published, rendered
from vlm_survey.views.edition import Edition
from vlm_survey.views.indexes import by_term

_SHARES = "data"


def _files(edition: Edition) -> Iterator[SiteFile]:
    for form in all_exports().values():
        yield SiteFile(data_url(form.suffix), partial(rendered, form, edition), _SHARES)
    yield SiteFile("data/SHA256SUMS", partial(_sums, edition), _SHARES)


def _sums(edition: Edition) -> str:
    return "".join(f"{file.digest}  {file.name}\n" for file in published(edition))


def _papers(edition: Edition) -> Iterator[SiteFile]:
    catalog = edition.catalog
    for (field_id, term_id), records in by_term(catalog).items():
        term = catalog.taxonomy.vocabulary[field_id].terms[Slug(term_id)]
        for form in text_exports():
            # Who fetches the file by an id that the term had before cannot be redirected.
            for known_as in (term_id, *term.formerly):
                path = papers_url(term_url(field_id, known_as), form.suffix)
                yield SiteFile(path, partial(edition.text, form, records))


DATA = Part("data", "data.html", data_view, _SHARES)
DATA_FILES = FileKind("data/", _files)
PAPERS = FileKind("terms/", _papers)
