"""Math that stands as a block of its own: `$$ … $$`."""

import re

from ..engine.block_parser import BlockParser
from ..engine.boundaries import MARGIN
from ..engine.ruby import FLAGS

_START = re.compile(rf"{MARGIN}(\\?)\$\$", FLAGS)
_END = re.compile(r"\s*?\n", FLAGS)


def parse(parser: BlockParser) -> bool:
    """Read block math between blank lines; a backslash before it makes it math within a line."""
    text = parser.text
    if not (match := _START.match(text, parser.pos)) or not parser.after_boundary():
        return False
    close = parser.finder.find("$$", match.end())
    if close < 0:
        return False
    rest = _END.match(text, close + 2)
    if match[1]:
        if rest:
            parser.pos = match.end() - 2
        return False
    start = parser.pos
    parser.pos = rest.end() if rest else close + 2
    if not parser.before_boundary():
        parser.pos = start
        return False
    parser.add("math", text[match.end() : close].strip())
    return True
