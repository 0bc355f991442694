"""Character references: `&nbsp;`, `&#8212;`, `&#x1F308;`."""

import re
from html import unescape
from html.entities import name2codepoint

from ..engine.ruby import FLAGS
from ..engine.span_parser import SpanParser

_REFERENCE = re.compile(r"&(?:([\w:][\w.:-]*)|#(\d+)|#x([0-9a-fA-F]+));", FLAGS)
_NAMES = name2codepoint | {"apos": 39}  # HTML 4's names; kramdown shows all others as written


def parse(parser: SpanParser) -> bool:
    """Read a character reference; a name that kramdown does not know is text."""
    match = _REFERENCE.match(parser.text, parser.pos)
    if not match:
        return False
    if match[1] and match[1] not in _NAMES:
        parser.tree.add_text("&", "entity")
        parser.pos += 1
        parser.add_text(match[0][1:])
    else:
        parser.tree.add_text(chr(_NAMES[match[1]]) if match[1] else unescape(match[0]), "entity")
        parser.pos = match.end()
    return True


def decode(source: str) -> str:
    """Resolve the character references in an attribute's value or in raw HTML as a browser does."""
    return _REFERENCE.sub(lambda reference: unescape(reference[0]), source) if "&" in source else source
