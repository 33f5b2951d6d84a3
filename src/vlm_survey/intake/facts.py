"""What a source says of a paper, before anything of it is a record."""

import dataclasses
import html
import re
from collections.abc import Mapping

from vlm_survey.errors import InvalidValueError
from vlm_survey.model.identifiers import ArxivId, Doi
from vlm_survey.model.names import PersonName
from vlm_survey.model.url import Url
from vlm_survey.model.value import Slug


@dataclasses.dataclass(frozen=True)
class Facts:
    """One paper, as a source describes it. What the source does not say is empty.

    Attributes:
        title: As published.
        authors: All, in order.
        year: Year of the version that is described.
        appeared_in: Names of the journal, proceedings or repository, most telling first.
        arxiv: arXiv id.
        version: Newest version of the preprint.
        doi: DOI of the published version.
        abstract: Read for proposals, never kept.
        links: Addresses by the names of a record's links.
        sources: Addresses where the facts were seen.
        standing: That the work was withdrawn or retracted, and who says so.
        name: Short name of the method or model; without it, the title is searched for one.
        venue: Id of the venue, where the source gives it; without it, `appeared_in` is looked up.
        note: What a reader must know besides.
        remarks: What a person must look at, such as a name that could not be read.
    """

    title: str
    authors: tuple[PersonName, ...] = ()
    year: int | None = None
    appeared_in: tuple[str, ...] = ()
    arxiv: ArxivId | None = None
    version: int | None = None
    doi: Doi | None = None
    abstract: str = ""
    links: Mapping[str, Url] = dataclasses.field(default_factory=dict)
    sources: tuple[Url, ...] = ()
    standing: str = ""
    name: str = ""
    venue: Slug | None = None
    note: str = ""
    remarks: tuple[str, ...] = ()


def plain(text: str) -> str:
    r"""`text` on one line, without markup, entities and control characters.

    >>> plain("A <i>study</i> of\n  5 &lt; 6")
    'A study of 5 < 6'
    """
    # Only what looks like a tag is one: titles may compare numbers.
    without_tags = re.sub(r"</?[a-zA-Z][\w:.-]*(?:\s[^<>]*)?/?>", "", text)
    return one_line(html.unescape(without_tags))


def one_line(text: str) -> str:
    """`text` with every run of blanks, line ends and control characters as one blank."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def person(given: str, family: str, particle: str = "", suffix: str = "") -> PersonName:
    """A person's name in BibTeX's syntax, from its parts.

    >>> person("Julio", "Silva Rodríguez"), person("Ludwig", "Beethoven", "van"), person("", "OpenAI")
    ('Silva Rodríguez, Julio', 'Ludwig van Beethoven', '{OpenAI}')
    >>> person("Julio César", "Silva Rodríguez")
    'Julio César {Silva Rodríguez}'
    """
    given, family, particle, suffix = (
        one_line(re.sub(r"[{}]", "", plain(part)).replace(",", " "))
        for part in (given, family, particle, suffix)
    )
    if not given:
        return PersonName.parse(f"{{{' '.join(part for part in (particle, family) if part)}}}")
    whole = " ".join(part for part in (particle, family) if part)
    if not suffix:
        straight = PersonName.parse(f"{given} {whole}")
        if straight.family == whole:
            return straight
        turned = PersonName.parse(f"{whole}, {given}")
        return PersonName.parse(f"{given} {{{whole}}}") if turned.seems_several else turned
    return PersonName.parse(f"{whole}, {suffix}, {given}")


def straight(name: PersonName) -> PersonName:
    """The name as records write it: first names first, where that is read the same way."""
    first, von, last, jr = (" ".join(words) for words in dataclasses.astuple(name.parts))
    return person(first, last, von, jr)


def group(name: str) -> PersonName:
    """The name of an organisation or a team.

    >>> group("The GPT Team")
    '{The GPT Team}'
    """
    return PersonName.parse("{" + re.sub(r"[{}]", "", plain(name)) + "}")


def in_capitals(name: PersonName) -> bool:
    """Whether a person's name is printed in capitals, which is a database's form, not the paper's."""
    return not name.is_group and len(name.family) > 3 and name.family.isupper()


def titled(title: str, subtitle: str) -> str:
    """The whole title.

    >>> titled("Foundation models", "A survey"), titled("CLIP: a model", "A model")
    ('Foundation models: A survey', 'CLIP: a model')
    """
    return f"{title}: {subtitle}" if subtitle.casefold() not in title.casefold() else title


def links_from(remarks: list[str], **addresses: str) -> dict[str, Url]:
    """Those of `addresses` that a record may hold, tidied; `remarks` gain why others are left out."""
    links = {}
    for name, address in addresses.items():
        try:
            if address:
                links[name] = Url.parse(address).tidied()
        except InvalidValueError as error:
            remarks.append(f"the link {name} was ignored: {error}")
    return links
