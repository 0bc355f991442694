"""HTML within a line: its content is Markdown, unless the element or its `markdown` attribute says otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .html_elements import (
    BLOCK_ELEMENTS,
    BLOCK_MODEL,
    CLOSE_TAG,
    COMMENT,
    KNOWN,
    NAME,
    RAW_MODEL,
    SPAN_MODEL,
    TAG,
    VOID,
    attributes,
    close_tag_of,
    element_name,
)
from .ruby import FLAGS
from .tree import Node

if TYPE_CHECKING:
    from .spans import Spans

_START = re.compile(rf"<(?:{NAME}|!--|/)", FLAGS)
_LINE_ENDS = re.compile(r"\n+")


def parse(spans: Spans) -> bool:
    """Read an element with its content; a stray close tag and a block's tag are text."""
    text, pos = spans.text, spans.pos
    if not _START.match(text, pos):
        return False
    if text.startswith("<!--", pos) and ("-->", pos) not in spans.vain:
        if match := COMMENT.match(text, pos):
            spans.tree.children.append(Node("comment", match[0]))
            spans.pos = match.end()
            return True
        spans.vain.add("-->", pos)
    if match := CLOSE_TAG.match(text, pos):
        spans.add_text(match[0])
        return True
    match = TAG.match(text, pos)
    if not match:
        spans.add_character()
        return True
    name = element_name(match[1])
    if name in BLOCK_ELEMENTS or spans.too_deep():
        spans.add_text(match[0])
        return True
    element = Node("html", name, attributes(match[2], known=name in KNOWN))
    for key, value in element.attributes.items():
        element.attributes[key] = _LINE_ENDS.sub(" ", value)
    element.inline = True
    raw = name in RAW_MODEL or name not in SPAN_MODEL | BLOCK_MODEL
    asks = element.attributes.pop("markdown", "")
    reads_markdown = (
        not (raw or spans.tree.model == "raw")
        if asks not in ("0", "1", "span")
        else (asks == "span" or (asks == "1" and not raw))
    )
    element.model = "span" if reads_markdown else "raw"
    spans.tree.children.append(element)
    spans.pos = match.end()
    if match[3] or name in VOID:
        return True
    stop = close_tag_of(name)
    if spans.continue_into(element, stop, html_only=not reads_markdown):
        spans.pos = stop.match(text, spans.pos).end()  # type: ignore[union-attr]  # it has just been found
    else:
        element.add_text(text[spans.pos :])
        spans.pos = len(text)
    return True
