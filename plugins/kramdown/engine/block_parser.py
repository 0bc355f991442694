"""The block parser: it tries each construct, in order, at the current line."""

from collections.abc import Callable, Sequence

from .attribute_lists import AttributeList
from .boundaries import BLANK, BOUNDARY
from .definitions import Definitions
from .finder import Finder
from .tree import Node

DEPTH = 60  # containers within containers; deeper ones become text (no page has ten, and Python's stack is finite)

Construct = Callable[["BlockParser"], bool]


class BlockParser:
    """The state of parsing one text into blocks with a given table of constructs.

    A construct is a function that reads one kind of block at ``pos``: it moves ``pos``, adds to ``tree`` and returns
    True, or it returns False. The last construct accepts any line.

    ``pending`` is an attribute list that belongs to the next block.
    """

    def __init__(self, constructs: Sequence[Construct], definitions: Definitions) -> None:
        """Create a parser without a text; ``parse_into`` gives it one."""
        self.constructs = constructs
        self.definitions = definitions
        self.text = ""
        self.pos = 0
        self.tree = Node("root")
        self.pending: AttributeList | None = None
        self.depth = 0
        self.found_close_tag = False
        self.finder = Finder("")

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
        if self.depth > DEPTH:
            self._parse_flat()
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
            for parse in self.constructs:
                if parse(self):
                    break
            if self.found_close_tag:
                self.found_close_tag = False
                return

    def _parse_flat(self) -> None:
        """Read the rest of the text as one paragraph."""
        self.add("p").add_text(self.text[self.pos :].strip(), "raw_text")
        self.pos = len(self.text)

    def new(self, kind: str, text: str = "") -> Node:
        """Return a new block with the pending attribute list."""
        node = Node(kind, text)
        node.ial, self.pending = self.pending, None
        return node

    def add(self, kind: str, text: str = "") -> Node:
        """Add a new block with the pending attribute list to the tree, and return it."""
        node = self.new(kind, text)
        self.tree.children.append(node)
        return node

    def after_boundary(self) -> bool:
        """Return whether a blank line, an end marker, the start or a pending attribute list precedes this line."""
        last = self.tree.last()
        return (
            last is None or last.kind == "blank" or (last.kind == "eob" and not last.text) or self.pending is not None
        )

    def before_boundary(self) -> bool:
        """Return whether this line is blank, an end marker, an attribute list or the end."""
        return BOUNDARY.match(self.text, self.pos) is not None
