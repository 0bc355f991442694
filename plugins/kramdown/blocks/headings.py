"""Headings: `# …`, and text underlined with `===` or `---`."""

import re

from ..engine.block_parser import BlockParser
from ..engine.boundaries import MARGIN
from ..engine.ruby import FLAGS

_ATX = re.compile(r"(#{1,6})[\t ]+([^\n]*)\n", FLAGS)
_SETEXT = re.compile(rf"{MARGIN}([^ \t\n][^\n]*)\n([-=])[-=]*[ \t\r\f\v]*\n", FLAGS)
_CLOSING_HASHES = re.compile(r"[\t ]#+$")
_ID = re.compile(r"[\t ]\{#((?u:[^\W\d]|[:_])(?u:[\w:.-])*)\}$", FLAGS)


def parse_atx(parser: BlockParser) -> bool:
    """Read `## Heading`, which needs no blank line around it."""
    if not (match := _ATX.match(parser.text, parser.pos)):
        return False
    text, identifier = _split_id(match[2])
    return _add(parser, match.end(), len(match[1]), _CLOSING_HASHES.sub("", text).rstrip(), identifier)


def parse_setext(parser: BlockParser) -> bool:
    """Read one line of text underlined with `=` or `-`."""
    if not parser.after_boundary() or not (match := _SETEXT.match(parser.text, parser.pos)):
        return False
    return _add(parser, match.end(), 1 if match[2] == "=" else 2, *_split_id(match[1]))


def _split_id(text: str) -> tuple[str, str]:
    """Return the heading's text and the id that `{#id}` at its end gives it, or ""."""
    text = text.rstrip()
    if match := _ID.search(text):
        return text[: match.start()].rstrip(), match[1]
    return text, ""


def _add(parser: BlockParser, end: int, level: int, text: str, identifier: str) -> bool:
    if not text:
        return False
    parser.pos = end
    heading = parser.add("header")
    heading.level = level
    heading.add_text(text, "raw_text")
    if identifier:
        heading.attributes["id"] = identifier
    return True
