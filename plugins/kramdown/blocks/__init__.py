"""The block constructs in the order in which they are tried, which is kramdown's."""

from ..engine.block_parser import BlockParser
from ..engine.definitions import Definitions
from ..engine.tree import Node
from . import definition_lists, definitions, html, lists, tables, text, verbatim

CONSTRUCTS = (
    verbatim.indented_code,
    verbatim.fenced_code,
    text.quote,
    text.atx_heading,
    text.rule,
    lists.bulleted,
    lists.numbered,
    definition_lists.definition_list,
    html.comment,
    html.element,
    html.close_tag,
    text.setext_heading,
    verbatim.math,
    tables.table,
    definitions.footnote,
    definitions.link,
    definitions.abbreviation,
    definitions.named_attributes,
    definitions.extension,
    definitions.attributes,
    text.end_marker,
    text.paragraph,
)


def parse_into(root: Node, source: str, definitions: Definitions) -> None:
    """Read the text's blocks into a tree; what the text defines is added to ``definitions``."""
    BlockParser(CONSTRUCTS, definitions).parse_into(root, source)
