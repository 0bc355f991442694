"""Attribute lists right after a span, `*text*{: .class}`, and extensions within a line, `{::name}`."""

import re

from ..engine.attribute_lists import CONTENT, LONGEST, NAME, AttributeList
from ..engine.extensions import START_TAG, read_extension, stop_tag
from ..engine.ruby import FLAGS
from ..engine.span_parser import SpanParser

_ATTRIBUTES = re.compile(rf"\{{:({CONTENT})\}}", FLAGS)
_EXTENSION = re.compile(START_TAG, FLAGS)
_STOP_TAG = re.compile(stop_tag(NAME), FLAGS)


def parse(parser: SpanParser) -> bool:
    """Read an attribute list or an extension."""
    text, pos = parser.text, parser.pos
    if not text.startswith("{:", pos):
        return False
    if text.find("}", pos, pos + LONGEST + 10) < 0:
        found = False
    elif match := _EXTENSION.match(text, pos):
        found = _parse_extension(parser, match)
    else:
        found = _parse_attributes(parser)
    if not found:
        parser.add_character()
    return True


def _parse_extension(parser: SpanParser, match: re.Match[str]) -> bool:
    parser.pos = match.end()
    if read_extension(parser, match, stop_tag(match[1])):
        return True
    parser.pos = match.start()
    return False


def _parse_attributes(parser: SpanParser) -> bool:
    text, pos, last = parser.text, parser.pos, parser.tree.last()
    if last is None or last.kind == "text" or _STOP_TAG.match(text, pos):
        return False
    match = _ATTRIBUTES.match(text, pos)
    if not match:
        return False
    parser.pos = match.end()
    given = AttributeList.parse(match[1])
    last.ial = last.ial or AttributeList()
    last.ial.add(given)
    given.apply(last.attributes, parser.definitions.attribute_lists)
    return True
