"""Emphasis: `*em*`, `_em_`, `**strong**`, `__strong__`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .ruby import SPACE, is_alnum, is_alpha
from .tree import Node

if TYPE_CHECKING:
    from .spans import Spans

_STOPS = {mark: re.compile(re.escape(mark)) for mark in ("*", "**", "_", "__")}


def parse(spans: Spans) -> None:
    """Read emphasis, if what opens here is closed; two signs that are not may still open a single one."""
    text, start = spans.text, spans.pos
    sign = text[start]
    mark = sign * 2 if text.startswith(sign * 2, start) else sign
    kind = "strong" if len(mark) == 2 else "em"
    if (sign == "_" and _within_word(text, start)) or _space_at(text, start + len(mark)) or spans.within(kind):
        spans.add_text(mark)
        return
    if _try(spans, mark, kind):
        return
    if kind == "strong" and spans.tree.kind != "em" and _try(spans, sign, "em"):
        return
    spans.add_text(mark)


def _try(spans: Spans, mark: str, kind: str) -> bool:
    if not spans.may_try(mark) or spans.last_close(mark) <= spans.pos:
        return False
    text, start, sign = spans.text, spans.pos, mark[0]
    node = Node(kind)

    def closes(match: re.Match[str]) -> bool:
        at = match.start()
        if text[at - 1] in SPACE or not node.children:
            return False
        if kind == "em" and text.startswith(sign * 2, at) and not text.startswith(sign, at + 2):
            return False
        return sign != "_" or not (at + len(mark) < len(text) and is_alnum(text[at + len(mark)]))

    spans.pos += len(mark)
    if not spans.continue_into(node, _STOPS[mark], accept=closes):
        spans.give_up(mark, start)
        return False
    spans.pos += len(mark)
    spans.tree.children.append(node)
    return True


def _within_word(text: str, start: int) -> bool:
    """Say whether a letter, or a letter and a hyphen, stands before."""
    if start and is_alpha(text[start - 1]):
        return True
    return start > 1 and text[start - 1] == "-" and is_alpha(text[start - 2])


def _space_at(text: str, pos: int) -> bool:
    return pos < len(text) and text[pos] in SPACE
