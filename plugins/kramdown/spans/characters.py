"""Single characters: quotes that curl, dashes and other symbols, hard breaks, escapes and character references."""

import re
from html.entities import name2codepoint

from ...markup import unescape
from ..engine.constructs import Match, construct
from ..engine.ruby import FLAGS
from ..engine.span_parser import SpanParser
from ..engine.tree import Node

_PUNCTUATION = r"""[!"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"""
_OPENING = {"'": "\u2018", '"': "\u201c"}
_CLOSING = {"'": "\u2019", '"': "\u201d"}

# Which way a quote curls depends on the characters around it, with kramdown's rules (which are SmartyPants'). The first
# rule that matches wins: group 1 is what stands before the quote, group 2 the quote or quotes.
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
_SYMBOLS = {
    "---": "—",
    "--": "–",
    "...": "…",
    "\\<<": "<<",
    "\\>>": ">>",
    "<< ": "«\u00a0",
    " >>": "\u00a0»",
    "<<": "«",
    ">>": "»",
}
_ESCAPABLE = r"""\\.*_+`<>()\[\]{}#!:|"'$=-"""
_ESCAPED_IN_LABEL = re.compile(rf"\\([{_ESCAPABLE}])")
_NAMES = name2codepoint | {"apos": 39}  # HTML 4's names; kramdown shows all others as written
_REFERENCE = re.compile(r"&(?:([\w:][\w.:-]*)|#(\d+)|#x([0-9a-fA-F]+));", FLAGS)


@construct(r"""(?=[^\\]?["'])""")
def quote(parser: SpanParser, match: Match) -> bool:
    """Read the quote here, or the one after this character."""
    for pattern, curled in _RULES:
        if found := pattern.match(parser.text, parser.pos):
            parser.tree.add_text(found[1])
            parser.tree.add_text("".join(curled[sign] for sign in found[2]), "curled")
            parser.pos = found.end()
            return True
    return False


@construct("|".join(map(re.escape, _SYMBOLS)))
def symbol(parser: SpanParser, match: Match) -> None:
    """Read a dash, an ellipsis or a guillemet."""
    parser.tree.add_text(_SYMBOLS[match[0]], "entity" if match[0][0] == "\\" else "symbol")


@construct(r"(?:  |\\\\)(?=\n)")
def hard_break(parser: SpanParser, match: Match) -> None:
    """Read a hard break: two spaces or two backslashes at the end of a line."""
    parser.add(Node("br"))


@construct(rf"\\([~{_ESCAPABLE}])")
def escaped(parser: SpanParser, match: Match) -> None:
    """Read a character that is escaped by a backslash."""
    parser.tree.add_text(match[1])


def unescape_label(label: str) -> str:
    """Return a link's label without the backslashes that escape characters."""
    return _ESCAPED_IN_LABEL.sub(r"\1", label)


@construct(_REFERENCE.pattern)
def reference(parser: SpanParser, match: Match) -> None:
    """Read a character reference, `&nbsp;`, `&#8212;` or `&#x1F308;`; a name that kramdown does not know is text."""
    name = match[1]
    if name and name not in _NAMES:
        parser.tree.add_text("&", "entity")
        parser.tree.add_text(match[0][1:])
    else:
        parser.tree.add_text(chr(_NAMES[name]) if name else unescape(match[0]), "entity")


def decode(source: str) -> str:
    """Resolve the character references in an attribute's value or in raw HTML as a browser does."""
    return _REFERENCE.sub(lambda found: unescape(found[0]), source) if "&" in source else source
