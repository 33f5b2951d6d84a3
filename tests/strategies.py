"""Inputs at random: records with all that the model allows, and files, addresses, BibTeX and filters gone wrong."""

import datetime
import sys

from hypothesis import strategies as st

from vlm_survey import (
    ArxivId,
    DatasetRole,
    Doi,
    Identifiers,
    Links,
    PersonName,
    Record,
    Slug,
    Status,
    SurveyEntry,
    Url,
)
from vlm_survey.layout import record_text
from vlm_survey.load.text import FORBIDDEN
from vlm_survey.model.record import TagState

# All that a text of a record can hold: the loader refuses the rest.
CHARACTERS = st.characters(
    exclude_characters=[
        "\n",
        "\t",
        *FORBIDDEN.findall("".join(map(chr, range(sys.maxunicode + 1)))),
    ]
)
# What some reader of YAML takes for something else than text, or for the end of one.
HARD = st.sampled_from([
    "No", "null", "~", "1984", "2303.00910", "0x1F", "20:23", "- a", "a: b", "a #b", "#", "a,b", "[a]", "{a}", "'a'",
    '"a"', "\\alpha", "?", "? a", "!a", "&a", "*a", "|", ">", "%a", "@a", "=", "<<", "a:", "a?b", "1e3", ".nan",
    "2024-01-02", "y", "on", "---", "...", "a  b", "\ufeff", "é", "e\u0301", "\u00a0", "‮a", "👩‍⚕️", "深度学习", "نموذج",
])  # fmt: skip


def _stripped(text: str) -> bool:
    return bool(text) and text == text.strip()


def text_of(most: int) -> st.SearchStrategy[str]:
    """Texts of at most `most` characters."""
    pieces = st.lists(HARD | st.text(CHARACTERS, max_size=30), min_size=1, max_size=6)
    return pieces.map(" ".join).map(lambda text: text[:most].strip()).filter(_stripped)


def _is_name(text: str) -> bool:
    try:
        PersonName.parse(text)
    except ValueError:
        return False
    return True


TEXT = text_of(200)
PROSE = TEXT | st.builds(
    lambda text, times: " ".join([text] * times)[:600].strip(), TEXT, st.integers(2, 20)
)
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True).map(Slug)
FACETS = st.from_regex(r"[a-z0-9]{1,8}([_-][a-z0-9]{1,8}){0,2}", fullmatch=True)
NAMES = (
    st.one_of(TEXT, TEXT.map("{{{}}}".format), TEXT.map("Müller, Jr, {}".format))
    .filter(_is_name)
    .map(PersonName)
)
URLS = st.from_regex(
    r"https?://([a-z0-9]{1,9}\.){1,3}(org|io|example)(/([A-Za-z0-9._~:/\[\]@!$&'()*+,;=-]|%[0-9A-F]{2}){0,40})?(\?([a-z=&_]|%26){0,30})?(#[a-z!]{0,5})?",
    fullmatch=True,
).map(Url.parse)  # fmt: skip
DOIS = st.from_regex(r"10\.[0-9]{4,9}/[!-~]{1,30}[a-z0-9]", fullmatch=True).map(Doi.parse)
ARXIV_IDS = st.one_of(
    st.from_regex(r"[0-9]{2}(0[1-9]|1[0-2])\.[0-9]{4,5}(v[1-9])?", fullmatch=True),
    st.from_regex(r"(hep-th|math\.GT)/[0-9]{2}(0[1-9]|1[0-2])[0-9]{3}", fullmatch=True),
).map(ArxivId.parse)
DAYS = st.dates(datetime.date(1000, 1, 1))

RECORDS = st.builds(
    Record,
    id=IDS,
    title=text_of(500),
    name=st.none() | TEXT,
    authors=st.lists(NAMES, max_size=5).map(tuple),
    year=st.none() | st.integers(1900, 2099),
    venue=st.none() | IDS,
    kind=st.none() | IDS,
    domain=st.none() | IDS,
    identifiers=st.builds(Identifiers, arxiv=st.none() | ARXIV_IDS, doi=st.none() | DOIS),
    links=st.builds(Links, paper=st.none() | URLS, code=st.none() | URLS),
    summary=st.none() | PROSE,
    tags=st.dictionaries(
        FACETS,
        st.dictionaries(IDS, st.none() | TEXT, max_size=3) | st.just(TagState.NOT_STATED),
        max_size=3,
    ),
    builds_on=st.lists(IDS, max_size=3, unique=True).map(tuple),
    datasets=st.dictionaries(IDS, st.sampled_from(DatasetRole), max_size=9),
    survey=st.lists(
        st.builds(SurveyEntry, section=TEXT, number=st.integers(1, 999_999), title=st.none() | TEXT, link=st.none() | TEXT),
        max_size=2,
    ).map(tuple),
    status=st.sampled_from(Status),
    sources=st.lists(URLS, max_size=2).map(tuple),
    note=st.none() | PROSE,
    added=DAYS,
)  # fmt: skip
"""Records as they come out of the loader."""

YAML_PIECES = [
    "title: ", "year: ", "tags:\n  task: ", "authors: ", "- ", "? ", ": ", "{", "}", "[", "]", ",", "&a ", "*a", "!t ",
    "|\n", ">\n", ">-\n", "'", '"', "#", " #", "\n", "\n  ", "\t", "---\n", "...\n", "%YAML 1.1\n", "<<", "<<<<<<< ",
    "~", "null", "\\", "\\x00", "\\ud800", "é", "\u2028", "\x00", "\x1b", "\ufeff", "no", "1e9", "0x1", "\r", "\r\n",
    "links: {paper: ", "https://", "@", "`", "added: 2026-11-24\n", "status: imported\n", "identifiers: {doi: ",
    "survey: [{section: a, number: 1}]\n", "builds_on: [clip]\n", "=======\n", "datasets: {visa: test}\n",
]  # fmt: skip
URL_PIECES = [
    "http://", "https://", "HTTPS://", "javascript:", "data:", "//", "/", "\\", "@", ":", "?", "#", "&", "=", "%", "%2F", "%zz", "[::1]",
    "arxiv.org", "arxiv.org/abs/", "arxiv.org/pdf/", "2303.00910", "v2", ".pdf", "doi.org/", "10.1000/", "doi:", "x.org", "xn--", ".",
    "localhost", "127.0.0.1", "utm_source=a", "pdf=inline%20link", "token=a", " ", "\n", "\t", "|", "<", '"', "é", "а", "ezproxy.", "nature.com/articles/",
]  # fmt: skip
BIBTEX_PIECES = [
    "@misc{a", "@article{b,", "@string{", "@comment{", "@preamble{", "@", "{", "}", '"', ",", "=", "#", "%", "\\", "\n", " ", "$", "~", "&",
    "title={T}", "title = ", "author={A B and C D}", " and ", "others", "{A}", "year={2020}", "year=2020", "date={2020-01}", "doi={10.1000/x}",
    "url={https://arxiv.org/abs/2303.00910}", "eprint={2303.00910}", "eprinttype={arxiv}", "journal={arXiv preprint arXiv:2303.00910}",
    "booktitle=", "month=jan", "crossref={b}", "\\'e", "\\textit{", "\\mystery{", "\\input{", "\\begin{", "\\end{", "\\(", "\\[", "\\verb|", "\x00", "\r\n", "é",
]  # fmt: skip
QUERY_PIECES = [
    "task=", "vqa", "!", "anomaly-detection", "question-answering", "kind=", "method", "foundation-model", "venue=", "eccv", "status=", "imported",
    "q=", "clip", "learnig", "year=", "2021", "..", "has=", "code", "evidence", "sort=", "-", "title", "view=", "table", "&", "=", "+", "%20", "%", "?",
    "domain=", "natural", "dataset=", "mvtec-ad", "mvtec", "unused-set", " ", "é", "ß", "\u0130", "İ", "٣", "²", "ﬁ", "\x00", "深",
]  # fmt: skip


def text_from(pieces: list[str]) -> st.SearchStrategy[str]:
    """Texts put together of `pieces` and anything."""
    return st.lists(st.sampled_from(pieces) | st.text(max_size=8), max_size=40).map("".join)


@st.composite
def broken_files(draw: st.DrawFn) -> bytes:
    """A good record's file with bytes of it deleted, doubled or put in."""
    data = record_text(draw(RECORDS)).encode()
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(start + 20, len(data))))
        piece = draw(
            st.sampled_from([b"", data[start:end] * 2]) | st.sampled_from(YAML_PIECES).map(str.encode) | st.binary(max_size=4)
        )  # fmt: skip
        data = data[:start] + piece + data[end:]
    return data


FILES = st.one_of(
    broken_files(),
    text_from(YAML_PIECES).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=200),
)
