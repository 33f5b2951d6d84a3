"""Where each page of the site lies: the only place that knows.

Addresses are relative to the site's root and end with `/`. They are cited in papers: an address that
worked keeps working.
"""


def record_url(record_id: str) -> str:
    """The page of a record."""
    return f"papers/{record_id}/"


def term_url(facet_id: str, term_id: str) -> str:
    """The page of a term: its codebook entry and its papers."""
    return f"terms/{facet_id}/{term_id}/"


def root_from(url: str) -> str:
    """The way from the page at `url` back to the site's root."""
    return "../" * url.count("/") or "./"
