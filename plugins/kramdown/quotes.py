"""Quotes: lines that begin with `>`, and the lines that lazily follow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .boundaries import ENDS_QUOTE, QUOTE
from .ruby import FLAGS

if TYPE_CHECKING:
    from .blocks import Blocks


_MARKS = re.compile(rf"^{QUOTE.pattern}", FLAGS)


def parse(blocks: Blocks) -> bool:
    """Read a quote up to a blank line or an HTML block."""
    text, start = blocks.text, blocks.pos
    if not QUOTE.match(text, start):
        return False
    pos = text.find("\n", start) + 1
    while not ENDS_QUOTE.match(text, pos):
        pos = text.find("\n", pos) + 1
    blocks.pos = pos
    quote = blocks.new("blockquote")
    blocks.tree.children.append(quote)
    blocks.read(quote, _MARKS.sub("", text[start:pos]))
    return True
