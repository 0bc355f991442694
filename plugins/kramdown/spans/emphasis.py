"""Emphasis: `*em*`, `_em_`, `**strong**`, `__strong__`; struck text: `~~gone~~`."""

import re

from ..engine.constructs import Match, construct
from ..engine.ruby import FLAGS, SPACE, is_alnum, is_alpha
from ..engine.span_parser import SpanParser
from ..engine.tree import Node

_STOPS = {mark: re.compile(re.escape(mark)) for mark in ("*", "**", "_", "__")}
_END_OF_STRUCK = re.compile(r"[^\s~]~~", FLAGS)


@construct(r"\*\*?|__?")
def emphasis(parser: SpanParser, match: Match) -> None:
    """Read emphasis that is closed; a double sign that is not closed may still begin with a single one that is."""
    text, mark = parser.text, match[0]
    sign, kind = mark[0], "strong" if len(mark) == 2 else "em"
    opens = not (
        (sign == "_" and _within_word(text, match.start()))
        or (parser.pos < len(text) and text[parser.pos] in SPACE)
        or parser.within(kind)
    )
    parser.pos = match.start()
    if not opens or not (
        _attempt(parser, mark, kind) or (kind == "strong" and parser.tree.kind != "em" and _attempt(parser, sign, "em"))
    ):
        parser.add_text(mark)


def _attempt(parser: SpanParser, mark: str, kind: str) -> bool:
    if not parser.may_attempt(mark) or parser.last_close(mark) <= parser.pos:
        return False
    text, start, sign = parser.text, parser.pos, mark[0]
    node = Node(kind)

    def closes(match: Match) -> bool:
        at = match.start()
        if text[at - 1] in SPACE or not node.children:
            return False
        if kind == "em" and text.startswith(sign * 2, at) and not text.startswith(sign, at + 2):
            return False
        return sign != "_" or not (match.end() < len(text) and is_alnum(text[match.end()]))

    parser.pos += len(mark)
    if not parser.continue_into(node, _STOPS[mark], closes):
        parser.undo(mark, start)
        return False
    parser.pos += len(mark)
    parser.add(node)
    return True


def _within_word(text: str, start: int) -> bool:
    """Return whether a letter, or a letter and a hyphen, precedes."""
    before = text[max(0, start - 2) : start]
    return before != "" and (is_alpha(before[-1]) or (before[1:] == "-" and is_alpha(before[0])))


@construct(r"~~(?![\s~])")
def struck(parser: SpanParser, match: Match) -> bool:
    """Read struck text; its content is parsed as a text of its own."""
    end = parser.finder.search(_END_OF_STRUCK, parser.pos)
    if not end:
        return False
    element = parser.add(Node("html", "del"))
    element.inline, element.model = True, "span"
    element.children = parser.parse_apart(parser.text[parser.pos : end.end() - 2])
    parser.pos = end.end()
    return True
