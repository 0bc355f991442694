"""Dashes, ellipses, guillemets, hard breaks and what a backslash escapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .tree import Node

if TYPE_CHECKING:
    from .spans import Spans

ESCAPED = re.compile(r"""\\([\\.*_+`<>()\[\]{}#!:|"'$=-])""")
_ESCAPED = re.compile(r"""\\([\\.*_+`<>()\[\]{}#!:|"'$=~-])""")
_BREAK = re.compile(r"(?:  |\\\\)(?=\n)")
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


def parse(spans: Spans) -> bool:
    """Read what one or two signs stand for."""
    text, pos = spans.text, spans.pos
    if match := _SYMBOL.match(text, pos):
        spans.tree.add_text(_SYMBOLS[match[0]], "entity" if match[0][0] == "\\" else "symbol")
    elif match := _BREAK.match(text, pos):
        spans.tree.children.append(Node("br"))
    elif match := _ESCAPED.match(text, pos):
        spans.tree.add_text(match[1])
    else:
        return False
    spans.pos = match.end()
    return True
