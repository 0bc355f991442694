"""Emphasis: `*em*`, `_em_`, `**strong**`, `__strong__`."""

import re

from ..engine.ruby import SPACE, is_alnum, is_alpha
from ..engine.span_parser import SpanParser
from ..engine.tree import Node

_STOPS = {mark: re.compile(re.escape(mark)) for mark in ("*", "**", "_", "__")}


def parse(parser: SpanParser) -> bool:
    """Read emphasis that is closed; a double sign that is not closed may still begin with a single one that is."""
    text, start = parser.text, parser.pos
    sign = text[start]
    mark = sign * 2 if text.startswith(sign * 2, start) else sign
    kind = "strong" if len(mark) == 2 else "em"
    opens = not (
        (sign == "_" and _within_word(text, start)) or _space_at(text, start + len(mark)) or parser.within(kind)
    )
    if not opens or not (
        _attempt(parser, mark, kind) or (kind == "strong" and parser.tree.kind != "em" and _attempt(parser, sign, "em"))
    ):
        parser.add_text(mark)
    return True


def _attempt(parser: SpanParser, mark: str, kind: str) -> bool:
    if not parser.may_attempt(mark) or parser.last_close(mark) <= parser.pos:
        return False
    text, start, sign = parser.text, parser.pos, mark[0]
    node = Node(kind)

    def closes(match: re.Match[str]) -> bool:
        at = match.start()
        if text[at - 1] in SPACE or not node.children:
            return False
        if kind == "em" and text.startswith(sign * 2, at) and not text.startswith(sign, at + 2):
            return False
        return sign != "_" or not (at + len(mark) < len(text) and is_alnum(text[at + len(mark)]))

    parser.pos += len(mark)
    if not parser.continue_into(node, _STOPS[mark], closes):
        parser.undo(mark, start)
        return False
    parser.pos += len(mark)
    parser.tree.children.append(node)
    return True


def _within_word(text: str, start: int) -> bool:
    """Return whether a letter, or a letter and a hyphen, precedes."""
    if start and is_alpha(text[start - 1]):
        return True
    return start > 1 and text[start - 1] == "-" and is_alpha(text[start - 2])


def _space_at(text: str, pos: int) -> bool:
    return pos < len(text) and text[pos] in SPACE
