r"""Math within a line: `$$ … $$`, `\\( … \\)` and `\\[ … \\]`."""

from ..engine.span_parser import SpanParser
from ..engine.tree import Node

_CLOSING = {r"\\(": r"\\)", r"\\[": r"\\]"}


def parse(parser: SpanParser) -> bool:
    """Read math between double dollar signs; a single one is text."""
    return parser.text.startswith("$$", parser.pos) and _read(parser, "$$", "$$")


def parse_tex(parser: SpanParser) -> bool:
    """Read math between brackets with two backslashes, which the MathJax of academicpages shows as math."""
    opening = parser.text[parser.pos : parser.pos + 3]
    return opening in _CLOSING and _read(parser, opening, _CLOSING[opening])


def _read(parser: SpanParser, opening: str, closing: str) -> bool:
    content = parser.pos + len(opening)
    end = parser.finder.find(closing, content)
    if end < 0:
        return False
    math = Node("math", parser.text[content:end].strip())
    math.inline = opening != r"\\["
    parser.tree.children.append(math)
    parser.pos = end + len(closing)
    return True
