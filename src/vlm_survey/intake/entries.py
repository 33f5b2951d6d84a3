"""Entries of metadata in JSON: every entry becomes facts, or is named with the reason why not.

A file is JSON Lines, one object a line, or one array of objects. Nothing is asked of the network.
"""

import dataclasses
import functools
import re
from collections.abc import Callable, Iterable, Iterator

from vlm_survey.checks.rules.long_link import MAX_LENGTH
from vlm_survey.errors import InvalidValueError
from vlm_survey.intake.facts import Facts, one_line, plain, straight
from vlm_survey.intake.json_file import Item, Json, Object, Unread, items_of, kind_of
from vlm_survey.intake.venues import venue_named
from vlm_survey.load.folder import RESERVED
from vlm_survey.load.validate import did_you_mean
from vlm_survey.model.durability import session_reason
from vlm_survey.model.folding import ascii_slug
from vlm_survey.model.identifiers import ArxivId, Doi, arxiv_id_in, doi_in
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import Links
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.model.url import Url
from vlm_survey.model.value import Slug, shortened

IGNORED = ("abstract", "comment", "keywords", "lists", "rank", "scope")
"""Keys that no record has, which are passed over; an abstract is read for proposals."""

_KNOWN = (
    "title", "authors", "year", "venue", "arxiv", "doi", "name", "note", "links", "sources", "id",
)  # fmt: skip
_LONGEST = 20_000
"""Characters of one text; the rest of an abstract says nothing new."""
_MOST_AUTHORS = 3_000


@dataclasses.dataclass(frozen=True)
class Entry:
    """One entry of a file.

    Attributes:
        number: Its line in JSON Lines, else its place in the array, from 1.
        title: What it is called in messages; may be empty.
        facts: What it says; None when it cannot be taken.
        own_id: The id that it wants for its record.
        problem: Why it cannot be taken, and what to do about it.
    """

    number: int
    title: str = ""
    facts: Facts | None = None
    own_id: Slug | None = None
    problem: str = ""


@dataclasses.dataclass(frozen=True)
class Entries:
    """All entries of a file, in its order.

    Attributes:
        unit: What `number` counts: `line` or `entry`.
    """

    unit: str
    items: tuple[Entry, ...]


Progress = Callable[[Iterable[Item]], Iterable[Item]]


def entries_of(data: bytes, taxonomy: Taxonomy, progress: Progress = iter) -> Entries:
    """All entries of a file.

    Args:
        data: The file's bytes.
        taxonomy: Where venues are looked up.
        progress: Wraps the loop over the entries, to show how far it is.

    Raises:
        CatalogError: The file as a whole cannot be read; the text says why, and what to do.
    """
    unit, items = items_of(data)
    # Most files name few venues many times.
    venue = functools.cache(lambda place: _venue_meant(place, taxonomy))
    return Entries(unit, tuple(_entry(item, venue) for item in progress(items)))


def _entry(item: Item, venue: Callable[[str], Slug | None]) -> Entry:
    number, value = item.number, item.value
    if item.problem:
        return Entry(number, problem=item.problem)
    if not isinstance(value, Object):
        return Entry(number, problem=f'{kind_of(value)}, not an object; write {{"title": "…"}}')
    title = value.get("title")
    shown = shortened(one_line(title[:200])) if isinstance(title, str) else ""
    fields = _Fields(value)
    try:
        return Entry(number, shown, _facts(fields, venue), fields.own_id())
    except InvalidValueError as error:
        unknown = "".join(f"; {remark}" for remark in fields.unknown())
        return Entry(number, shown, problem=f"{error}{unknown}")


class _Fields:
    """What an entry says, read on demand. What has the wrong type is refused."""

    def __init__(self, value: Object) -> None:
        self._value = value
        self.remarks: list[str] = []

    def refuse_doubled(self) -> None:
        links = self._value.get("links")
        inner = links.doubled if isinstance(links, Object) else []
        if doubled := [*self._value.doubled, *inner]:
            names = ", ".join(map(_shown, doubled[:5]))
            raise InvalidValueError(f"duplicate key: {names}", "keep only one of them")

    def unknown(self) -> Iterator[str]:
        """Yield a warning for each unknown key."""
        unknown = [key for key in self._value if key not in _KNOWN and key not in IGNORED]
        for key in unknown[:20]:
            hint = did_you_mean(key[:60], _KNOWN) or "delete it"
            yield f"unknown key {_shown(key)} was ignored; {hint}"
        if unknown[20:]:
            yield f"{len(unknown) - 20} more unknown keys were ignored; delete them"

    def text(self, key: str) -> str:
        """A text without markup, on one line; empty if it is missing."""
        return plain(self.raw(key))

    def raw(self, key: str) -> str:
        value = self._value.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise InvalidValueError(f"{key}: {kind_of(value)}", f'must be text: "{key}": "…"')
        if len(value) > _LONGEST:
            raise InvalidValueError(f"{key}: {len(value)} characters", "shorten it")
        return value.strip()

    def abstract(self) -> str:
        value = self._value.get("abstract")
        return plain(value[:_LONGEST]) if isinstance(value, str) else ""

    def authors(self) -> Iterator[PersonName]:
        value = self._value.get("authors")
        if value is None:
            return
        fix = 'write a list of names: ["First Last", "First Last"]'
        if not isinstance(value, list):
            raise InvalidValueError(f"authors: {kind_of(value)}", fix)
        if len(value) > _MOST_AUTHORS:
            raise InvalidValueError(f"authors: more than {_MOST_AUTHORS}", "list only the authors")
        for name in value:
            if not isinstance(name, str):
                raise InvalidValueError(f"authors: {kind_of(name)} among the names", fix)
            try:
                parsed = PersonName.parse(plain(name[:1000]))
            except InvalidValueError as error:
                raise InvalidValueError(f"authors: {error.problem}", error.fix) from None
            if parsed.seems_several:
                self.remarks.append(f"authors: {_shown(name)} may be several people; check it")
            yield parsed if parsed.is_group else straight(parsed)

    def year(self) -> int | None:
        value = self._value.get("year")
        if value is None or value == "":
            return None
        written = value.text if isinstance(value, Unread) else value
        text = "" if isinstance(written, bool | list | dict) else str(written).strip()
        if not re.fullmatch(r"(19|20)\d\d", text, re.ASCII):
            shown = _shown(text) if text else kind_of(value)
            raise InvalidValueError(
                f"year: {shown}", "use four digits from 1900 to 2099, such as 2024"
            )
        return int(text)

    def links(self) -> dict[str, Url]:
        value = self._value.get("links")
        if value is None:
            return {}
        if not isinstance(value, Object):
            raise InvalidValueError(f"links: {kind_of(value)}", 'write {"paper": "https://…"}')
        found = {}
        for name, address in value.items():
            if name not in Links.model_fields:
                hint = did_you_mean(name[:60], Links.model_fields) or "delete it"
                self.remarks.append(f"unknown link {_shown(name)} was ignored; {hint}")
            elif url := self._link(f"the link {name}", address):
                found[name] = url
        return found

    def sources(self) -> Iterator[Url]:
        value = self._value.get("sources")
        if value is None:
            return
        if not isinstance(value, list):
            raise InvalidValueError(f"sources: {kind_of(value)}", 'write ["https://…"]')
        for number, address in enumerate(value, 1):
            if url := self._link(f"source {number}", address):
                yield url

    def own_id(self) -> Slug | None:
        text = self.raw("id")
        if not text:
            return None
        try:
            slug = Slug.parse(text)
        except InvalidValueError as error:
            raise InvalidValueError(f"id: {error.problem}", f"{error.fix}, or omit it") from None
        if RESERVED.fullmatch(slug):
            raise InvalidValueError(f"id: {slug!r} is reserved", "choose another, or omit it")
        return slug

    def _link(self, what: str, address: Json) -> Url | None:
        if address is None or address == "":
            return None
        try:
            if not isinstance(address, str):
                raise InvalidValueError(kind_of(address), 'write "https://…"')
            return _lasting(address.strip())
        except InvalidValueError as error:
            self.remarks.append(f"{what} was ignored: {error}")
            return None


def _facts(fields: _Fields, venue: Callable[[str], Slug | None]) -> Facts:
    fields.refuse_doubled()
    title = fields.text("title")
    if not title:
        raise InvalidValueError("no title", 'add "title": "…", as published')
    links = fields.links()
    arxiv, doi = _identifiers(fields, links)
    place = fields.text("venue")
    if place and venue(place) is None:
        slug = ascii_slug(place[:60])
        fields.remarks.append(
            f"venue {_shown(place)} is not in taxonomy.yaml and was ignored; add it there under "
            f"venues, as '{slug}: {{short: …, name: …, type: conference}}', and to the record, "
            f"as 'venue: {slug}'"
        )
    authors, sources = tuple(fields.authors()), tuple(dict.fromkeys(fields.sources()))
    return Facts(
        title=title,
        authors=authors,
        year=fields.year(),
        arxiv=arxiv,
        doi=doi,
        abstract=fields.abstract(),
        links=links,
        sources=sources,
        name=fields.text("name"),
        venue=venue(place) if place else None,
        note=fields.text("note"),
        remarks=(*fields.unknown(), *fields.remarks),
    )


def _identifiers(fields: _Fields, links: dict[str, Url]) -> tuple[ArxivId | None, Doi | None]:
    """What identifies the work. A landing page that only repeats it is taken out of `links`."""
    stated_arxiv, stated_doi = fields.raw("arxiv"), fields.raw("doi")
    arxiv = ArxivId.parse(stated_arxiv) if stated_arxiv else None
    doi = Doi.parse(stated_doi) if stated_doi else None
    if doi and (own := arxiv_id_in(doi.url)):
        if arxiv and arxiv.key != own.key:
            raise InvalidValueError(
                f"doi belongs to arXiv {own}, but arxiv is {arxiv}",
                "keep the one that belongs to the paper",
            )
        arxiv, doi = arxiv or own, None
    page = links.get("paper", "")
    if named := arxiv_id_in(page):
        arxiv = arxiv or named
        _drop_page(fields, links, str(named), is_same=arxiv.key == named.key)
    elif named_doi := doi_in(page):
        doi = doi or named_doi
        _drop_page(fields, links, str(named_doi), is_same=doi.key == named_doi.key)
    return arxiv, doi


def _drop_page(fields: _Fields, links: dict[str, Url], named: str, *, is_same: bool) -> None:
    del links["paper"]
    if not is_same:
        fields.remarks.append(
            f"the link paper was ignored: it is to {named}, but the entry has another identifier; "
            "check which is right"
        )


def _lasting(address: str) -> Url:
    """An address that the checks let a record have.

    Raises:
        InvalidValueError: They would refuse it.
    """
    url = Url.parse(address).tidied()
    page = "link to the paper's landing page, such as https://doi.org/…"
    if reason := session_reason(url):
        raise InvalidValueError(f"{reason}: the link will expire", page)
    if len(url) > MAX_LENGTH:
        raise InvalidValueError(f"link with {len(url)} characters", page)
    if url.startswith("http:"):
        raise InvalidValueError(f"{_shown(url)}: http", "use https:// if the page supports it")
    return url


def _venue_meant(place: str, taxonomy: Taxonomy) -> Slug | None:
    """The venue by its id, by one that it had before, by its abbreviation or its name."""
    moved = taxonomy.former_ids.get("venue", {})
    slug = moved.get(place, place)
    return Slug(slug) if slug in taxonomy.venues else venue_named([place], taxonomy)


def _shown(text: str) -> str:
    return repr(shortened(text))
