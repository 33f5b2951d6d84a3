"""Texts of strangers that every output must show as text, exactly, and a catalog full of them."""

import datetime

from vlm_survey import Catalog, Identifiers, Links, PersonName, Record, Slug, Status, Taxonomy, Url

TITLES = [
    "<script>window.pwned = 1</script>",
    '<img src=x onerror="window.pwned = 2">',
    "<svg onload='window.pwned = 3'>",
    "<iframe srcdoc='<script>parent.pwned = 4</script>'>",
    "[x](javascript:window.pwned=5)",
    'Nice title {: onmouseover="window.pwned = 6" }',
    "*em*{: onclick style=position:fixed } **bold** __under__ _low_ ~~gone~~",
    '</title><script>window.pwned = 7</script> and "/><script>window.pwned = 8</script>',
    '--8<-- "mkdocs.yml"',
    "<!-- never closed",
    "<!-- catalog: browse --> and <!-- record: clip -->",
    "</div></div></main></body>",
    "[CLIP]: https://evil.example/",
    "![](http://evil.example/pixel.gif) :smile: https://evil.example www.evil.example me@evil.example",
    "[TOC] [^1] [ ] [x]",
    "1986. A great year",
    "- item + item * item # heading",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "&lt;b&gt; &amp; &copy; &#60;",
    "$\\alpha$ costs $5, C:\\new\\table",
    "a | b `c | d` e \\| f",
    "ends with a backslash \\",
    "catalogslottitle catalogslotbody catalogslotdescription catalogslotfolder/",
    "نموذج اللغة للصور الطبية",
    "深度学习与医学图像 😀 é ß ŉ",
    "@octocat #1 GH-1 a/b#2 https://github.com/a/b/issues/1",
    "::error file=x::pwned",
    "Unbroken" * 50,
    "' onfocus='window.pwned = 9' autofocus='",
    "</script><script>window.pwned = 10</script>",
    "__proto__ constructor toString",
]


def hostile_catalog(taxonomy: Taxonomy) -> Catalog:
    """A record for each title, with the same text in every other field that holds text."""
    records = tuple(
        Record(
            id=Slug(f"hostile-{number}"),
            title=title,
            name=title,
            authors=(PersonName("{" + title.replace("{", "(").replace("}", ")")[:150] + "}"),),
            year=2024,
            venue=Slug("eccv"),
            kind=Slug("method"),
            identifiers=Identifiers(),
            links=Links(
                paper=Url(f"https://example.org/a(b)[c]*d_e!'$&;=,{number}"),
                code=Url(f"https://example.org/code?a=1&b=%22{number}#x"),
            ),
            summary=title,
            tags={"task": {Slug("vqa"): title}},
            note=title,
            status=Status.IMPORTED,
            added=datetime.date(2026, 11, 24),
        )
        for number, title in enumerate(TITLES)
    )
    return Catalog(taxonomy, tuple(sorted(records, key=lambda record: record.id)))
