"""What a catalog's own words suggest for a new paper: an id, tags. All for a person to judge."""

import dataclasses
import difflib
import functools
import itertools
import re
import unicodedata
from collections.abc import Container

from vlm_survey.load.folder import RESERVED
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.folding import fold
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.model.value import Slug

_SMALL_WORDS = frozenset(
    "a an and are as at by for from in into is its of on or the to towards toward using via with".split()  # noqa: SIM905
)
_ID_WORDS = 5
_NEARLY = 0.85
"""Share of letters in common above which a person should look at both titles."""


def short_name_in(title: str) -> str | None:
    """The name that a title gives before its colon, when it looks like one.

    >>> short_name_in("Med-Flamingo: a Multimodal Medical Few-shot Learner")
    'Med-Flamingo'
    >>> short_name_in("Large models in radiology: a review") is None
    True
    """
    name, colon, _ = title.partition(": ")
    is_name = len(name.split()) == 1 and re.search(r"[A-Z].*[A-Z0-9]|[a-z][A-Z]", name)
    return name if colon and is_name and len(name) <= 30 else None


def free_id(title: str, year: int | None, taken: Container[str], name: str = "") -> Slug:
    """An id made from the name or the title's first words, other than those `taken` or reserved.

    >>> free_id("Med-Flamingo: a Multimodal Medical Few-shot Learner", 2023, {"med-flamingo"})
    'med-flamingo-2023'
    """
    words = _ascii_words(name) or _ascii_words(short_name_in(title) or title)
    telling = [word for word in words if word not in _SMALL_WORDS] or words
    stem = "-".join(telling[:_ID_WORDS])[:80].strip("-") or "paper"
    dated = [f"{stem}-{year}"] if year else []
    candidates = itertools.chain([stem], dated, (f"{stem}-{n}" for n in itertools.count(2)))
    free = (one for one in candidates if one not in taken and not RESERVED.fullmatch(one))
    return Slug.parse(next(free))


def _ascii_words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", decomposed.lower().replace("'", ""))


def twins(record: Record, catalog: Catalog) -> list[Record]:
    """Records of the same work: with an identifier or the title in common."""

    def keys(one: Record) -> set[str]:
        ids = (one.identifiers.arxiv, one.identifiers.doi)
        return {fold(one.title), *(identifier.key for identifier in ids if identifier)}

    own = keys(record)
    return [other for other in catalog.records if own & keys(other)]


def near_titles(title: str, catalog: Catalog) -> list[Record]:
    """Records whose titles differ so little from `title` that they may be of the same work."""
    by_fold = {fold(record.title): record for record in catalog.records}
    own = fold(title)
    near = difflib.get_close_matches(own, list(by_fold), n=3, cutoff=_NEARLY)
    return [by_fold[other] for other in near if other != own]


@dataclasses.dataclass(frozen=True)
class Proposal:
    """A tag that words of the title or abstract suggest.

    Attributes:
        facet: Id of the facet.
        term: Id of the term.
        words: The words that were found.
    """

    facet: str
    term: str
    words: tuple[str, ...]


def tags_suggested(text: str, taxonomy: Taxonomy) -> list[Proposal]:
    """Terms whose name or another word for it stands in `text`."""
    proposals = []
    folded = text.casefold()
    for facet_id, facet in taxonomy.facets.items():
        for term_id, term in facet.terms.items():
            names = dict.fromkeys([term.name, *term.aliases])
            found = tuple(name for name in names if _is_said(name, text, folded))
            if found:
                proposals.append(Proposal(facet_id, term_id, found))
    return proposals


def _is_said(name: str, text: str, folded: str) -> bool:
    """Whether `text` has the words of `name`, in any number; abbreviations in their own capitals."""
    first, pattern = _words_of(name)
    # To look for one word costs much less, and nearly always says no.
    return bool(first) and first in folded and pattern.search(text) is not None


@functools.lru_cache(maxsize=1 << 12)
def _words_of(name: str) -> tuple[str, re.Pattern[str]]:
    """The first word of `name` without case, and the pattern that finds all of them."""
    words = re.findall(r"\w+", name)
    pattern = r"(?<!\w)" + r"[\s-]*".join(map(re.escape, words)) + r"(?:s|es)?(?!\w)"
    flags = re.RegexFlag(0) if name.isupper() else re.IGNORECASE
    return words[0].casefold() if words else "", re.compile(pattern, flags)
