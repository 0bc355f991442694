"""Headings: `# …` and text underlined with `===` or `---`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .boundaries import ATX_HEADING, MARGIN
from .ruby import FLAGS

if TYPE_CHECKING:
    from .blocks import Blocks

_SETEXT = re.compile(rf"{MARGIN}([^ \t\n][^\n]*)\n([-=])[-=]*[ \t\r\f\v]*\n", FLAGS)
_CLOSING_HASHES = re.compile(r"[\t ]#+$")
_ID = re.compile(r"[\t ]\{#((?u:[^\W\d]|[:_])(?u:[\w:.-])*)\}$", FLAGS)


def parse_atx(blocks: Blocks) -> bool:
    """Read `## Heading`, with no blank line needed around it."""
    if not (match := ATX_HEADING.match(blocks.text, blocks.pos)):
        return False
    return _add(blocks, match.end(), len(match[1]), *_contents(match[2], hashes=True))


def parse_setext(blocks: Blocks) -> bool:
    """Read one line of text underlined with a run of `=` or `-`."""
    if not blocks.after_boundary() or not (match := _SETEXT.match(blocks.text, blocks.pos)):
        return False
    return _add(blocks, match.end(), 1 if match[2] == "=" else 2, *_contents(match[1], hashes=False))


def _contents(text: str, *, hashes: bool) -> tuple[str, str]:
    text, given = text.rstrip(), ""
    if match := _ID.search(text):
        given, text = match[1], text[: match.start()].rstrip()
    return (_CLOSING_HASHES.sub("", text).rstrip() if hashes else text), given


def _add(blocks: Blocks, end: int, level: int, text: str, given: str) -> bool:
    if not text:
        return False
    blocks.pos = end
    heading = blocks.new("header")
    heading.level = level
    heading.add_text(text, "raw_text")
    if given:
        heading.attributes["id"] = given
    blocks.tree.children.append(heading)
    return True
