"""BibTeX, for LaTeX and for every reference manager.

Keys are the records' ids: unique, ASCII, and never changed. Types follow the venue: what appeared at
a conference is `inproceedings`, in a journal `article`, a preprint `misc` with its eprint fields. A
record whose authors are not known is `misc`, the one type that needs none. Words whose capitals a
style must not lower are in braces.

Of the two names for the sort of an eprint, `eprinttype` is the one that both biber and Zotero read.
"""

import re
from collections.abc import Iterator

from vlm_survey.exports.published import UNCITED, address_of, type_of, venue_of
from vlm_survey.exports.registry import Entries, TextExport
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import VenueType

_TYPES = {
    VenueType.CONFERENCE: ("inproceedings", "booktitle"),
    VenueType.WORKSHOP: ("inproceedings", "booktitle"),
    VenueType.JOURNAL: ("article", "journal"),
    VenueType.REPORT: ("techreport", "institution"),
    VenueType.PREPRINT: ("misc", ""),
}

_TEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}",
}


def bibtex_entry(record: Record, catalog: Catalog) -> str:
    """One entry, ending with a line break."""
    entry_type, _ = _type(record, catalog)
    fields = [f"  {name} = {{{value}}}," for name, value in _fields(record, catalog) if value]
    return "\n".join([f"@{entry_type}{{{record.id},", *fields, "}", ""])


def _fields(record: Record, catalog: Catalog) -> Iterator[tuple[str, str]]:
    venue = venue_of(record, catalog)
    yield "title", _title(record.title)
    yield "author", " and ".join(_name(author) for author in record.authors)
    yield "year", str(record.year or "")
    _, place = _type(record, catalog)
    if venue and place:
        yield place, tex(venue.name)
    arxiv, doi = record.identifiers.arxiv, record.identifiers.doi
    yield "doi", _verbatim(doi or "")
    if arxiv:
        yield "eprint", arxiv
        yield "eprinttype", "arXiv"
    yield "url", _verbatim(address_of(record) or "")


def _type(record: Record, catalog: Catalog) -> tuple[str, str]:
    """The entry's type, and the field that holds its venue."""
    kind = type_of(record, catalog)
    if kind is None:
        return "misc", ""
    return _TYPES[kind] if record.authors else ("misc", "howpublished")


def tex(text: str) -> str:
    r"""`text` as TeX shows it.

    >>> print(tex("90% of {x}"))
    90\% of {\textbraceleft}x{\textbraceright}
    """
    return re.sub(r"[\\{}$&#%_^~]", lambda match: _TEX[match[0]], text)


def _name(author: PersonName) -> str:
    """A name is BibTeX already: its braces mean something, and a tie is a blank; other signs are text."""
    untied = author if author.is_group else author.replace("~", " ").strip()
    return re.sub(r"[\\$&#%_^~]", lambda match: _TEX[match[0]], untied)


def _verbatim(address: str) -> str:
    """An address or DOI: taken as it is, but for braces, which would end the field."""
    return address.replace("{", "%7B").replace("}", "%7D")


def _title(title: str) -> str:
    """The title with braces around the words whose capitals are their spelling.

    In a title whose words all begin with a capital, these are the words with a further capital. In
    one written like a sentence, every capital means something.
    """
    words = title.split(" ")
    later = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    like_a_sentence = sum(word[0].isupper() for word in later) * 2 < len(later)

    def protected(position: int, word: str) -> str:
        starts = position == 0 or words[position - 1].endswith((":", ".", "?", "!"))
        capitals = word if like_a_sentence and not starts else word[1:]
        has_capitals = any(letter.isupper() for letter in capitals)
        return f"{{{tex(word)}}}" if has_capitals else tex(word)

    return " ".join(protected(position, word) for position, word in enumerate(words))


BIBTEX = TextExport.of(
    "bibtex",
    "BibTeX",
    ".bib",
    "application/x-bibtex",
    f"all links except one, {UNCITED}",
    Entries(bibtex_entry, between="\n"),
)
