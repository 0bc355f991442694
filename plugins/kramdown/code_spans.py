"""Code within a line: `` `code` ``, with as many backticks as it takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .ruby import SPACE
from .tree import Node

if TYPE_CHECKING:
    from .spans import Spans

_TICKS = re.compile("`+")


def parse(spans: Spans) -> None:
    """Read code up to the next run of backticks that is as long."""
    text, start = spans.text, spans.pos
    ticks = _TICKS.match(text, start)[0]  # type: ignore[index]  # it begins with one
    content = start + len(ticks)
    blank_before = start == 0 or text[start - 1] in SPACE
    if len(ticks) == 1 and blank_before and content < len(text) and text[content] in SPACE:
        spans.add_text(ticks)
        return
    end = -1 if (ticks, content) in spans.vain else text.find(ticks, content)
    if end < 0:
        spans.vain.add(ticks, content)
        spans.add_text(ticks)
        return
    code = text[content:end]
    if len(ticks) > 1:
        code = code.removeprefix(" ").removesuffix(" ")
    spans.tree.children.append(Node("codespan", code))
    spans.pos = end + len(ticks)
