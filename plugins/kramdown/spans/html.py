"""HTML within a line: its content is Markdown unless the element or its `markdown` attribute excludes it."""

import re

from ...markup import VOID
from ..engine.html_elements import (
    BLOCK_ELEMENTS,
    CLOSE_TAG,
    NAME,
    TAG,
    close_tag_of,
    content_model,
    element_of,
)
from ..engine.ruby import FLAGS
from ..engine.span_parser import Constructs, SpanParser
from ..engine.tree import Node

_START = re.compile(rf"<(?:{NAME}|!--|/)", FLAGS)
_LINE_ENDS = re.compile(r"\n+")


def parse(parser: SpanParser) -> bool:
    """Read an element with its content; a stray close tag and a block element's tag are text."""
    text, pos = parser.text, parser.pos
    if not _START.match(text, pos):
        return False
    if text.startswith("<!--", pos) and (end := parser.finder.find("-->", pos + 4)) >= 0:
        parser.tree.children.append(Node("comment", text[pos : end + 3]))
        parser.pos = end + 3
        return True
    if match := CLOSE_TAG.match(text, pos):
        parser.add_text(match[0])
        return True
    match = TAG.match(text, pos)
    if not match:
        parser.add_character()
        return True
    element = element_of(match)
    name = element.text
    if name in BLOCK_ELEMENTS or parser.too_deep():
        parser.add_text(match[0])
        return True
    for key, value in element.attributes.items():
        element.attributes[key] = _LINE_ENDS.sub(" ", value)
    element.inline = True
    reads_markdown = _reads_markdown(parser, element)
    element.model = "span" if reads_markdown else "raw"
    parser.tree.children.append(element)
    parser.pos = match.end()
    if match[3] or name in VOID:
        return True
    stop = close_tag_of(name)
    if parser.continue_into(element, stop, only=None if reads_markdown else _HTML):
        parser.pos = stop.match(text, parser.pos).end()  # type: ignore[union-attr]  # it has just been found
    else:
        element.add_text(text[parser.pos :])
        parser.pos = len(text)
    return True


def _reads_markdown(parser: SpanParser, element: Node) -> bool:
    """Return whether an element's content is read as Markdown, and remove its `markdown` attribute."""
    raw = content_model(element.text) == "raw"
    wanted = element.attributes.pop("markdown", "")
    if wanted in ("0", "1", "span"):
        return wanted == "span" or (wanted == "1" and not raw)
    return not (raw or parser.tree.model == "raw")


_HTML = Constructs("<", {"<": (parse,)})
