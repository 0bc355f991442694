r"""Math within a line: `$$ … $$`, `\\( … \\)` and `\\[ … \\]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .tree import Node

if TYPE_CHECKING:
    from .spans import Spans

_CLOSING = {r"\\(": r"\\)", r"\\[": r"\\]"}


def parse(spans: Spans) -> bool:
    """Read math between double dollar signs; a single one is text."""
    text, start = spans.text, spans.pos
    if not text.startswith("$$", start):
        return False
    return _read(spans, "$$", "$$")


def parse_tex(spans: Spans) -> bool:
    """Read math between doubled backslashes and brackets, which the old site's MathJax showed as math."""
    opening = spans.text[spans.pos : spans.pos + 3]
    return opening in _CLOSING and _read(spans, opening, _CLOSING[opening])


def _read(spans: Spans, opening: str, closing: str) -> bool:
    content = spans.pos + len(opening)
    end = -1 if (closing, content) in spans.vain else spans.text.find(closing, content)
    if end < 0:
        spans.vain.add(closing, content)
        return False
    math = Node("math", spans.text[content:end].strip())
    math.inline = opening != r"\\["
    spans.tree.children.append(math)
    spans.pos = end + len(closing)
    return True
