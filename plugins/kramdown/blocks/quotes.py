"""Block quotes: lines that begin with `>`, and the lines that lazily follow."""

import re

from ..engine.block_parser import BlockParser
from ..engine.boundaries import ENDS_QUOTE, QUOTE
from ..engine.ruby import FLAGS

_MARKS = re.compile(rf"^{QUOTE.pattern}", FLAGS)


def parse(parser: BlockParser) -> bool:
    """Read a quote up to a blank line or an HTML block."""
    text, start = parser.text, parser.pos
    if not QUOTE.match(text, start):
        return False
    pos = text.find("\n", start) + 1
    while not ENDS_QUOTE.match(text, pos):
        pos = text.find("\n", pos) + 1
    parser.pos = pos
    parser.parse_into(parser.add("blockquote"), _MARKS.sub("", text[start:pos]))
    return True
