"""The span constructs, by the character that they begin with, in kramdown's order."""

from ..engine.definitions import Definitions
from ..engine.span_parser import Construct, Constructs, SpanParser
from ..engine.tree import Node
from . import (
    attribute_lists,
    autolinks,
    code,
    emphasis,
    entities,
    footnotes,
    html,
    links,
    math,
    quotes,
    strikethrough,
    symbols,
)

_ANYWHERE: tuple[Construct, ...] = (quotes.parse, symbols.parse)
_BY_CHARACTER: dict[str, tuple[Construct, ...]] = {
    "*": (emphasis.parse,),
    "_": (emphasis.parse,),
    "`": (code.parse,),
    "<": (autolinks.parse, html.parse),
    "[": (footnotes.parse, links.parse),
    "!": (links.parse,),
    "$": (math.parse,),
    "{": (attribute_lists.parse,),
    "&": (entities.parse,),
    "~": (strikethrough.parse,),
    "\\": (math.parse_tex,),
}
ALL = Constructs(
    # The character before a quote is a candidate, since it decides which way the quote curls.
    r"""[*_`<\[&$]|!\[|\{:|--|\.\.\.|\\|~~| ?>>| <<|  (?=\n)|["']|[^\\](?=["'])""",
    {character: (*constructs, *_ANYWHERE) for character, constructs in _BY_CHARACTER.items()},
    _ANYWHERE,
)
CODE = Constructs("`", {"`": (code.parse,)})
CODE_AND_HTML = Constructs("[`<]", {"`": (code.parse,), "<": (html.parse,)})


def parse(text: str, definitions: Definitions, *, only: Constructs | None = None) -> list[Node]:
    """Return the text's spans; ``only`` limits the constructs of the top level."""
    return SpanParser(ALL, definitions, text).parse(only)
