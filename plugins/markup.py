"""HTML: the void elements, and the one scanner that looks into finished pages.

The scanner splits a page as a browser does (https://html.spec.whatwg.org/multipage/parsing.html#tokenization): a quoted
attribute may hold ``>``, a comment or the text of a script holds no tags, ``&amp;`` in an address is ``&``. It takes
linear time, and the ``source`` of all tokens, joined, is the page.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from html import unescape as standard_unescape
from html.entities import html5
from typing import Literal, NamedTuple

VOID = frozenset("area base br col command embed hr img input keygen link meta param source track wbr".split())
"""Elements without content or end tag, with those that HTML no longer has."""

RAW_TEXT = frozenset("script style xmp iframe noembed noframes".split())
"""Elements whose content is text as it stands: neither tags nor character references."""

LINKS = frozenset(("href", "src", "poster", "data"))
"""Attributes that hold one address; ``srcset`` holds several."""

_ESCAPABLE_TEXT = frozenset(("textarea", "title"))  # no tags, but character references
_NO_PROSE = frozenset("details figure pre script style svg table".split())
_FOREIGN = frozenset(("svg", "math"))  # elements in which `/>` ends an element and `<![CDATA[` ends at `]]>`

# Quantifiers that end in + never give back what they have taken: no page makes the scanner try twice.
_S = r"[\t\n\f\r ]"
_NAME = r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
_VALUE = r"""(?:"[^"]*+"?+|'[^']*+'?+|[^\t\n\f\r >"'][^\t\n\f\r >]*+)"""
_ATTRIBUTE = re.compile(rf"(?:{_S}|/)*+({_NAME})(?:{_S}*+={_S}*+({_VALUE}?+))?+")
_MARKUP = re.compile(
    rf"""<(?:(?P<closing>/?+)(?P<name>[a-zA-Z][^\t\n\f\r />]*+)(?:{_S}++|/|{_NAME}(?:{_S}*+={_S}*+{_VALUE}?+)?+)*+>
    |(?P<cdata>!\[CDATA\[)|!--(?:-?>|.*?(?:--!?>|\Z))|(?:[!?]|/(?![a-zA-Z]|\Z))[^>]*+(?:>|\Z)
    |(?P<unfinished>/?+[a-zA-Z]))""",
    re.DOTALL | re.VERBOSE,
)
_CLOSING = {name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE) for name in RAW_TEXT | _ESCAPABLE_TEXT}
_REFRESH = re.compile(r"\s*0\s*[;,]\s*url\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
_LONG_NUMBER = re.compile("(?<=&#)[0-9]{8,}")
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*[;=]?)")


class Token(NamedTuple):
    """One piece of a page.

    ``name`` is a tag's name in lower case; a text has the name of the element whose content is only text (a script, a
    title), else "". Doctypes, processing instructions and CDATA are comments too. ``position`` counts characters from
    the start of the page.
    """

    kind: Literal["start", "end", "text", "comment"]
    name: str
    position: int
    source: str

    @property
    def attributes(self) -> dict[str, str]:
        """A tag's attributes, decoded, with names in lower case; the first of two with the same name counts."""
        found: dict[str, str] = {}
        for name, value in _ATTRIBUTE.findall(self.source, len(self.name) + 1, len(self.source) - 1):
            decoded = _REFERENCE.sub(_decoded, value) if "&" in value else value
            found.setdefault(name.lower(), decoded[1:-1] if value[:1] in ('"', "'") and value else decoded)
        return found

    @property
    def text(self) -> str:
        """A text as a reader sees it."""
        return self.source if self.name in RAW_TEXT else unescape(self.source)

    def edited(self, changes: Mapping[str, str | None]) -> str:
        """Return a start tag with some attributes set, or removed where None; the rest stays as written."""
        kept = _ATTRIBUTE.sub(
            lambda match: "" if match[1].lower() in changes else match[0],
            self.source[len(self.name) + 1 : -1],
        )
        added = "".join(f' {name}="{escape(value)}"' for name, value in changes.items() if value is not None)
        return f"<{self.source[1 : len(self.name) + 1]}{added}{kept}>"


def scan(html: str) -> Iterator[Token]:
    """Yield the tokens of a page in order; what begins like a tag and never ends is text."""
    done = foreign = 0
    while match := _MARKUP.search(html, done):
        closing, name, cdata, unfinished = match.groups()
        if unfinished:
            break
        if (start := match.start()) > done:
            yield Token("text", "", done, html[done:start])
        done = match.end()
        if not name:
            if cdata:
                closing = "]]>" if foreign else ">"
                end = html.find(closing, done)
                done = len(html) if end < 0 else end + len(closing)
            yield Token("comment", "", start, html[start:done])
            continue
        name, source = name.lower(), match[0]
        yield Token("end" if closing else "start", name, start, source)
        if name in _FOREIGN:
            foreign = max(0, foreign - 1) if closing else foreign + (source[-2] != "/")
        elif name in _CLOSING and not closing and not (foreign and source[-2] == "/"):
            content = _CLOSING[name].search(html, done)
            end = content.start() if content else len(html)
            if end > done:
                yield Token("text", name, done, html[done:end])
            done = end
    if done < len(html):
        yield Token("text", "", done, html[done:])


def unescape(text: str) -> str:
    """Resolve the character references in a text; `html.unescape` raises ValueError for a number of 5,000 digits."""
    return standard_unescape(_LONG_NUMBER.sub(lambda digits: (digits[0].lstrip("0") or "0")[:8], text))


def to_text(html: str) -> str:
    """Return the words of some HTML on one line, without comments, scripts and styles."""
    if "<" not in html and "&" not in html:
        return " ".join(str(html).split())
    if "<" not in html:
        return " ".join((unescape(html) if "&" in html else html).split())
    shown = (token for token in scan(html) if token.name not in RAW_TEXT)
    words = (token.text if token.kind == "text" else " " if token.name == "br" else "" for token in shown)
    return " ".join("".join(words).split())


def paragraphs(html: str) -> Iterator[str]:
    """Yield the words of each paragraph in turn, without those in figures, tables and code."""
    parts: list[str] = []
    depth, inside = 0, False
    for token in scan(html):
        if token.name in _NO_PROSE:
            depth = max(0, depth + (token.kind == "start") - (token.kind == "end"))
        elif token.name == "p" and not depth:
            if parts:
                yield to_text("".join(parts))
            parts, inside = [], token.kind == "start"
        elif inside and not depth:
            parts.append(token.source)
    if parts:
        yield to_text("".join(parts))


def without_comments(html: str) -> str:
    """Return a page without its comments; a doctype stays."""
    if "<!--" not in html:
        return html
    return "".join(token.source for token in scan(html) if token.kind != "comment" or token.source[:4] != "<!--")


def without_policy(html: str) -> str:
    """Return a page without the Content-Security-Policy in its head."""
    for token in reversed(list(_pragmas(html, "content-security-policy"))):
        html = html[: token.position] + html[token.position + len(token.source) :]
    return html


def refresh_target(html: str) -> str:
    """Return the address to which a page redirects its visitors at once, "" if it does not."""
    contents = (token.attributes.get("content", "") for token in _pragmas(html, "refresh"))
    return next((match[1] for content in contents if (match := _REFRESH.match(content))), "")


def _pragmas(html: str, name: str) -> Iterator[Token]:
    """Yield each ``<meta http-equiv>`` of this name in the head of a page; browsers ignore a policy below it."""
    for token in scan(html):
        if token.name == "body":
            return
        if token.name == "meta" and token.attributes.get("http-equiv", "").lower() == name:
            yield token


def _decoded(reference: re.Match[str]) -> str:
    """Decode a character reference in an attribute, where ``&copy=`` and ``&copyright`` are no references."""
    text = reference[0]
    return unescape(text) if text[1] == "#" or text[1:] in html5 else text
