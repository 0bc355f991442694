"""A text of front matter → HTML of a part of a line.

Authors write HTML, Markdown and math into titles, venues and citations, for a template that printed them raw. The
parser of Markdown reads them; most are plain, and need none.
"""

import re
from typing import Protocol

from markupsafe import Markup

from ..problems import Place, Problems


class Convert(Protocol):
    """Converts Markdown that begins at a place to HTML, or with ``spans_only`` one line of it."""

    def __call__(self, markdown: str, place: Place, problems: Problems, *, spans_only: bool = False) -> str:
        """Return the HTML, and report what is wrong with the Markdown."""


# What Markdown leaves as it is: no construct, no quote that curls, no dash, no script that needs a language.
_TEXT = (
    r"(?:[A-Za-z0-9À-ÖØ-öø-ɏ ,;?()/+=@%#^|–—’‘“”]"
    r"|\.(?!\.)|-(?!-)|!(?!\[)|:(?!:)|(?<=[a-z])'(?=[a-z])|&amp;|&quot;|&(?![\w#]))"
)
_SIMPLE = re.compile(rf"(?:{_TEXT}|<(i|b|em|strong|u)>{_TEXT}*</\1>)*")
_AMPERSAND = re.compile(r"&(?![\w#])")
_EMPHASIS = re.compile(r"(?<![\w*\\.)])(\*{1,3})(?=[^\s*])([^*]+)(?<=[^\s*])\1(?![\w*])")
_STRONG = re.compile(r"(?<![\w*\\])(\*\*)(?=[^\s*])([^*]+)(?<=[^\s*])\1(?=\*?(?!\w))")
_STAR = re.compile(r"(?<!\\)\*")
_ONE_DOLLAR = re.compile(r"(?<![\\$\w])\$(?=[^\s$])([^$]+)(?<=[^\s\\])\$(?![\d$])")
_BRACKETS = re.compile(r"(?<!\\)\\\(((?:(?!\\[()]).)+)\\\)")


def to_html(text: str, place: Place, convert: Convert, problems: Problems, *, names: bool = False) -> Markup:
    """Return one line of a text as HTML; ``names`` for one in which asterisks are marks behind names, not emphasis."""
    text = " ".join(text.split())
    if _SIMPLE.fullmatch(text):
        text = _AMPERSAND.sub("&amp;", text).replace("&quot;", '"') if "&" in text else text
        return Markup(text.replace("'", "’"))  # noqa: S704  (it holds what the pattern allows)
    if "$" in text or "\\(" in text:
        text = _BRACKETS.sub(r"$$\1$$", _ONE_DOLLAR.sub(_math, text))
    if "*" in text:
        text = _with_marks(text, _STRONG if names else _EMPHASIS)
    return Markup(convert(text, place, problems, spans_only=True))  # noqa: S704  (the author's own, as of a page)


def _math(match: re.Match[str]) -> str:
    """Return math between single dollar signs as kramdown reads it; what has no letter and no sign is an amount."""
    return f"$${match[1]}$$" if re.search(r"[\\^_{}A-Za-z]", match[1]) else match[0]


def _with_marks(text: str, emphasis: re.Pattern[str]) -> str:
    """Return a text in which no asterisk is Markdown's but those of ``emphasis``: others are marks behind names."""
    done, parts = 0, []
    for match in emphasis.finditer(text):
        parts += [_STAR.sub(r"\\*", text[done : match.start()]), match[0]]
        done = match.end()
    return "".join(parts) + _STAR.sub(r"\\*", text[done:])
