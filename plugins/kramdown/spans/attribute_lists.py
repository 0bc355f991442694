"""Attribute lists right after a span, `*text*{: .class}`, and extensions within a line, `{::name}`."""

from ..engine.attribute_lists import CONTENT, LONGEST, NAME, AttributeList
from ..engine.constructs import Match, construct
from ..engine.extensions import START_TAG, read_extension, stop_tag
from ..engine.span_parser import SpanParser

_CLOSED = rf"(?=[^}}]{{0,{LONGEST + 9}}}+\}})"  # what follows needs no closer look if no brace is near


@construct(_CLOSED + START_TAG)
def extension(parser: SpanParser, match: Match) -> None:
    """Read an extension; one that kramdown does not know is text."""
    if not read_extension(parser, match, stop_tag(match[1])):
        parser.pos = match.start()
        parser.add_character()


@construct(rf"{_CLOSED}\{{:(?!/(?:{NAME})?\}})({CONTENT})\}}|\{{:")
def attributes(parser: SpanParser, match: Match) -> None:
    """Read an attribute list; without a span before it, it is text."""
    last = parser.tree.last()
    if not match[1] or not last or last.kind == "text":
        parser.pos = match.start()
        parser.add_character()
        return
    last.ial = (last.ial or AttributeList()).read(match[1])
    parser.definitions.apply(AttributeList().read(match[1]), last.attributes)
