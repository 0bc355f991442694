"""Definitions on lines of their own: link targets, footnotes, abbreviations."""

import re

from ..engine.block_parser import BlockParser
from ..engine.boundaries import INDENTED, MARGIN
from ..engine.definitions import Abbreviation, Footnote, Link, link_name
from ..engine.ruby import FLAGS
from ..engine.tree import Node
from .code import indented_end

_FOOTNOTE = re.compile(rf"{MARGIN}\[\^(\w[\w-]*)\]:([^\n]*\n)", FLAGS)
_ABBREVIATION = re.compile(rf"{MARGIN}\*\[([^\n]+?)\]:([^\n]*)\n", FLAGS)
_LINK = re.compile(rf"{MARGIN}\[([^\n\]]+)\]:[ \t]*([^\s][^\n]*)\n", FLAGS)
_IN_ANGLES = re.compile(r"<([^\n>]*)>(?=[ \t]|$)", FLAGS)
_TITLE = re.compile(r"""[ \t]+(?:"([^\n]+)"|'([^\n]+)')$""", FLAGS)
_TITLE_LINE = re.compile(r"""[ \t]*(?:"([^\n]+)"|'([^\n]+)')[ \t]*\n""", FLAGS)
_SPACE_AND_QUOTE = re.compile(r"""[ \t]+["']""")


def parse_link(parser: BlockParser) -> bool:
    """Read `[name]: target "title"`; the title may stand on the next line."""
    if not (match := _LINK.match(parser.text, parser.pos)):
        return False
    rest, end, title = match[2].rstrip(" \t\r\f\v"), match.end(), ""
    in_angles = _IN_ANGLES.match(rest)
    after = rest[in_angles.end() :] if in_angles else rest
    if found := _TITLE.search(after):
        title, after = found[1] or found[2], after[: found.start()]
    elif found := _TITLE_LINE.match(parser.text, end):
        title, end = found[1] or found[2], found.end()
    if in_angles and not after.strip():
        target = in_angles[1]
    else:
        target = (in_angles[0] if in_angles else "") + after
        if _SPACE_AND_QUOTE.search(target):
            return False
    parser.pos = end
    parser.definitions.links[link_name(match[1])] = Link(target, title, parser.add("eob", "link"))
    return True


def parse_footnote(parser: BlockParser) -> bool:
    """Read `[^name]: text` and the indented blocks below it."""
    if not (match := _FOOTNOTE.match(parser.text, parser.pos)):
        return False
    end = indented_end(parser.text, match.end())
    source = match[2] + parser.text[match.end() : end]
    parser.pos = end
    content = Node("footnote_definition")
    parser.parse_into(content, INDENTED.sub("", source))
    parser.definitions.footnotes[match[1]] = Footnote(content, parser.add("eob", "footnote"))
    return True


def parse_abbreviation(parser: BlockParser) -> bool:
    """Read `*[HTML]: Hypertext Markup Language`."""
    if not (match := _ABBREVIATION.match(parser.text, parser.pos)):
        return False
    parser.pos = match.end()
    marker = parser.add("eob", "abbreviation")
    parser.definitions.abbreviations[match[1]] = Abbreviation(match[2].strip(), marker)
    return True
