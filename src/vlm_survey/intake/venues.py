"""The venue that the title of a journal, proceedings or repository means.

A wrong venue looks like a right one; a missing one is asked for. So nothing of a title may be left
over: "International Conference on Machine Learning and Applications" is another conference.
"""

import functools
import re
from collections.abc import Iterable, Iterator

from vlm_survey.model.folding import fold
from vlm_survey.model.taxonomy import Taxonomy, Venue, VenueType
from vlm_survey.model.value import Slug

_YEAR = r"(?:(?<!\w)(?:19|20)\d\d|['’]\s?\d\d)(?!\w)"
_ORDINAL = r"""\b(?:\d+(?:st|nd|rd|th)
    |(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty[-\s])?
     (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)
    |tenth|eleventh|twelfth
    |(?:(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)tie)th)\b"""
_PART = r"\b(?:volume|vol\.|part|pages?|pp?\.|no\.)\s*[\divxl]+(?:\s*[-–—]+\s*\d+)?"
_PUBLISHER = r"[,.:]\s*(?:PMLR|IEEE|ACM|AAAI\ Press|Elsevier|Springer(?:\ [\w\ ]+)?|Curran\ Associates(?:,?\ Inc\.?)?)\s*$"
_LEFT_OUT = re.compile(
    rf"""^\s*(?:in\s+)?(?:(?:proceedings|proc\.)\s+(?:of\s+)?)?(?:the\s+)?
    |\(\s*(?:[^()\s]+(?:\s*{_YEAR})?|{_PART}[^()]*)\s*\)   # (CVPR 2023), (Volume 1: Long Papers)
    |{_YEAR}|{_ORDINAL}|{_PART}|{_PUBLISHER}
    |\bannual\b
    |,\s*proceedings\s*$
    |\s\d{{1,3}}(?:\s*\(\d+\))?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_IN_PARENTHESES = re.compile(rf"\(\s*([^()\s]+)(?:\s+{_YEAR})?\s*\)")
_AFTER_YEAR = r"(?<=\d\d)\s*[,:]\s"
"""What follows a year and this says more of the same volume: where it met, or its name in full."""
_EDITION = (
    r"(?:\.org)?(?:\s*[,:(].*|\s+(?:preprints?|e-?prints?|blog|hub|tech(?:nical|\.)\s+rep).*)?"
)
"""What may follow the name of a repository or of a publisher of its own reports."""
_ADVANCES = re.compile(r"^\s*advances in\b", re.IGNORECASE)
_EDITED = (VenueType.CONFERENCE, VenueType.WORKSHOP)
_SELF_PUBLISHED = (VenueType.PREPRINT, VenueType.REPORT)


def venue_named(places: Iterable[str], taxonomy: Taxonomy) -> Slug | None:
    """The venue that the first telling one of `places` is, by full name or usual abbreviation."""
    for place in places:
        # Workshops print the name of the conference that they belong to.
        is_workshop = "workshop" in place.lower()
        venues = {
            venue_id: venue
            for venue_id, venue in taxonomy.venues.items()
            if venue.type is VenueType.WORKSHOP or not is_workshop
        }
        folded, names, abbreviations = fold(place), set(_names(place)), set(_abbreviations(place))
        for venue_id, venue in venues.items():
            if folded in (fold(venue.name), fold(venue.short)):
                return venue_id
            if venue.type in _EDITED and _bare(venue.name) in names:
                return venue_id
            if venue.type in _SELF_PUBLISHED and _is_edition_of(venue, place):
                return venue_id
        for venue_id, venue in venues.items():
            if venue.type is not VenueType.JOURNAL and venue.short in abbreviations:
                return venue_id
    return None


def _is_edition_of(venue: Venue, place: str) -> bool:
    names = "|".join(map(re.escape, (venue.name, venue.short)))
    return re.fullmatch(rf"(?:{names}){_EDITION}", place, re.IGNORECASE) is not None


def _names(place: str) -> Iterator[str]:
    """What `place` may be the full name of, bare."""
    for piece in (place, *re.split(_AFTER_YEAR, place)):
        yield _bare(piece)
        # So are the proceedings titled of what is called "Conference on …".
        yield _bare(_ADVANCES.sub("Conference on", piece))


def _abbreviations(place: str) -> Iterator[str]:
    """What `place` may be the abbreviation of: `MICCAI` from `Advances in MICCAI 2024`."""
    # One in parentheses is the place's own; another then belongs to what it is a part of.
    own = [name for name in _IN_PARENTHESES.findall(place) if sum(map(str.isupper, name)) > 1]
    for piece in own or re.split(rf"[,()]|\s[-–—]+\s|{_AFTER_YEAR}", place):
        yield " ".join(_LEFT_OUT.sub(" ", _ADVANCES.sub("", piece)).split())


@functools.lru_cache(maxsize=1 << 10)
def _bare(title: str) -> str:
    """What of a title tells the venue from others, not one of its years from another."""
    return fold(_LEFT_OUT.sub(" ", title))
