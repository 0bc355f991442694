"""Dashes, ellipses, guillemets, hard breaks, and characters escaped by a backslash."""

import re

from ..engine.span_parser import SpanParser
from ..engine.tree import Node

_SYMBOLS = {
    "---": "—",
    "--": "–",
    "...": "…",
    "\\<<": "<<",
    "\\>>": ">>",
    "<< ": "«\u00a0",
    " >>": "\u00a0»",
    "<<": "«",
    ">>": "»",
}
_SYMBOL = re.compile("|".join(map(re.escape, _SYMBOLS)))
_BREAK = re.compile(r"(?:  |\\\\)(?=\n)")
_ESCAPABLE = r"""\\.*_+`<>()\[\]{}#!:|"'$=-"""
_ESCAPED = re.compile(rf"\\([~{_ESCAPABLE}])")
_ESCAPED_IN_LABEL = re.compile(rf"\\([{_ESCAPABLE}])")


def parse(parser: SpanParser) -> bool:
    """Read a symbol, a hard break or an escaped character."""
    text, pos = parser.text, parser.pos
    if match := _SYMBOL.match(text, pos):
        parser.tree.add_text(_SYMBOLS[match[0]], "entity" if match[0][0] == "\\" else "symbol")
    elif match := _BREAK.match(text, pos):
        parser.tree.children.append(Node("br"))
    elif match := _ESCAPED.match(text, pos):
        parser.tree.add_text(match[1])
    else:
        return False
    parser.pos = match.end()
    return True


def unescape(label: str) -> str:
    """Return a link's label without the backslashes that escape characters."""
    return _ESCAPED_IN_LABEL.sub(r"\1", label)
