"""Paragraphs: what no other construct claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .boundaries import ENDS_PARAGRAPH

if TYPE_CHECKING:
    from .blocks import Blocks


_START = re.compile(r" {0,3}[^ \t]")


def parse(blocks: Blocks) -> bool:
    """Read lines up to a blank one or one that begins another block; text right after a paragraph continues it."""
    text, start = blocks.text, blocks.pos
    pos = _line_end(text, start)
    if not _START.match(text, start):  # blanks and then a tab: kramdown makes no paragraph of it
        blocks.tree.add_text(text[start:pos], "raw_text")
        blocks.pos = pos
        return True
    while pos < len(text) and not ENDS_PARAGRAPH.match(text, pos):
        pos = _line_end(text, pos)
    blocks.pos = pos
    found = text[start:pos].rstrip(" \t\r\f\v\n\0")
    last = blocks.tree.last()
    if last is not None and last.kind == "p":
        broken = text[max(0, start - 3) : start] == "  \n"  # the hard break of the line before was stripped with it
        inner = last.last(["raw_text"])
        if inner is not None:
            inner.parts.append(("  \n" if broken else "\n") + found)
        else:
            last.add_text(found, "raw_text")
        return True
    paragraph = blocks.new("p")
    paragraph.add_text(found.lstrip(" \t\r\f\v\n\0"), "raw_text")
    blocks.tree.children.append(paragraph)
    return True


def parse_flat(blocks: Blocks) -> None:
    """Take all the rest for one paragraph: the way out where containers nest deeper than anyone means."""
    paragraph = blocks.new("p")
    paragraph.add_text(blocks.text[blocks.pos :].strip(), "raw_text")
    blocks.tree.children.append(paragraph)
    blocks.pos = len(blocks.text)


def _line_end(text: str, pos: int) -> int:
    return text.find("\n", pos) + 1 or len(text)
