"""The block parser: it tries each construct, in order, at the current line."""

from collections.abc import Sequence

from .attribute_lists import AttributeList
from .boundaries import BLANK, BOUNDARY
from .constructs import Construct, Parser
from .definitions import Definitions
from .finder import Finder
from .tree import Node

DEPTH = 60  # containers within containers; deeper ones become text (no page has ten, and Python's stack is finite)


class BlockParser(Parser):
    """The state of parsing one text into blocks with a given table of constructs, the last of which accepts any line.

    ``start`` is where the construct that is being tried begins, and the next one is tried if it fails.
    ``pending`` is an attribute list that belongs to the next block.
    """

    def __init__(self, constructs: "Sequence[Construct[BlockParser]]", definitions: Definitions) -> None:
        """Create a parser without a text; ``parse_into`` gives it one."""
        super().__init__(definitions, "")
        self.constructs = constructs
        self.start = 0
        self.pending: AttributeList | None = None
        self.depth = 0
        self.found_close_tag = False

    def parse_into(self, node: Node, text: str) -> None:
        """Parse a separate text into a node, and return to the current one."""
        outer = self.text, self.pos, self.finder
        self.text, self.pos = text if text.endswith("\n") else text + "\n", 0
        self.finder = Finder(self.text)
        self.continue_into(node)
        self.text, self.pos, self.finder = outer

    def continue_into(self, node: Node) -> None:
        """Parse the current text into a node, up to its end or to the close tag of the node's element."""
        outer = self.tree, self.pending
        self.tree, self.pending = node, None
        self.depth += 1
        if self.depth > DEPTH:  # the rest of the text is one paragraph
            if rest := self.text[self.pos :].strip():
                self.add("p").add_text(rest, "raw_text")
            self.pos = len(self.text)
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
                    self.add("blank", blank[0])
                continue
            for begins, read in self.constructs:
                if match := begins(text, self.pos):
                    self.start, self.pos = self.pos, match.end()
                    if read(self, match) is not False:
                        break
                    self.pos = self.start
            if self.found_close_tag:
                self.found_close_tag = False
                return

    def add(self, kind: str, text: str = "") -> Node:
        """Add a new block with the pending attribute list to the tree, and return it."""
        node = Node(kind, text)
        node.ial, self.pending = self.pending, None
        self.tree.children.append(node)
        return node

    def after_boundary(self) -> bool:
        """Return whether a blank line, an end marker, the start or a pending attribute list precedes this line."""
        last = self.tree.last()
        return not last or last.kind == "blank" or (last.kind == "eob" and not last.text) or self.pending is not None

    def before_boundary(self) -> bool:
        """Return whether this line is blank, an end marker, an attribute list or the end."""
        return BOUNDARY.match(self.text, self.pos) is not None
