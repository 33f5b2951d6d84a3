"""Templates, each kind escaping every value for its own language."""

import datetime
import functools
import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from vlm_survey.errors import CatalogError


def render_html(name: str, /, **context: Any) -> Markup:
    """The template `name` with every value escaped for HTML text and quoted attributes.

    Raises:
        CatalogError: The template is missing, broken, or asks for what it was not given.
    """
    # The template has escaped every value.
    return Markup(_rendered(_html_templates(), name, context))  # nosec B704  # noqa: S704


def render_markdown(name: str, /, **context: Any) -> str:
    """The template `name` with every value escaped for inline Markdown, unless marked with `|url`.

    Raises:
        CatalogError: The template is missing, broken, or asks for what it was not given.
    """
    return _rendered(_markdown_templates(), name, context)


def render_yaml(name: str, /, **context: Any) -> str:
    """The template `name` with every value written as a YAML scalar.

    Raises:
        CatalogError: The template is missing, broken, or asks for what it was not given.
    """
    return _rendered(_yaml_templates(), name, context)


def forget_templates() -> None:
    """Read the templates anew the next time that they are used."""
    for environment in (_html_templates, _markdown_templates, _yaml_templates):
        environment.cache_clear()


@functools.cache
def template_folder() -> Path:
    """Where the templates lie: in the installed package, or beside `src/` in a checkout."""
    packaged = Path(str(resources.files("vlm_survey"))) / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "templates"


def escape_markdown(text: str) -> str:
    r"""`text` as inline Markdown (CommonMark with GitHub's extensions) that shows exactly it.

    >>> print(escape_markdown("a|b <i> *c* [d](e) https://x.org"))
    a\|b \<i\> \*c\* \[d\](e) https\://x.org
    """
    text = re.sub(r"[\\`*_{}\[\]<>|~$&!]", r"\\\g<0>", text)
    # Where a line begins, these would make a heading, a list or a rule; where one ends, `#` is dropped.
    text = re.sub(r"^(?=[#+=-])|^\d+(?=[.)])|(?=#$)", r"\g<0>\\", text)
    # Bare addresses, mail addresses and :emoji: would become links and pictures.
    text = re.sub(r":(?=\S)", r"\\:", text)
    text = re.sub(r"(?i)\bwww\.", lambda match: match[0][:-1] + r"\.", text)
    # An empty comment parts the address, the mention and the number of an issue that GitHub would see.
    return re.sub(r"@|#(?=\d)|\b[Gg][Hh](?=-\d)", r"\g<0><!-- -->", text)


class _MarkdownUrl(str):
    """An address as Markdown's `(…)` takes it."""

    _ENCODED = str.maketrans(
        {"(": "%28", ")": "%29", "*": "%2A", "|": "%7C", "[": "%5B", "]": "%5D"}
    )

    def __new__(cls, url: str) -> "_MarkdownUrl":
        # `&copy;` in a query would become a sign.
        whole = re.sub(r"&(?=#?\w+;)", "&amp;", url)
        return super().__new__(cls, whole.translate(cls._ENCODED))


def _finalize(value: Any) -> Any:
    return value if isinstance(value, _MarkdownUrl | int) else escape_markdown(str(value))


@functools.cache
def _html_templates() -> jinja2.Environment:
    return _environment(autoescape=True)


@functools.cache
def _markdown_templates() -> jinja2.Environment:
    # Autoescape means HTML; here every value is escaped by `finalize` instead.
    environment = _environment(autoescape=False, finalize=_finalize)
    environment.filters["url"] = _MarkdownUrl
    return environment


@functools.cache
def _yaml_templates() -> jinja2.Environment:
    return _environment(autoescape=False, finalize=_yaml_scalar)


def _yaml_scalar(value: Any) -> str:
    # Text as JSON is a quoted scalar of YAML, but for the pairs that JSON spells what is beyond 16 bits with.
    return (
        value.isoformat()
        if isinstance(value, datetime.date)
        else json.dumps(value, ensure_ascii=False)
    )


def _environment(*, autoescape: bool, **options: Any) -> jinja2.Environment:
    return jinja2.Environment(  # nosec B701
        loader=jinja2.FileSystemLoader(template_folder()),
        # To look whether a file has changed takes as long as to fill a small template.
        auto_reload=False,
        cache_size=-1,
        autoescape=autoescape,  # noqa: S701 - Markdown and YAML are escaped by `finalize`
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **options,
    )


def _rendered(environment: jinja2.Environment, name: str, context: dict[str, Any]) -> str:
    try:
        return environment.get_template(name).render(context)
    except jinja2.TemplateSyntaxError as error:
        raise CatalogError(f"templates/{error.name}:{error.lineno}: {error.message}") from error
    except jinja2.TemplateError as error:
        raise CatalogError(f"templates/{name}: {error}") from error
