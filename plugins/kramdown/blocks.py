"""The block parser: which construct begins here? Each has a module; this one asks them in kramdown's order."""

from __future__ import annotations

from . import (
    attribute_lists,
    block_html,
    block_math,
    code_blocks,
    definition_lists,
    definitions,
    headings,
    lists,
    paragraphs,
    quotes,
    tables,
)
from .boundaries import BLANK, BOUNDARY, END_MARKER, RULE
from .definitions import Definitions
from .tree import AttributeList, Node, Vain

DEPTH = 60  # containers within containers; what is deeper is read as text (no page has ten, and Python's stack ends)


class Blocks:
    """The state of parsing one text into blocks.

    A construct's ``parse`` moves ``pos`` and adds to ``tree``, or returns False.

    ``pending`` is an attribute list that waits for the next block; ``vain`` remembers what was sought to the end of
    the text in vain, so that no page costs the square of its length.
    """

    def __init__(self, definitions: Definitions) -> None:
        """Begin without a text."""
        self.definitions = definitions
        self.text = ""
        self.pos = 0
        self.tree = Node("root")
        self.pending: AttributeList | None = None
        self.depth = 0
        self.found_close_tag = False
        self.vain = Vain()

    def read(self, into: Node, text: str) -> None:
        """Parse a text of its own into a node."""
        outer = self.text, self.pos, self.vain
        self.text, self.pos, self.vain = text if text.endswith("\n") else text + "\n", 0, Vain()
        self.continue_into(into)
        self.text, self.pos, self.vain = outer

    def continue_into(self, into: Node) -> None:
        """Parse on from here into a node, to the end of the text or to the close tag of the node's element."""
        outer = self.tree, self.pending
        self.tree, self.pending = into, None
        self.depth += 1
        if self.depth > DEPTH:
            paragraphs.parse_flat(self)
        else:
            self._run()
        self.depth -= 1
        self.tree, self.pending = outer

    def _run(self) -> None:
        text, end = self.text, len(self.text)
        while self.pos < end:
            if blank := BLANK.match(text, self.pos):
                self.pos = blank.end()
                if (last := self.tree.last()) and last.kind == "blank":
                    last.parts.append(blank[0])
                else:
                    self.tree.children.append(self.new("blank", blank[0]))
                continue
            for parse in CONSTRUCTS:
                if parse(self):
                    break
            if self.found_close_tag:
                self.found_close_tag = False
                return

    def new(self, kind: str, text: str = "") -> Node:
        """Return a new block, which takes the attribute list that waits for one."""
        node = Node(kind, text)
        node.ial, self.pending = self.pending, None
        return node

    def after_boundary(self) -> bool:
        """Say whether a blank line, an end marker, the start or a waiting attribute list stands before this line."""
        last = self.tree.last()
        return (
            last is None or last.kind == "blank" or (last.kind == "eob" and not last.text) or self.pending is not None
        )

    def before_boundary(self) -> bool:
        """Say whether this line is blank, an end marker, an attribute list or the end."""
        return BOUNDARY.match(self.text, self.pos) is not None


def parse_rule(blocks: Blocks) -> bool:
    """Read `* * *`, `---` or `___`."""
    if not (match := RULE.match(blocks.text, blocks.pos)):
        return False
    blocks.pos = match.end()
    blocks.tree.children.append(blocks.new("hr"))
    return True


def parse_end_marker(blocks: Blocks) -> bool:
    """Read a `^` alone on its line: it ends the block before it."""
    if not (match := END_MARKER.match(blocks.text, blocks.pos)):
        return False
    blocks.pos = match.end()
    blocks.tree.children.append(blocks.new("eob"))
    return True


CONSTRUCTS = (
    code_blocks.parse_indented,
    code_blocks.parse_fenced,
    quotes.parse,
    headings.parse_atx,
    parse_rule,
    lists.parse,
    definition_lists.parse,
    block_html.parse,
    headings.parse_setext,
    block_math.parse,
    tables.parse,
    definitions.parse_footnote,
    definitions.parse_link,
    definitions.parse_abbreviation,
    attribute_lists.parse_block,
    parse_end_marker,
    paragraphs.parse,
)
