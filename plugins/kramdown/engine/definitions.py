"""What a document defines in one place and uses in another: link targets, footnotes, abbreviations, attribute lists."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from .attribute_lists import AttributeList
from .ruby import FLAGS, lower
from .tree import Node

_SPACES = re.compile(r"\s+", FLAGS)


class Definition(NamedTuple):
    """`[name]: target "title"` or `*[HTML]: title`; ``marker`` holds the attribute list below it."""

    marker: Node
    title: str
    target: str = ""


@dataclass(slots=True)
class Definitions:
    """All definitions of one document, by name; a footnote's node holds its content."""

    links: dict[str, Definition] = field(default_factory=dict)
    footnotes: dict[str, Node] = field(default_factory=dict)
    abbreviations: dict[str, Definition] = field(default_factory=dict)
    attribute_lists: dict[str, AttributeList] = field(default_factory=dict)


def link_name(written: str) -> str:
    """Normalize a link's name: lower case, single spaces."""
    return lower(_SPACES.sub(" ", written))
