"""The span constructs, by the character that they begin with, in kramdown's order."""

from ..engine.definitions import Definitions
from ..engine.span_parser import Constructs, SpanParser, Table
from ..engine.tree import Node
from . import attribute_lists, characters, emphasis, html, links, verbatim

_ANYWHERE = (characters.quote, characters.symbol, characters.hard_break, characters.escaped)
_BY_CHARACTER: Table = {
    "*": (emphasis.emphasis,),
    "_": (emphasis.emphasis,),
    "`": (verbatim.code,),
    "<": (links.autolink, html.comment, html.element, html.stray),
    "[": (links.footnote, links.link),
    "!": (links.link,),
    "$": (verbatim.math,),
    "{": (attribute_lists.extension, attribute_lists.attributes),
    "&": (characters.reference,),
    "~": (emphasis.struck,),
    "\\": (verbatim.math,),
}
ALL = Constructs(
    # The character before a quote is a candidate, since it decides which way the quote curls.
    r"""[*_`<\[&$]|!\[|\{:|--|\.\.\.|\\|~~| ?>>| <<|  (?=\n)|["']|[^\\](?=["'])""",
    {character: (*constructs, *_ANYWHERE) for character, constructs in _BY_CHARACTER.items()},
    _ANYWHERE,
)
CODE = Constructs("`", {"`": (verbatim.code,)})
CODE_AND_HTML = Constructs("[`<]", {"`": (verbatim.code,), **html.HTML.by_character})
SMART = Constructs(
    r"""[<&]|--|\.\.\.| ?>>| <<|["']|[^\\](?=["'])""",
    {"<": (characters.symbol, html.element, html.stray), "&": (characters.reference,)},
    (characters.quote, characters.symbol),
)


def parse(text: str, definitions: Definitions, *, only: Constructs | None = None) -> list[Node]:
    """Return the text's spans; ``only`` limits the constructs of the top level."""
    return SpanParser(ALL, definitions, text).parse(only)
