"""What a document defines in one place and uses in another: link targets, footnotes, abbreviations, attribute lists."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from .attribute_lists import AttributeList, set_attribute
from .ruby import FLAGS, lower
from .tree import Node

ROOM = 500_000  # characters: a page of no real author has a tenth of it
_DEPTH = 10  # references to references; a list may refer to itself
_SPACES = re.compile(r"\s+", FLAGS)


class Definition(NamedTuple):
    """`[name]: target "title"` or `*[HTML]: title`; ``marker`` holds the attribute list below it."""

    marker: Node
    title: str
    target: str = ""


@dataclass(slots=True)
class Definitions:
    """All definitions of one document, by name; a footnote's node holds its content.

    ``room`` is how many characters their uses may still add to the page: a long definition may be used often, and one
    list refer to another many times. Once there is none, uses count as undefined, and the page is not published.
    """

    room: int
    links: dict[str, Definition] = field(default_factory=dict)
    footnotes: dict[str, Node] = field(default_factory=dict)
    abbreviations: dict[str, Definition] = field(default_factory=dict)
    attribute_lists: dict[str, AttributeList] = field(default_factory=dict)

    def may_add(self, length: int) -> bool:
        """Count what the use of a definition adds to the page; return whether it still fits."""
        self.room -= length
        return self.room >= 0

    def apply(self, given: AttributeList, attributes: dict[str, str], depth: int = 0) -> None:
        """Set the attributes of a list on an element, those of the lists that it refers to first."""
        if not self.may_add(given.length):
            return
        if depth < _DEPTH:
            for reference in given.references:
                if reference in self.attribute_lists:
                    self.apply(self.attribute_lists[reference], attributes, depth + 1)
        for key, value in given.attributes.items():
            set_attribute(attributes, key, value)


def link_name(written: str) -> str:
    """Normalize a link's name: lower case, single spaces."""
    return lower(_SPACES.sub(" ", written))
