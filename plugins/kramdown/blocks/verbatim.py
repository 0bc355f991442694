"""Blocks whose content is not Markdown: code, indented by four spaces or fenced; math, `$$ … $$`."""

import re

from ..engine.block_parser import BlockParser
from ..engine.boundaries import ENDS_LAZY_CODE, INDENT, INDENTED, MARGIN, REST, closing_fence
from ..engine.constructs import Match, construct
from ..engine.ruby import FLAGS

_CODE_LINES = re.compile(rf"(?:\s*\n)?(?:{INDENT}[ \t]*\S[^\n]*\n)+", FLAGS)
_LAZY_LINE = re.compile(r"[ \t]*\S[^\n]*\n", FLAGS)
_JOINED = re.compile(r"\n( {0,3}\S)")
_LINE_END = re.compile(r"\s*?\n", FLAGS)


def indented_end(text: str, pos: int) -> int:
    """Return where the indented lines that begin here end; text directly below them belongs to them."""
    while match := _CODE_LINES.match(text, pos):
        pos = match.end()
        while not ENDS_LAZY_CODE.match(text, pos) and (lazy := _LAZY_LINE.match(text, pos)):
            pos = lazy.end()
    return pos


@construct(rf"(?={INDENT}[ \t]*\S)")
def indented_code(parser: BlockParser, match: Match) -> None:
    """Read code that is indented by four spaces or a tab."""
    parser.pos = indented_end(parser.text, match.start())
    code = _JOINED.sub(r" \1", parser.text[match.start() : parser.pos])
    parser.add("codeblock", INDENTED.sub("", code))


@construct(rf"{MARGIN}([~`]{{3,}}+)[ \t\r\f\v]*+(?:([^\s?]++)(\?\S*+)?)?{REST}")
def fenced_code(parser: BlockParser, match: Match) -> bool:
    """Read a fenced block if its fence is closed; the word after the opening fence names the language."""
    fence, language, options = match.groups("")
    finder, sign = parser.finder, fence[-1]
    fences = re.compile(rf"^{MARGIN}({fence.rstrip(sign)}{sign}+){REST}", FLAGS)
    if finder.longest(fences, match.end()) < len(fence):  # a page of fences of many lengths is not searched for each
        return False
    closing = finder.search(re.compile(rf"^{MARGIN}{closing_fence(fence)}{REST}", FLAGS), match.end())
    assert closing is not None  # noqa: S101  # one that is as long follows
    block = parser.add("codeblock", parser.text[match.end() : closing.start()])
    if language:
        block.language = language + options
        block.attributes["class"] = f"language-{language}"
    parser.pos = closing.end()
    return True


@construct(rf"{MARGIN}(\\?)\$\$")
def math(parser: BlockParser, match: Match) -> bool:
    """Read block math between blank lines; a backslash before it makes it math within a line."""
    close = parser.finder.find("$$", match.end()) if parser.after_boundary() else -1
    if close < 0:
        return False
    rest = _LINE_END.match(parser.text, close + 2)
    if match[1]:
        if rest:
            parser.start = match.end() - 2
        return False
    parser.pos = rest.end() if rest else close + 2
    if not parser.before_boundary():
        return False
    parser.add("math", parser.text[match.end() : close].strip())
    return True
