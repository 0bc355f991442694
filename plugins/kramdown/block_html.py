"""HTML blocks: from an element's start tag to its matching close tag, across blank lines and indentation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .boundaries import MARGIN
from .html_elements import (
    CLOSE_TAG,
    COMMENT,
    INSTRUCTION,
    KNOWN,
    NAME,
    SPAN_ELEMENTS,
    TAG,
    VOID,
    attributes,
    close_tag_of,
    element_name,
    model,
)
from .ruby import FLAGS
from .tree import Node

if TYPE_CHECKING:
    from .blocks import Blocks

_START = re.compile(rf"{MARGIN}<(?:(?u:[^\W\d])|_|!--|/)", FLAGS)
_MARGIN = re.compile(MARGIN)
_MARKUP = re.compile(rf"<(?:{NAME}|/|!--|\?)", FLAGS)
_TRAILING = re.compile(r"[ \t]*\n")
_ASKS = {"0": "raw", "1": "default", "span": "span", "block": "block"}


def parse(blocks: Blocks) -> bool:
    """Read a block element with all that is in it, or the close tag of the element that is being read as Markdown."""
    text = blocks.text
    if not _START.match(text, blocks.pos):
        return False
    if text.startswith("<!--", blocks.pos):
        match = None if ("-->", blocks.pos) in blocks.vain else COMMENT.match(text, blocks.pos)
        if not match:
            blocks.vain.add("-->", blocks.pos)
            return False
        blocks.tree.children.append(Node("comment", match[0]))
        blocks.pos = match.end()
        _skip_line_end(blocks)
        return True
    start = _MARGIN.match(text, blocks.pos).end()  # type: ignore[union-attr]  # it matches nothing, too
    if match := TAG.match(text, start):
        if match[1].lower() in SPAN_ELEMENTS:
            return False
        _read_element(blocks, match)
        return True
    if (match := CLOSE_TAG.match(text, start)) and match[1].lower() not in SPAN_ELEMENTS:
        tree = blocks.tree
        if tree.kind == "html" and tree.text == match[1].lower():
            blocks.pos = match.end()
            blocks.found_close_tag = True
            return True
    return False


def _read_element(blocks: Blocks, match: re.Match[str]) -> None:
    """Read one element of a Markdown context, then whatever nests in it; no page is too deeply nested for this loop."""
    outer = blocks.tree
    open_elements: list[Node] = []
    _begin(blocks, match, outer, open_elements)
    while open_elements:
        _read_raw(blocks, open_elements)


def _read_raw(blocks: Blocks, open_elements: list[Node]) -> None:
    """Take the next piece of the innermost open element's content."""
    text, element = blocks.text, open_elements[-1]
    match = _MARKUP.search(text, blocks.pos)
    if not match:
        element.add_text(text[blocks.pos :])
        blocks.pos = len(text)
        open_elements.clear()
        return
    element.add_text(text[blocks.pos : match.start()])
    blocks.pos = match.start()
    if text.startswith("<!--", blocks.pos) and (found := COMMENT.match(text, blocks.pos)):
        element.children.append(Node("comment", found[0]))
        blocks.pos = found.end()
    elif text.startswith("<?", blocks.pos) and (found := INSTRUCTION.match(text, blocks.pos)):
        blocks.pos = found.end()
    elif found := TAG.match(text, blocks.pos):
        _begin(blocks, found, element, open_elements)
    elif found := CLOSE_TAG.match(text, blocks.pos):
        blocks.pos = found.end()
        if element.text == (found[1].lower() if element.text in KNOWN else found[1]):
            open_elements.pop()
            if not open_elements:
                _skip_line_end(blocks)
        else:
            element.add_text(found[0])
    else:
        element.add_text(text[blocks.pos])
        blocks.pos += 1


def _begin(blocks: Blocks, match: re.Match[str], parent: Node, open_elements: list[Node]) -> None:
    """Begin an element: read it whole, or leave it open as the innermost of `open_elements`."""
    blocks.pos = match.end()
    name = element_name(match[1])
    element = Node("html", name, attributes(match[2], known=name in KNOWN))
    element.ial, blocks.pending = blocks.pending, None
    element.closed = match[3] is not None or name in VOID
    element.inline = bool(open_elements)  # what stands in raw HTML is printed as it stands, without line ends of ours
    parent.children.append(element)
    asks = _ASKS.get(element.attributes.pop("markdown", ""), "raw")
    element.model = model(name) if asks == "default" else asks
    within_raw = bool(open_elements)
    if name in ("script", "style"):
        _read_verbatim(blocks, element, name)
        return
    if element.model == "block":
        _skip_line_end(blocks)
    if element.closed:
        return
    if element.model == "raw":
        open_elements.append(element)
        return
    if element.model == "block":
        blocks.continue_into(element)
    else:
        _read_spans(blocks, element, name)
    if not within_raw:
        _skip_line_end(blocks)


def _read_verbatim(blocks: Blocks, element: Node, name: str) -> None:
    end = _find_close_tag(blocks, name)
    element.add_text(blocks.text[blocks.pos : end[0]], "verbatim")
    blocks.pos = end[1]


def _read_spans(blocks: Blocks, element: Node, name: str) -> None:
    end = _find_close_tag(blocks, name)
    element.add_text(blocks.text[blocks.pos : end[0]], "raw_text")
    blocks.pos = end[1]


def _find_close_tag(blocks: Blocks, name: str) -> tuple[int, int]:
    """Return where the next close tag begins and ends; without one, the end of the text."""
    if (name, blocks.pos) not in blocks.vain:
        if match := close_tag_of(name).search(blocks.text, blocks.pos):
            return match.span()
        blocks.vain.add(name, blocks.pos)
    return len(blocks.text), len(blocks.text)


def _skip_line_end(blocks: Blocks) -> None:
    if match := _TRAILING.match(blocks.text, blocks.pos):
        blocks.pos = match.end()
