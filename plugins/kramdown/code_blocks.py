"""Code blocks: indented by four, or fenced with backticks or tildes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .boundaries import ENDS_LAZY_CODE, INDENT, INDENTED, REST
from .ruby import FLAGS

if TYPE_CHECKING:
    from .blocks import Blocks

_INDENT = re.compile(INDENT)
_CODE_LINES = re.compile(rf"(?:\s*\n)?(?:{INDENT}[ \t]*\S[^\n]*\n)+", FLAGS)
_LAZY_LINE = re.compile(r"[ \t]*\S[^\n]*\n", FLAGS)
_JOINED = re.compile(r"\n( {0,3}\S)")
_OPENING = re.compile(rf" {{0,3}}((?:[~`]{{2,}})([~`]))[ \t\r\f\v]*(?:([^\s?]\S*?)(\?\S*)?)?{REST}", FLAGS)


def indented_end(text: str, pos: int) -> int:
    """Return where the indented lines that begin here end; text right under them belongs to them."""
    while match := _CODE_LINES.match(text, pos):
        pos = match.end()
        while not ENDS_LAZY_CODE.match(text, pos) and (lazy := _LAZY_LINE.match(text, pos)):
            pos = lazy.end()
    return pos


def parse_indented(blocks: Blocks) -> bool:
    """Read code that is indented by four blanks or a tab."""
    if not _INDENT.match(blocks.text, blocks.pos):
        return False
    start = blocks.pos
    blocks.pos = indented_end(blocks.text, start)
    code = _JOINED.sub(r" \1", blocks.text[start : blocks.pos])
    blocks.tree.children.append(blocks.new("codeblock", INDENTED.sub("", code)))
    return True


def parse_fenced(blocks: Blocks) -> bool:
    """Read a fenced block, if its fence is closed; the word behind the fence names the language."""
    text = blocks.text
    if not (match := _OPENING.match(text, blocks.pos)):
        return False
    fence, last, language = match[1], match[2], match[3] or ""
    if (fence, match.end()) in blocks.vain:
        return False
    closing = re.compile(rf"^ {{0,3}}{fence}{last}*{REST}", FLAGS).search(text, match.end())
    if not closing:
        blocks.vain.add(fence, match.end())
        return False
    block = blocks.new("codeblock", text[match.end() : closing.start()])
    if language:
        block.language = language + (match[4] or "")
        block.attributes["class"] = f"language-{language}"
    blocks.tree.children.append(block)
    blocks.pos = closing.end()
    return True
