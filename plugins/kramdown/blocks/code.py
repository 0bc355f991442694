"""Code blocks: indented by four spaces, or fenced with backticks or tildes."""

import re

from ..engine.block_parser import BlockParser
from ..engine.boundaries import ENDS_LAZY_CODE, INDENT, INDENTED, REST
from ..engine.ruby import FLAGS

_INDENT = re.compile(INDENT)
_CODE_LINES = re.compile(rf"(?:\s*\n)?(?:{INDENT}[ \t]*\S[^\n]*\n)+", FLAGS)
_LAZY_LINE = re.compile(r"[ \t]*\S[^\n]*\n", FLAGS)
_JOINED = re.compile(r"\n( {0,3}\S)")
_OPENING = re.compile(rf" {{0,3}}((?:[~`]{{2,}})([~`]))[ \t\r\f\v]*(?:([^\s?]\S*?)(\?\S*)?)?{REST}", FLAGS)


def indented_end(text: str, pos: int) -> int:
    """Return where the indented lines that begin here end; text directly below them belongs to them."""
    while match := _CODE_LINES.match(text, pos):
        pos = match.end()
        while not ENDS_LAZY_CODE.match(text, pos) and (lazy := _LAZY_LINE.match(text, pos)):
            pos = lazy.end()
    return pos


def parse_indented(parser: BlockParser) -> bool:
    """Read code that is indented by four spaces or a tab."""
    if not _INDENT.match(parser.text, parser.pos):
        return False
    start = parser.pos
    parser.pos = indented_end(parser.text, start)
    code = _JOINED.sub(r" \1", parser.text[start : parser.pos])
    parser.add("codeblock", INDENTED.sub("", code))
    return True


def parse_fenced(parser: BlockParser) -> bool:
    """Read a fenced block if its fence is closed; the word after the opening fence names the language."""
    text = parser.text
    if not (match := _OPENING.match(text, parser.pos)):
        return False
    fence, last, language = match[1], match[2], match[3] or ""
    closing = parser.finder.search(re.compile(rf"^ {{0,3}}{fence}{last}*{REST}", FLAGS), match.end())
    if not closing:
        return False
    block = parser.add("codeblock", text[match.end() : closing.start()])
    if language:
        block.language = language + (match[4] or "")
        block.attributes["class"] = f"language-{language}"
    parser.pos = closing.end()
    return True
