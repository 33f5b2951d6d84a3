"""BibTeX: every entry becomes facts, or is named with its line and the reason why not."""

import dataclasses
import logging
import re
from collections.abc import Iterable, Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares.names import split_multiple_persons_names
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
)

from vlm_survey.errors import InvalidValueError
from vlm_survey.intake.facts import Facts, group, links_from, one_line, straight, titled
from vlm_survey.intake.tex import TexError, address_of, text_of, unknown_macros
from vlm_survey.model.identifiers import ArxivId, Doi, arxiv_id_in, doi_in
from vlm_survey.model.names import PersonName

# What cannot be parsed is reported by us, with its line.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())  # noqa: SIM905
_TEX = re.compile(r"[\\{}]")
# By custom, lines with % are remarks; anything else may be an entry gone wrong.
_REMARK = re.compile(r"^\s*%.*$", re.MULTILINE)
_KEYLESS = re.compile(r"\s*@\w+\s*[{(]\s*\w+\s*=")


@dataclasses.dataclass(frozen=True)
class Item:
    """One entry of a file.

    Attributes:
        line: Where it begins, from 1.
        key: Its citation key, for messages.
        facts: What it says; None when it cannot be taken over.
        problems: Why it cannot, or what of it is doubtful.
    """

    line: int
    key: str
    facts: Facts | None
    problems: tuple[str, ...] = ()


class _UnreadableError(Exception):
    """An entry that would lose something if it were taken over."""


def items_of(text: str) -> list[Item]:
    """All entries of a BibTeX file, in its order, and whatever in it is none."""
    library = parse_string(text.replace("\r\n", "\n").replace("\x00", " "), [])
    return list(_items(library))


def _items(library: Library) -> Iterator[Item]:
    macros = {string.key.lower(): string.value for string in library.strings}
    blocks = library.blocks
    for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        line = (block.start_line or 0) + 1
        match block:
            case DuplicateFieldKeyBlock():
                doubled = ", ".join(sorted(block.duplicate_keys))
                yield _refused(block, f"duplicate field: {doubled}; keep only one of them")
            case DuplicateBlockKeyBlock():
                yield _refused(
                    block, f"duplicate entry {block.key!r}; give each entry a unique citation key"
                )
            case ParsingFailedBlock() if _KEYLESS.match(block.raw or ""):
                yield _refused(
                    block, "no citation key; add one, followed by a comma, before the fields"
                )
            case ParsingFailedBlock():
                yield _refused(block, "not closed; check braces and quotation marks")
            case Entry():
                yield _torn(block) if _is_rest(after) else _item(block, line, macros)
            case ImplicitComment() if not (isinstance(before, Entry) and _is_rest(block)):
                words = one_line(_REMARK.sub("", block.comment))[:40]
                if words:
                    why = f"text outside of any entry is ignored: {words}"
                    yield Item(line, "", None, (why,))


def _is_rest(block: Block | None) -> bool:
    """Whether it is what is left of the entry before it, after a brace that closed it too early."""
    if not isinstance(block, ImplicitComment):
        return False
    remarks = _REMARK.findall(block.comment)
    is_closed = _enclosed(f"{{{''.join(remarks)}}}") is not None
    rest = _REMARK.sub("", block.comment) if is_closed else block.comment
    return bool(re.search(r"^\s*,|}", rest))


def _torn(entry: Entry) -> Item:
    line = (entry.start_line or 0) + 1
    why = "a brace closes the entry too early, so that fields would be lost; check the braces"
    return Item(line, entry.key, None, (why,))


def _refused(block: Block, why: str) -> Item:
    raw = block.raw or ""
    key = re.match(r"\s*@\w+\s*[{(]\s*([^,=\s]*)\s*,", raw)
    return Item((block.start_line or 0) + 1, key[1] if key else "", None, (why,))


def _item(entry: Entry, line: int, macros: dict[str, str]) -> Item:
    doubts: list[str] = []
    try:
        facts = _facts(_Fields(entry, macros, doubts))
    except (_UnreadableError, InvalidValueError) as error:
        return Item(line, entry.key, None, (str(error),))
    return Item(line, entry.key, facts, tuple(doubts))


class _Fields:
    """An entry's fields as they are written, read on demand."""

    def __init__(self, entry: Entry, macros: dict[str, str], doubts: list[str]) -> None:
        self._raw = {field.key.lower(): str(field.value).strip() for field in entry.fields}
        self._macros = macros
        self.doubts = doubts
        self.type = entry.entry_type.lower()

    def has(self, name: str) -> bool:
        return bool(self._raw.get(name))

    def source(self, name: str) -> str:
        """A field's TeX, without what encloses it."""
        raw = self._raw.get(name, "")
        if not raw or raw.isdigit():
            return raw
        inner = _enclosed(raw)
        if inner is not None:
            return inner
        macro = _enclosed(self._macros.get(raw.lower(), ""))
        if macro is not None:
            return macro
        if raw.lower() in _MONTHS:
            return raw
        what = "concatenated with '#'" if "#" in raw else "neither quoted nor defined with @string"
        raise _UnreadableError(f"{name} is {what}: {one_line(raw)[:40]}; put the value in braces")

    def text(self, name: str) -> str:
        """A field as a reader sees it."""
        return self._decoded(name, self.source(name)) if self.has(name) else ""

    def address(self, name: str) -> str:
        """A field that holds an address or a DOI."""
        source = self.source(name)
        # Web of Science puts braces of its own around what is in braces.
        while (inner := _enclosed(source)) is not None:
            source = inner
        return address_of(source)

    def people(self, name: str) -> list[PersonName]:
        """A list of names, groups in their braces."""
        names = []
        source = " ".join(self.source(name).split())
        if _enclosed(source) is not None and re.search(r",.*\sand\s.*,", source):
            raise _UnreadableError(f"{name} is a single name in extra braces; remove one pair")
        for whole in split_multiple_persons_names(source):
            inner = _enclosed(whole)
            if whole == "others":
                raise _UnreadableError(f"{name} ends with 'others'; list all names, in order")
            is_group = whole.startswith("{") and inner is not None
            plain = self._decoded(name, whole, grouped=True)
            names.append(group(plain) if is_group else straight(PersonName.parse(plain)))
        return names

    def _decoded(self, name: str, tex: str, *, grouped: bool = False) -> str:
        for macro in unknown_macros(tex):
            self.doubts.append(f"{name}: unknown command \\{macro} was ignored; check the text")
        try:
            return text_of(tex, grouped=grouped)
        except TexError as error:
            raise _UnreadableError(f"{name} contains {error}") from None


def _enclosed(raw: str) -> str | None:
    """What stands between the one pair of braces or quotation marks around `raw`; None without."""
    if len(raw) < 2 or (raw[0], raw[-1]) not in (("{", "}"), ('"', '"')):
        return None
    inner = raw[1:-1]
    depth = 0
    for character in inner:
        depth += (character == "{") - (character == "}")
        if depth < 0 or (depth == 0 and character == raw[0] == '"'):
            return None
    return inner if depth == 0 else None


def _facts(fields: _Fields) -> Facts:
    if fields.has("crossref") or fields.has("xdata"):
        raise _UnreadableError("crossref to another entry is not supported")
    title = fields.text("title")
    if not title:
        raise _UnreadableError("no title")
    doi, arxiv = _identifiers(fields)
    address = fields.address("url")
    named = _named(address)
    if doi and isinstance(named, Doi) and named.key != doi.key:
        fields.doubts.append(f"url is to DOI {named}, but doi is {doi}; check which is right")
    return Facts(
        title=titled(title, fields.text("subtitle")),
        authors=tuple(fields.people("author")),
        year=_year(fields),
        appeared_in=tuple(_places(fields, arxiv)),
        arxiv=arxiv,
        doi=doi,
        abstract=fields.text("abstract"),
        links={} if named else links_from(fields.doubts, paper=address),
        remarks=tuple(fields.doubts),
    )


def _named(address: str) -> ArxivId | Doi | None:
    """The identifier that an address names."""
    return None if _TEX.search(address) else arxiv_id_in(address) or doi_in(address)


def _identifiers(fields: _Fields) -> tuple[Doi | None, ArxivId | None]:
    named, stated = _named(fields.address("url")), fields.address("doi")
    if _TEX.search(stated):
        raise _UnreadableError("doi contains unsupported TeX; write it as plain text")
    doi = Doi.parse(stated) if stated else named if isinstance(named, Doi) else None
    arxiv = named if isinstance(named, ArxivId) else None
    is_arxiv = "arxiv" in (fields.text("eprinttype") + fields.text("archiveprefix")).lower()
    if fields.has("eprint") and (is_arxiv or not fields.has("eprinttype")):
        with_prefix = fields.text("eprint")
        try:
            arxiv = ArxivId.parse(with_prefix)
        except InvalidValueError:
            fields.doubts.append(f"eprint {with_prefix!r} is not an arXiv id and was ignored")
    if arxiv is None and (found := re.search(r"arXiv:\s*(\S+)", fields.text("journal"), re.I)):
        arxiv = arxiv_id_in("https://arxiv.org/abs/" + found[1].rstrip(".,;"))
    if doi and (own := arxiv_id_in(doi.url)):
        return None, arxiv or own
    return doi, arxiv


def _year(fields: _Fields) -> int | None:
    text = fields.text("year") or fields.text("date")[:4]
    if not text:
        return None
    if not re.fullmatch(r"(19|20)\d\d", text, re.ASCII):
        raise _UnreadableError(f"year {text[:20]!r} is not four digits")
    return int(text)


def _places(fields: _Fields, arxiv: ArxivId | None) -> Iterable[str]:
    names = ("journal", "journaltitle", "booktitle", "eventtitle", "howpublished")
    found = [place for name in names if (place := fields.text(name))]
    # "arXiv preprint arXiv:2307.15189" names the repository.
    if arxiv and (not found or re.match(r"arxiv\b", found[0], re.IGNORECASE)):
        return ["arXiv"]
    return found
