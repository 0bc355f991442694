"""The block constructs in the order in which they are tried, which is kramdown's."""

from ..engine.block_parser import BlockParser
from ..engine.definitions import Definitions
from ..engine.tree import Node
from . import (
    attribute_lists,
    code,
    definition_lists,
    definitions,
    headings,
    html,
    lists,
    math,
    paragraphs,
    quotes,
    rules,
    tables,
)

CONSTRUCTS = (
    code.parse_indented,
    code.parse_fenced,
    quotes.parse,
    headings.parse_atx,
    rules.parse,
    lists.parse,
    definition_lists.parse,
    html.parse,
    headings.parse_setext,
    math.parse,
    tables.parse,
    definitions.parse_footnote,
    definitions.parse_link,
    definitions.parse_abbreviation,
    attribute_lists.parse,
    rules.parse_end_marker,
    paragraphs.parse,
)


def parse(text: str, definitions: Definitions) -> Node:
    """Return the text's blocks as a tree; what the text defines is added to ``definitions``."""
    root = Node("root")
    BlockParser(CONSTRUCTS, definitions).parse_into(root, text)
    return root
