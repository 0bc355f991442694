"""Quotes that curl by what stands around them, with kramdown's rules (which are SmartyPants')."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .ruby import FLAGS

if TYPE_CHECKING:
    from .spans import Spans

_PUNCTUATION = r"""[!"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"""
_QUOTE = re.compile(r"""[^\\]?["']""", FLAGS | re.DOTALL)
_OPENING = {"'": "\u2018", '"': "\u201c"}
_CLOSING = {"'": "\u2019", '"': "\u201d"}

# The first rule that matches wins: (pattern, which way its quotes curl). Group 1 is what stands before the quote,
# group 2 the quote or quotes.
_RULES = tuple(
    (re.compile(pattern, FLAGS | re.DOTALL), curl)
    for pattern, curl in (
        (r"""()(["'])(?=[_*]{1,2}\S)""", _OPENING),
        (rf"""()(["'])(?={_PUNCTUATION}(?!\.\.)(?u:\B))""", _CLOSING),
        (r"""(\s?)("'|'")(?=\w)""", _OPENING),  # He said, "'Quoted' words in a larger quote."
        (r"""(\s?)(')(?=\d\ds)""", _CLOSING),  # the '80s
        (r"""(\s)(["'])(?=\w)""", _OPENING),
        (r"""([^ \\\t\r\n\[{(-])(["'])""", _CLOSING),
        (r"""()(["'])(?=\s|s(?u:\b)|$)""", _CLOSING),  # *Custer*'s Last Stand
        (r"""(.?)(')""", _OPENING),
        (r"""(.?)(")""", _OPENING),
    )
)


def parse(spans: Spans) -> bool:
    """Curl the quote here, or the one behind this character."""
    if not _QUOTE.match(spans.text, spans.pos):
        return False
    for pattern, curl in _RULES:
        if match := pattern.match(spans.text, spans.pos):
            spans.tree.add_text(match[1])
            spans.tree.add_text("".join(curl[quote] for quote in match[2]), "curled")
            spans.pos = match.end()
            return True
    return False
