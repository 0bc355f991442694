"""HTML blocks: from an element's start tag to its matching close tag, across blank lines and indentation."""

import re

from ...markup import VOID
from ..engine.block_parser import BlockParser
from ..engine.boundaries import MARGIN
from ..engine.constructs import Match, construct
from ..engine.html_elements import (
    CLOSE_TAG,
    KNOWN,
    NAME,
    SPAN_ELEMENTS,
    TAG,
    VERBATIM,
    close_tag_of,
    content_model,
    element_of,
)
from ..engine.ruby import FLAGS
from ..engine.tree import Node

_MARKUP = re.compile(rf"<(?:{NAME}|/|!--|\?)", FLAGS)
_TRAILING = re.compile(r"[ \t]*\n")
_MARKDOWN_ATTRIBUTE = {"0": "raw", "1": "default", "span": "span", "block": "block"}


@construct("<!--")
def comment(parser: BlockParser, match: Match) -> bool:
    """Read a comment."""
    end = parser.finder.find("-->", parser.pos)
    if end < 0:
        return False
    parser.tree.children.append(Node("comment", parser.text[match.start() : end + 3]))
    parser.pos = end + 3
    _skip_line_end(parser)
    return True


@construct(rf"{MARGIN}{TAG.pattern}")
def element(parser: BlockParser, match: Match) -> bool:
    """Read a block element and all elements in it; in a loop, since a page may nest them without a limit."""
    if match[1].lower() in SPAN_ELEMENTS:
        return False
    open_elements: list[Node] = []
    _begin(parser, match, parser.tree, open_elements)
    while open_elements:
        _read_raw(parser, open_elements)
    return True


@construct(rf"{MARGIN}{CLOSE_TAG.pattern}")
def close_tag(parser: BlockParser, match: Match) -> bool:
    """Read the close tag of the element that is being read as Markdown."""
    name = match[1].lower()
    parser.found_close_tag = name not in SPAN_ELEMENTS and (parser.tree.kind, parser.tree.text) == ("html", name)
    return parser.found_close_tag


def _read_raw(parser: BlockParser, open_elements: list[Node]) -> None:
    """Read the next piece of the innermost open element's content."""
    text, innermost = parser.text, open_elements[-1]
    match = _MARKUP.search(text, parser.pos)
    if not match:
        innermost.add_text(text[parser.pos :])
        parser.pos = len(text)
        open_elements.clear()
        return
    innermost.add_text(text[parser.pos : match.start()])
    parser.pos = match.start()
    if match[0] == "<!--" and (end := parser.finder.find("-->", match.end())) >= 0:
        innermost.children.append(Node("comment", text[match.start() : end + 3]))
        parser.pos = end + 3
    elif match[0] == "<?" and (end := parser.finder.find("?>", match.end())) >= 0:
        parser.pos = end + 2
    elif found := TAG.match(text, parser.pos):
        _begin(parser, found, innermost, open_elements)
    elif found := CLOSE_TAG.match(text, parser.pos):
        parser.pos = found.end()
        if innermost.text != (found[1].lower() if innermost.text in KNOWN else found[1]):
            innermost.add_text(found[0])
            return
        open_elements.pop()
        if not open_elements:
            _skip_line_end(parser)
    else:
        innermost.add_text(text[parser.pos])
        parser.pos += 1


def _begin(parser: BlockParser, match: Match, parent: Node, open_elements: list[Node]) -> None:
    """Begin an element: read it completely, or leave it open as the innermost of `open_elements`."""
    parser.pos = match.end()
    found = element_of(match)
    found.ial, parser.pending = parser.pending, None
    found.inline = bool(open_elements)  # within raw HTML, elements are printed without line ends of ours
    parent.children.append(found)
    model = _MARKDOWN_ATTRIBUTE.get(found.attributes.pop("markdown", ""), "raw")
    found.model = content_model(found.text) if model == "default" else model
    if found.text in VERBATIM:
        _read_to_close_tag(parser, found, "verbatim")
        return
    if found.model == "block":
        _skip_line_end(parser)
    if match[3] or found.text in VOID:
        return
    if found.model == "raw":
        open_elements.append(found)
        return
    if found.model == "block":
        parser.continue_into(found)
    else:
        _read_to_close_tag(parser, found, "raw_text")
    if not found.inline:
        _skip_line_end(parser)


def _read_to_close_tag(parser: BlockParser, found: Node, kind: str) -> None:
    """Read up to the next close tag of this element's name, or to the end of the text, as one child of this kind."""
    text, start = parser.text, parser.pos
    match = parser.finder.search(close_tag_of(found.text), start)
    end, parser.pos = match.span() if match else (len(text), len(text))
    found.add_text(text[start:end], kind)


def _skip_line_end(parser: BlockParser) -> None:
    if match := _TRAILING.match(parser.text, parser.pos):
        parser.pos = match.end()
