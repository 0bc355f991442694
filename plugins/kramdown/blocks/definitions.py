"""Definitions on lines of their own: link targets, footnotes, abbreviations, attribute lists; and extensions."""

import re

from ..engine.attribute_lists import CONTENT, NAME, AttributeList
from ..engine.block_parser import BlockParser
from ..engine.boundaries import ATTRIBUTES_ALONE, INDENTED, MARGIN, REST
from ..engine.constructs import Match, construct
from ..engine.definitions import Definition, link_name
from ..engine.extensions import START_TAG, read_extension, stop_tag
from ..engine.ruby import FLAGS
from .verbatim import indented_end

_IN_ANGLES = re.compile(r"<([^\n>]*)>(?=[ \t]|$)", FLAGS)
_TITLE = {quote: re.compile(rf"(?<![ \t])[ \t]+{quote}(?=..)") for quote in "\"'"}  # by the quote at its end
_TITLE_LINE = re.compile(r"""[ \t]*(?:"([^\n]+)"|'([^\n]+)')[ \t]*\n""", FLAGS)
_SPACE_AND_QUOTE = re.compile(r"""[ \t]["']""")
_HAVE_ATTRIBUTES = ("link", "abbreviation", "footnote")  # definitions, which the attribute list below them belongs to


@construct(rf"{MARGIN}\[([^\n\]]+)\]:[ \t]*([^\s][^\n]*)\n")
def link(parser: BlockParser, match: Match) -> bool:
    """Read `[name]: target "title"`; the title may stand on the next line."""
    rest, title = match[2].rstrip(" \t\r\f\v"), ""
    in_angles = _IN_ANGLES.match(rest)
    after = rest[in_angles.end() :] if in_angles else rest
    if after[-1:] in _TITLE and (found := _TITLE[after[-1]].search(after)):
        title, after = after[found.end() : -1], after[: found.start()]
    elif found := _TITLE_LINE.match(parser.text, parser.pos):
        title, parser.pos = found[1] or found[2], found.end()
    if in_angles and not after.strip():
        target = in_angles[1]
    else:
        target = (in_angles[0] if in_angles else "") + after
        if _SPACE_AND_QUOTE.search(target):
            return False
    parser.definitions.links[link_name(match[1])] = Definition(parser.add("eob", "link"), title, target)
    return True


@construct(rf"{MARGIN}\[\^(\w[\w-]*)\]:([^\n]*\n)")
def footnote(parser: BlockParser, match: Match) -> None:
    """Read `[^name]: text` and the indented blocks below it."""
    parser.pos = indented_end(parser.text, match.end())
    marker = parser.add("eob", "footnote")
    parser.parse_into(marker, INDENTED.sub("", match[2] + parser.text[match.end() : parser.pos]))
    parser.definitions.footnotes[match[1]] = marker


@construct(rf"{MARGIN}\*\[([^\n]+?)\]:([^\n]*)\n")
def abbreviation(parser: BlockParser, match: Match) -> None:
    """Read `*[HTML]: Hypertext Markup Language`."""
    parser.definitions.abbreviations[match[1]] = Definition(parser.add("eob", "abbreviation"), match[2].strip())


@construct(rf"{MARGIN}\{{:({NAME}):({CONTENT})\}}{REST}")
def named_attributes(parser: BlockParser, match: Match) -> None:
    """Read an attribute list that others refer to, `{:name: .class}`."""
    parser.definitions.attribute_lists.setdefault(match[1], AttributeList()).read(match[2])
    parser.add("eob", "named")


@construct(rf"{MARGIN}{START_TAG}{REST}")
def extension(parser: BlockParser, match: Match) -> bool:
    """Read an extension, `{::name}`."""
    if not read_extension(parser, match, rf"\n?^{MARGIN}{stop_tag(match[1])}{REST}"):
        return False
    if match[1] == "options":
        parser.add("eob", "extension")
    return True


@construct(ATTRIBUTES_ALONE.pattern)
def attributes(parser: BlockParser, match: Match) -> None:
    """Read an attribute list, `{: .class}`: the last block's, or the next one's if nothing stands right above it."""
    last = parser.tree.last()
    if last and last.kind != "blank" and (last.kind != "eob" or last.text in _HAVE_ATTRIBUTES):
        last.ial = (last.ial or AttributeList()).read(match[1])
        if not ATTRIBUTES_ALONE.match(parser.text, parser.pos):
            parser.add("eob", "attributes")
    else:
        parser.pending = (parser.pending or AttributeList()).read(match[1])
