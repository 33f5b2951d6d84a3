"""Where each page of the site lies: the only place that knows.

Addresses are relative to the site's root and end with `/`. They are cited in papers: that of a record,
a term, a data set or a venue keeps working, whatever its id becomes. Those of pairs and matrices name facets in
the taxonomy's order, and last as long as that does.
"""

from vlm_survey.model.folding import ascii_slug


def record_url(record_id: str) -> str:
    """The page of a record."""
    return f"papers/{record_id}/"


def term_url(field: str, term: str) -> str:
    """The page of a term: its codebook entry and its papers. Kinds and domains are terms too."""
    return f"terms/{field}/{term}/"


def pair_url(field: str, term: str, other_field: str, other_term: str) -> str:
    """The page of the papers that carry two terms, of the facet that comes first and of the other."""
    return f"terms/{field}/{term}/{other_field}/{other_term}/"


def matrix_url(*facets: str) -> str:
    """The matrix of two or three facets."""
    return f"matrix/{'/'.join(facets)}/"


def dataset_url(dataset: str) -> str:
    """The page of a data set."""
    return f"datasets/{dataset}/"


def venue_url(venue: str) -> str:
    """The page of a venue."""
    return f"venues/{venue}/"


def year_url(year: int | str) -> str:
    """The page of a year."""
    return f"years/{year}/"


def author_url(name: str) -> str:
    """The page of an author, by the name as it is read; accents, case and signs make no difference.

    Marks of other scripts than Latin, Greek and Cyrillic are no accents: they tell names apart.

    >>> author_url("Fernando Pérez-García"), author_url("Małgorzata Połacin")
    ('authors/fernando-perez-garcia/', 'authors/malgorzata-polacin/')
    """
    return f"authors/{ascii_slug(name)}/"


def part_url(url: str, number: int) -> str:
    """The page of the part `number`, from 1, of a list that begins at `url`."""
    return url if number == 1 else f"{url}{number}/"


def feed_url(page: str = "") -> str:
    """The feed that follows a page; without one, all changes."""
    return f"{page}feed.xml"


def papers_url(page: str, suffix: str = ".bib") -> str:
    """The papers of a term's page in a form of export, by its suffix."""
    return f"{page}papers{suffix}"


def data_url(suffix: str) -> str:
    """All records in a form of export, by its suffix."""
    return f"data/catalog{suffix}"


def api_url(path: str) -> str:
    """A document of the API, without its suffix."""
    return f"api/v1/{path}.json"


def browse_url(query: str = "") -> str:
    """The list, filtered by a query of the filter grammar."""
    return f"browse/?{query}" if query else "browse/"


def root_from(url: str) -> str:
    """The way from the page at `url` back to the site's root."""
    return "../" * url.count("/") or "./"
