"""Horizontal rules, `* * *`, `---` or `___`; and the end-of-block marker, `^` on a line of its own."""

from ..engine.block_parser import BlockParser
from ..engine.boundaries import END_MARKER, RULE


def parse(parser: BlockParser) -> bool:
    """Read a horizontal rule."""
    if not (match := RULE.match(parser.text, parser.pos)):
        return False
    parser.pos = match.end()
    parser.add("hr")
    return True


def parse_end_marker(parser: BlockParser) -> bool:
    """Read a `^`, which ends the block before it."""
    if not (match := END_MARKER.match(parser.text, parser.pos)):
        return False
    parser.pos = match.end()
    parser.add("eob")
    return True
