"""Attribute lists on lines of their own, `{: .class}`, named ones, `{:name: .class}`, and extensions, `{::name}`."""

import re

from ..engine.attribute_lists import CONTENT, NAME, AttributeList
from ..engine.block_parser import BlockParser
from ..engine.boundaries import ATTRIBUTES_ALONE, MARGIN, REST
from ..engine.extensions import START_TAG, apply_extension, find_body, stop_tag
from ..engine.ruby import FLAGS

_START = re.compile(rf"{MARGIN}\{{:")
_NAMED = re.compile(rf"{MARGIN}\{{:({NAME}):({CONTENT})\}}{REST}", FLAGS)
_EXTENSION = re.compile(rf"{MARGIN}{START_TAG}{REST}", FLAGS)
_DEFINITIONS = ("link", "abbreviation", "footnote")  # definitions, which the attribute list below them belongs to


def parse(parser: BlockParser) -> bool:
    """Read an attribute list, a named one, or an extension."""
    text = parser.text
    if not _START.match(text, parser.pos):
        return False
    if match := _NAMED.match(text, parser.pos):
        parser.pos = match.end()
        parser.definitions.attribute_lists.setdefault(match[1], AttributeList()).read(match[2])
        parser.add("eob", "named")
        return True
    if match := _EXTENSION.match(text, parser.pos):
        return _parse_extension(parser, match)
    if not (match := ATTRIBUTES_ALONE.match(text, parser.pos)):
        return False
    parser.pos = match.end()
    last = parser.tree.last()
    if last is not None and last.kind != "blank" and (last.kind != "eob" or last.text in _DEFINITIONS):
        last.ial = last.ial or AttributeList()
        last.ial.read(match[1])
        if not ATTRIBUTES_ALONE.match(text, parser.pos):
            parser.add("eob", "attributes")
    else:
        parser.pending = parser.pending or AttributeList()
        parser.pending.read(match[1])
    return True


def _parse_extension(parser: BlockParser, match: re.Match[str]) -> bool:
    name, arguments = match[1], match[2] or ""
    found = find_body(match, parser.finder, rf"^{MARGIN}{stop_tag(name)}{REST}")
    if not found or not apply_extension(name, arguments, found[0].removesuffix("\n"), parser.tree, inline=False):
        return False
    parser.pos = found[1]
    if name == "options":
        parser.add("eob", "extension")
    return True
