"""HTML blocks: from an element's start tag to its matching close tag, across blank lines and indentation."""

import re

from ...markup import VOID
from ..engine.block_parser import BlockParser
from ..engine.boundaries import MARGIN
from ..engine.html_elements import (
    CLOSE_TAG,
    COMMENT,
    INSTRUCTION,
    KNOWN,
    NAME,
    SPAN_ELEMENTS,
    TAG,
    VERBATIM,
    attributes_of,
    close_tag_of,
    content_model,
    element_name,
)
from ..engine.ruby import FLAGS
from ..engine.tree import Node

_START = re.compile(rf"{MARGIN}<(?:(?u:[^\W\d])|_|!--|/)", FLAGS)
_MARGIN = re.compile(MARGIN)
_MARKUP = re.compile(rf"<(?:{NAME}|/|!--|\?)", FLAGS)
_TRAILING = re.compile(r"[ \t]*\n")
_MARKDOWN_ATTRIBUTE = {"0": "raw", "1": "default", "span": "span", "block": "block"}


def parse(parser: BlockParser) -> bool:
    """Read a block element with its content, or the close tag of the element that is being read as Markdown."""
    text = parser.text
    if not _START.match(text, parser.pos):
        return False
    if text.startswith("<!--", parser.pos):
        end = parser.finder.find("-->", parser.pos + 4)
        if end < 0:
            return False
        parser.tree.children.append(Node("comment", text[parser.pos : end + 3]))
        parser.pos = end + 3
        _skip_line_end(parser)
        return True
    start = _MARGIN.match(text, parser.pos).end()  # type: ignore[union-attr]  # it also matches nothing
    if match := TAG.match(text, start):
        if match[1].lower() in SPAN_ELEMENTS:
            return False
        _read_element(parser, match)
        return True
    if (match := CLOSE_TAG.match(text, start)) and match[1].lower() not in SPAN_ELEMENTS:
        tree = parser.tree
        if tree.kind == "html" and tree.text == match[1].lower():
            parser.pos = match.end()
            parser.found_close_tag = True
            return True
    return False


def _read_element(parser: BlockParser, match: re.Match[str]) -> None:
    """Read one element and all elements in it; in a loop, since a page may nest them without a limit."""
    open_elements: list[Node] = []
    _begin(parser, match, parser.tree, open_elements)
    while open_elements:
        _read_raw(parser, open_elements)


def _read_raw(parser: BlockParser, open_elements: list[Node]) -> None:
    """Read the next piece of the innermost open element's content."""
    text, element = parser.text, open_elements[-1]
    match = _MARKUP.search(text, parser.pos)
    if not match:
        element.add_text(text[parser.pos :])
        parser.pos = len(text)
        open_elements.clear()
        return
    element.add_text(text[parser.pos : match.start()])
    parser.pos = match.start()
    if text.startswith("<!--", parser.pos) and (found := COMMENT.match(text, parser.pos)):
        element.children.append(Node("comment", found[0]))
        parser.pos = found.end()
    elif text.startswith("<?", parser.pos) and (found := INSTRUCTION.match(text, parser.pos)):
        parser.pos = found.end()
    elif found := TAG.match(text, parser.pos):
        _begin(parser, found, element, open_elements)
    elif found := CLOSE_TAG.match(text, parser.pos):
        parser.pos = found.end()
        if element.text == (found[1].lower() if element.text in KNOWN else found[1]):
            open_elements.pop()
            if not open_elements:
                _skip_line_end(parser)
        else:
            element.add_text(found[0])
    else:
        element.add_text(text[parser.pos])
        parser.pos += 1


def _begin(parser: BlockParser, match: re.Match[str], parent: Node, open_elements: list[Node]) -> None:
    """Begin an element: read it completely, or leave it open as the innermost of `open_elements`."""
    parser.pos = match.end()
    name = element_name(match[1])
    element = Node("html", name, attributes_of(match[2], known=name in KNOWN))
    element.ial, parser.pending = parser.pending, None
    element.closed = match[3] is not None or name in VOID
    element.inline = bool(open_elements)  # within raw HTML, elements are printed without line ends of ours
    parent.children.append(element)
    model = _MARKDOWN_ATTRIBUTE.get(element.attributes.pop("markdown", ""), "raw")
    element.model = content_model(name) if model == "default" else model
    within_raw = bool(open_elements)
    if name in VERBATIM:
        _read_to_close_tag(parser, element, "verbatim")
        return
    if element.model == "block":
        _skip_line_end(parser)
    if element.closed:
        return
    if element.model == "raw":
        open_elements.append(element)
        return
    if element.model == "block":
        parser.continue_into(element)
    else:
        _read_to_close_tag(parser, element, "raw_text")
    if not within_raw:
        _skip_line_end(parser)


def _read_to_close_tag(parser: BlockParser, element: Node, kind: str) -> None:
    """Read up to the next close tag of this element's name, or to the end of the text, as one child of this kind."""
    text, start = parser.text, parser.pos
    match = parser.finder.search(close_tag_of(element.text), start)
    end, parser.pos = match.span() if match else (len(text), len(text))
    element.add_text(text[start:end], kind)


def _skip_line_end(parser: BlockParser) -> None:
    if match := _TRAILING.match(parser.text, parser.pos):
        parser.pos = match.end()
