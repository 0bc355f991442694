r"""Spans whose content is not Markdown: code between backticks; math, `$$ … $$`, `\\( … \\)` and `\\[ … \\]`."""

from ..engine.constructs import Match, construct
from ..engine.ruby import SPACE
from ..engine.span_parser import SpanParser
from ..engine.tree import Node

_CLOSING = {"$$": "$$", r"\\(": r"\\)", r"\\[": r"\\]"}


@construct("`+")
def code(parser: SpanParser, match: Match) -> None:
    """Read code up to the next run of backticks that is at least as long."""
    text, (start, content), ticks = parser.text, match.span(), match[0]
    surrounded = (start == 0 or text[start - 1] in SPACE) and content < len(text) and text[content] in SPACE
    end = -1 if len(ticks) == 1 and surrounded else parser.finder.find(ticks, content)
    if end < 0:
        parser.tree.add_text(ticks)
        return
    source = text[content:end]
    if len(ticks) > 1:
        source = source.removeprefix(" ").removesuffix(" ")
    parser.add(Node("codespan", source))
    parser.pos = end + len(ticks)


@construct(r"\$\$|\\\\[(\[]")
def math(parser: SpanParser, match: Match) -> bool:
    """Read math between double dollar signs, or between the brackets that academicpages' MathJax shows as math."""
    closing = _CLOSING[match[0]]
    end = parser.finder.find(closing, parser.pos)
    if end < 0:
        return False
    node = parser.add(Node("math", parser.text[parser.pos : end].strip()))
    node.inline = match[0] != r"\\["
    parser.pos = end + len(closing)
    return True
