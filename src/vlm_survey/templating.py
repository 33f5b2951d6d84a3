"""Templates, each kind escaping every value for its own language."""

import functools
import re
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2


@functools.cache
def template_folder() -> Path:
    """Where the templates lie: in the installed package, or beside `src/` in a checkout."""
    packaged = Path(str(resources.files("vlm_survey"))) / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "templates"


@functools.cache
def html_templates() -> jinja2.Environment:
    """Templates whose every value is escaped for HTML text and quoted attributes."""
    return _environment(autoescape=True)


@functools.cache
def markdown_templates() -> jinja2.Environment:
    """Templates whose every value is escaped for inline Markdown, unless marked with `|url`."""
    environment = _environment(autoescape=False, finalize=_finalize)
    environment.filters["url"] = _MarkdownUrl
    return environment


def escape_markdown(text: str) -> str:
    r"""`text` as inline Markdown (CommonMark with GitHub's extensions) that shows exactly it.

    >>> print(escape_markdown("a|b <i> *c* [d](e) https://x.org"))
    a\|b \<i\> \*c\* \[d\](e) https\://x.org
    """
    text = re.sub(r"[\\`*_{}\[\]<>|~$&!]", r"\\\g<0>", text)
    # Bare addresses, mail addresses and :emoji: would become links and pictures.
    text = re.sub(r":(?=\S)", r"\\:", text)
    text = re.sub(r"(?i)\bwww\.", lambda match: match[0][:-1] + r"\.", text)
    return text.replace("@", "&#64;")


class _MarkdownUrl(str):
    """An address as Markdown's `(…)` takes it."""

    def __new__(cls, url: str) -> "_MarkdownUrl":
        encoded = {"(": "%28", ")": "%29", "*": "%2A", "_": "_", "|": "%7C", "[": "%5B", "]": "%5D"}
        return super().__new__(cls, "".join(encoded.get(character, character) for character in url))


def _finalize(value: Any) -> Any:
    if isinstance(value, _MarkdownUrl | int):
        return value
    return escape_markdown(str(value))


def _environment(**options: Any) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(template_folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **options,
    )
