"""Footnote markers within a line: `[^name]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .attribute_lists import apply_attributes
from .ruby import FLAGS
from .tree import Node

if TYPE_CHECKING:
    from .spans import Spans

_MARKER = re.compile(r"\[\^(\w[\w-]*)\]", FLAGS)


def parse(spans: Spans) -> bool:
    """Read a marker; without a definition it is text."""
    if not (match := _MARKER.match(spans.text, spans.pos)):
        return False
    footnote = spans.definitions.footnotes.get(match[1])
    if footnote is None:
        spans.add_text(match[0])
        return True
    marker = Node("footnote", match[1])
    marker.target = footnote.content
    if footnote.marker.ial:
        apply_attributes(marker.attributes, footnote.marker.ial, spans.definitions.attribute_lists)
    spans.tree.children.append(marker)
    spans.pos = match.end()
    return True
