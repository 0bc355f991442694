"""Struck text: `~~gone~~`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .ruby import FLAGS
from .tree import Node

if TYPE_CHECKING:
    from .spans import Spans

_START = re.compile(r"~~(?![\s~])", FLAGS)
_END = re.compile(r"[^\s~]~~", FLAGS)


def parse(spans: Spans) -> bool:
    """Read struck text; its content is read anew, as if it stood alone."""
    text, start = spans.text, spans.pos
    if not _START.match(text, start) or ("~~", start) in spans.vain:
        return False
    end = _END.search(text, start + 2)
    if not end:
        spans.vain.add("~~", start)
        return False
    element = Node("html", "del")
    element.inline, element.model = True, "span"
    spans.tree.children.append(element)
    inner = type(spans)(spans.definitions, text[start + 2 : end.end() - 2])
    element.children = inner.parse()
    spans.pos = end.end()
    return True
