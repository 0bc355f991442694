"""Footnote markers: `[^name]`."""

import re

from ..engine.ruby import FLAGS
from ..engine.span_parser import SpanParser
from ..engine.tree import Node

_MARKER = re.compile(r"\[\^(\w[\w-]*)\]", FLAGS)


def parse(parser: SpanParser) -> bool:
    """Read a marker; without a definition it is text."""
    if not (match := _MARKER.match(parser.text, parser.pos)):
        return False
    footnote = parser.definitions.footnotes.get(match[1])
    if footnote is None:
        parser.add_text(match[0])
        return True
    marker = Node("footnote", match[1])
    marker.target = footnote
    if footnote.ial:
        footnote.ial.apply(marker.attributes, parser.definitions.attribute_lists)
    parser.tree.children.append(marker)
    parser.pos = match.end()
    return True
