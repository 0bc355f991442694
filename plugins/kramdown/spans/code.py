"""Code within a line: `` `code` ``, between equally long runs of backticks."""

import re

from ..engine.ruby import SPACE
from ..engine.span_parser import SpanParser
from ..engine.tree import Node

_TICKS = re.compile("`+")


def parse(parser: SpanParser) -> bool:
    """Read code up to the next run of backticks that is at least as long."""
    text, start = parser.text, parser.pos
    ticks = _TICKS.match(text, start)[0]  # type: ignore[index]  # it begins with one
    content = start + len(ticks)
    space_before = start == 0 or text[start - 1] in SPACE
    if len(ticks) == 1 and space_before and content < len(text) and text[content] in SPACE:
        parser.add_text(ticks)
        return True
    end = parser.finder.find(ticks, content)
    if end < 0:
        parser.add_text(ticks)
        return True
    code = text[content:end]
    if len(ticks) > 1:
        code = code.removeprefix(" ").removesuffix(" ")
    parser.tree.children.append(Node("codespan", code))
    parser.pos = end + len(ticks)
    return True
