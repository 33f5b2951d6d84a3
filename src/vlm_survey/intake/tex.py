"""TeX as BibTeX files hold it, read as text, as a name, or as an address."""

import html
import logging
import re

from pylatexenc import latex2text, latexwalker

from vlm_survey.intake.facts import one_line

# Left to itself, the library makes these anew for every text.
_SYNTAX = latexwalker.get_default_latex_context_db()
_MACROS = latex2text.get_default_latex_context_db()
# To TeX, a bare & parts columns; in the wild it means "and".
_MACROS.add_context_category(
    "bare", [], prepend=True, specials=[latex2text.SpecialsTextSpec("&", "&")]
)
_TO_TEXT = latex2text.LatexNodes2Text(_MACROS, math_mode="verbatim")
_TO_GROUPED = latex2text.LatexNodes2Text(_MACROS, math_mode="verbatim", keep_braced_groups=True)


class TexError(Exception):
    """TeX that would lose something if it were read; the text says why, and what to write."""


class _Refuser(logging.Handler):
    """Takes what the TeX library only warns of, such as a macro without its argument, for a refusal."""

    def emit(self, record: logging.LogRecord) -> None:
        raise TexError(record.getMessage())


logging.getLogger("pylatexenc.latex2text").addHandler(_Refuser(logging.WARNING))


def text_of(tex: str, *, grouped: bool = False) -> str:
    r"""What a reader sees of `tex`, on one line.

    Args:
        tex: TeX, without what encloses it.
        grouped: Keep the braces around words, which mean something in a name.

    Raises:
        TexError: It cannot be read.

    >>> text_of(r"{CT} & MRI: 100% \textit{open}, 5 &lt; 6")
    'CT & MRI: 100% open, 5 < 6'
    >>> text_of(r"Julio {Silva Rodr{\'\i}guez}", grouped=True)
    'Julio {Silva Rodríguez}'
    """
    # To TeX, a bare % hides the rest of the line; in the wild it means per cent.
    safe = re.sub(r"(?<!\\)%", r"\\%", tex)
    try:
        text = (_TO_GROUPED if grouped else _TO_TEXT).latex_to_text(safe, latex_context=_SYNTAX)
    except RecursionError:
        raise TexError("deeply nested TeX; use plain text") from None
    except Exception:  # noqa: BLE001 - what the library raises for TeX gone wrong has no end
        raise TexError("invalid TeX; use plain text") from None
    return one_line(_unescaped(text))


def address_of(tex: str) -> str:
    r"""The address or DOI that `tex` prints. What of TeX it still holds is left as it is.

    >>> print(address_of(r"\url{https://example.org/a\_b}"), address_of(r"10.1000/a{\_}b"))
    https://example.org/a_b 10.1000/a_b
    """
    bare = re.sub(r"^\\(?:url|path|nolinkurl)\s*\{(.*)\}$", r"\1", tex.strip()).strip()
    return _unescaped(re.sub(r"\{\\([_%&#~$])\}|\\([_%&#~$])(?:\{\})?", r"\1\2", bare))


def unknown_macros(tex: str) -> list[str]:
    """The macros in `tex` that nobody knows, without their backslash."""
    found = re.findall(r"\\([A-Za-z]+)", tex)
    return [macro for macro in found if _MACROS.get_macro_spec(macro) is None]


def _unescaped(text: str) -> str:
    """`text` without the entities of HTML, which databases leave in what they export."""
    return re.sub(
        r"&(?:#\d+|#x[\da-f]+|[a-z]+\d*);", lambda m: html.unescape(m[0]), text, flags=re.I
    )
