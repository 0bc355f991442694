"""Paragraphs: lines that no other construct reads."""

import re

from ..engine.block_parser import BlockParser
from ..engine.boundaries import ENDS_PARAGRAPH

_START = re.compile(r" {0,3}[^ \t]")
_STRIPPED = " \t\r\f\v\n\0"


def parse(parser: BlockParser) -> bool:
    """Read lines up to a blank one or one that begins another block; text right after a paragraph continues it."""
    text, start = parser.text, parser.pos
    pos = _line_end(text, start)
    if not _START.match(text, start):  # spaces and then a tab: kramdown makes no paragraph of it
        parser.tree.add_text(text[start:pos], "raw_text")
        parser.pos = pos
        return True
    while pos < len(text) and not ENDS_PARAGRAPH.match(text, pos):
        pos = _line_end(text, pos)
    parser.pos = pos
    found = text[start:pos].rstrip(_STRIPPED)
    last = parser.tree.last()
    if last is not None and last.kind == "p":
        broken = text[max(0, start - 3) : start] == "  \n"  # the hard break of the line before was stripped with it
        inner = last.last()
        if inner is not None and inner.kind == "raw_text":
            inner.parts.append(("  \n" if broken else "\n") + found)
        else:
            last.add_text(found, "raw_text")
        return True
    parser.add("p").add_text(found.lstrip(_STRIPPED), "raw_text")
    return True


def _line_end(text: str, pos: int) -> int:
    return text.find("\n", pos) + 1 or len(text)
