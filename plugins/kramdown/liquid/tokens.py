"""A text with Liquid → its tokens, in linear time: the library's own lexer searches the rest for each end anew."""

import re
from collections.abc import Iterator

from liquid.exceptions import LiquidSyntaxError
from liquid.token import TOKEN_CONTENT, TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_TAG, Token

from ..engine.finder import Finder

_MARK = re.compile(r"\{[{%]")
_CLOSING = {"{{": "}}", "{%": "%}"}
_NAME = re.compile(r"\s*(#|\w+)")
_VERBATIM = {"raw": re.compile(r"\{%-?\s*(end)raw\b"), "comment": re.compile(r"\{%-?\s*(end)?comment\b")}
_PARENTHESES = 5_000_000  # The library looks for a range after each `(`: more of them times characters take a second.


def tokenize(source: str) -> Iterator[Token]:
    """Yield what the library's parser takes, without comments; raises LiquidSyntaxError for what is not closed."""
    finder, pos, strips = Finder(source), 0, False
    while mark := finder.search(_MARK, pos):
        start, is_tag = mark.start(), mark[0] == "{%"
        begin = start + 2 + source.startswith("-", start + 2)
        yield from _content(source, pos, start, left=strips, right=begin > start + 2)
        end = finder.find(_CLOSING[mark[0]], begin)
        name = _NAME.match(source, begin) if is_tag else None
        if end < 0 or (is_tag and not name):
            token = Token(TOKEN_CONTENT, mark[0], start, source)
            raise LiquidSyntaxError(f"'{mark[0]}' has no '{_CLOSING[mark[0]]}' or no name", token=token)
        strips, pos = source[end - 1] == "-" and end > begin, end + 2
        if name and name[1] in _VERBATIM:
            inner, last, pos = _end_of_block(finder, Token(TOKEN_TAG, name[1], name.start(1), source), pos)
            strips = source[pos - 3] == "-"
            yield from _content(source, inner, last) if name[1] == "raw" else ()
            continue
        if name:
            begin = name.end()
            yield Token(TOKEN_TAG, name[1], name.start(1), source)
        else:
            yield Token(TOKEN_OUTPUT, source[start:pos], start, source)
        written = source[begin : end - strips]
        expression = Token(TOKEN_EXPRESSION, written.strip(), begin + len(written) - len(written.lstrip()), source)
        if written.count("(") * len(written) > _PARENTHESES:
            raise LiquidSyntaxError("has too many parentheses", token=expression)
        if expression.value or not name:
            yield expression
    yield from _content(source, pos, len(source), left=strips)


def _content(source: str, start: int, end: int, *, left: bool = False, right: bool = False) -> Iterator[Token]:
    """Yield a text between tags, stripped where a hyphen in them says so, unless it is empty."""
    text = source[start:end]
    text = text.lstrip() if left else text
    if text := text.rstrip() if right else text:
        yield Token(TOKEN_CONTENT, text, start, source)


def _end_of_block(finder: Finder, token: Token, start: int) -> tuple[int, int, int]:
    """Return where the content of a block begins and ends, and where the tag that closes it ends."""
    pos, depth = start, 1
    while tag := finder.search(_VERBATIM[token.value], pos):
        end = finder.find("%}", tag.end())
        if end < 0:
            break
        depth += -1 if tag[1] else 1
        pos = end + 2
        if not depth:
            return start, tag.start(), pos
    raise LiquidSyntaxError(f"'{{% {token.value} %}}' is never closed", token=token)
