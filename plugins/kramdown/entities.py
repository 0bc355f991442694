"""Character references: `&nbsp;`, `&#8212;`, `&#x1F308;`."""

from __future__ import annotations

import re
from html import unescape
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from .ruby import FLAGS

if TYPE_CHECKING:
    from .spans import Spans

_REFERENCE = re.compile(r"&(?:([\w:][\w.:-]*)|#(\d+)|#x([0-9a-fA-F]+));", FLAGS)
_ANY_REFERENCE = re.compile(r"&(?:[\w:][\w.:-]*|#\d+|#x[0-9a-fA-F]+);", FLAGS)
_NAMES = name2codepoint | {"apos": 39}  # HTML 4's names; kramdown knows no others and shows them as written


def parse(spans: Spans) -> bool:
    """Read a character reference; a name that kramdown does not know is text."""
    match = _REFERENCE.match(spans.text, spans.pos)
    if not match:
        return False
    if match[1] and match[1] not in _NAMES:
        spans.tree.add_text("&", "entity")
        spans.pos += 1
        spans.add_text(match[0][1:])
    else:
        spans.tree.add_text(chr(_NAMES[match[1]]) if match[1] else unescape(match[0]), "entity")
        spans.pos = match.end()
    return True


def decode(source: str) -> str:
    """Return an attribute's value, or text of raw HTML, with its character references resolved as a browser does."""
    return _ANY_REFERENCE.sub(lambda reference: unescape(reference[0]), source) if "&" in source else source
