"""What both parsers share: their state, and how a construct is declared."""

import re
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from .definitions import Definitions
from .finder import Finder
from .ruby import FLAGS
from .tree import Node


class Parser:
    """The state of parsing one text."""

    def __init__(self, definitions: Definitions, text: str) -> None:
        self.definitions = definitions
        self.text = text
        self.finder = Finder(text)
        self.pos = 0
        self.tree = Node("root")  # what is read is added to it


P = TypeVar("P", bound=Parser)
Match = re.Match[str]


class Construct(NamedTuple, Generic[P]):
    """One kind of block or span: where it may begin, and the function that reads it.

    The function is called with ``pos`` after the match; it moves ``pos`` on and adds to ``tree``. If it returns False,
    there is no such construct here, and the parser returns to where the match begins.
    """

    begins: Callable[[str, int], Match | None]
    read: Callable[[P, Match], bool | None]


def construct(start: str) -> Callable[[Callable[[P, Match], bool | None]], Construct[P]]:
    """Make a function the construct that begins with a match of this pattern."""
    begins = re.compile(start, FLAGS).match
    return lambda read: Construct(begins, read)
