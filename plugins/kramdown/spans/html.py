"""HTML within a line: its content is Markdown unless the element or its `markdown` attribute excludes it."""

import re

from ...markup import VOID
from ..engine.constructs import Match, construct
from ..engine.html_elements import BLOCK_ELEMENTS, CLOSE_TAG, NAME, TAG, close_tag_of, content_model, element_of
from ..engine.span_parser import Constructs, SpanParser
from ..engine.tree import Node

_LINE_ENDS = re.compile(r"\n+")


@construct("<!--")
def comment(parser: SpanParser, match: Match) -> bool:
    """Read a comment."""
    end = parser.finder.find("-->", parser.pos)
    if end >= 0:
        parser.add(Node("comment", parser.text[match.start() : end + 3]))
        parser.pos = end + 3
    return end >= 0


@construct(rf"{CLOSE_TAG.pattern}|<(?={NAME}|!--|/)")
def stray(parser: SpanParser, match: Match) -> None:
    """Read a close tag without an open element, or what only begins like a tag, as text."""
    parser.tree.add_text(match[0])


@construct(TAG.pattern)
def element(parser: SpanParser, match: Match) -> None:
    """Read an element with its content; a block element's tag is text."""
    node = element_of(match)
    if node.text in BLOCK_ELEMENTS or parser.too_deep():
        parser.tree.add_text(match[0])
        return
    for key, value in node.attributes.items():
        node.attributes[key] = _LINE_ENDS.sub(" ", value)
    node.inline = True
    reads_markdown = _reads_markdown(parser, node)
    node.model = "span" if reads_markdown else "raw"
    parser.add(node)
    if match[3] or node.text in VOID:
        return
    stop = close_tag_of(node.text)
    if parser.continue_into(node, stop, only=None if reads_markdown else HTML):
        parser.pos = stop.match(parser.text, parser.pos).end()  # type: ignore[union-attr]  # it has just been found
    else:
        node.add_text(parser.text[parser.pos :])
        parser.pos = len(parser.text)


def _reads_markdown(parser: SpanParser, node: Node) -> bool:
    """Return whether an element's content is read as Markdown, and remove its `markdown` attribute."""
    raw = content_model(node.text) == "raw"
    wanted = node.attributes.pop("markdown", "")
    if wanted in ("0", "1", "span"):
        return wanted == "span" or (wanted == "1" and not raw)
    return not (raw or parser.tree.model == "raw")


HTML = Constructs("<", {"<": (comment, element, stray)})
