"""Quotation marks that curl depending on the characters around them, with kramdown's rules (which are SmartyPants')."""

import re

from ..engine.ruby import FLAGS
from ..engine.span_parser import SpanParser

_PUNCTUATION = r"""[!"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"""
_QUOTE = re.compile(r"""[^\\]?["']""", FLAGS | re.DOTALL)
_OPENING = {"'": "\u2018", '"': "\u201c"}
_CLOSING = {"'": "\u2019", '"': "\u201d"}

# The first rule that matches wins: (pattern, which way its quotes curl). Group 1 is what stands before the quote,
# group 2 the quote or quotes.
_RULES = tuple(
    (re.compile(pattern, FLAGS | re.DOTALL), curled)
    for pattern, curled in (
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


def parse(parser: SpanParser) -> bool:
    """Read the quote here, or the one after this character."""
    if not _QUOTE.match(parser.text, parser.pos):
        return False
    for pattern, curled in _RULES:
        if match := pattern.match(parser.text, parser.pos):
            parser.tree.add_text(match[1])
            parser.tree.add_text("".join(curled[quote] for quote in match[2]), "curled")
            parser.pos = match.end()
            return True
    return False
