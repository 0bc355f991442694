"""Struck text: `~~gone~~`."""

import re

from ..engine.ruby import FLAGS
from ..engine.span_parser import SpanParser
from ..engine.tree import Node

_START = re.compile(r"~~(?![\s~])", FLAGS)
_END = re.compile(r"[^\s~]~~", FLAGS)


def parse(parser: SpanParser) -> bool:
    """Read struck text; its content is parsed as a text of its own."""
    text, start = parser.text, parser.pos
    if not _START.match(text, start) or not (end := parser.finder.search(_END, start + 2)):
        return False
    element = Node("html", "del")
    element.inline, element.model = True, "span"
    element.children = parser.parse_apart(text[start + 2 : end.end() - 2])
    parser.tree.children.append(element)
    parser.pos = end.end()
    return True
