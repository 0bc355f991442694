"""What a document defines in one place and uses in another: link targets, footnotes, abbreviations, attribute lists."""

import re
from dataclasses import dataclass, field

from .attribute_lists import AttributeList
from .ruby import FLAGS, lower
from .tree import Node

_SPACES = re.compile(r"\s+", FLAGS)


@dataclass(slots=True)
class Link:
    """`[name]: target "title"`; ``marker`` holds the attribute list below it."""

    target: str
    title: str
    marker: Node


@dataclass(slots=True)
class Footnote:
    """`[^name]: …` as a parsed tree; ``marker`` holds the attribute list below it."""

    content: Node
    marker: Node


@dataclass(slots=True)
class Abbreviation:
    """`*[HTML]: Hypertext …`; ``marker`` holds the attribute list below it."""

    title: str
    marker: Node


@dataclass(slots=True)
class Definitions:
    """All definitions of one document, by name."""

    links: dict[str, Link] = field(default_factory=dict)
    footnotes: dict[str, Footnote] = field(default_factory=dict)
    abbreviations: dict[str, Abbreviation] = field(default_factory=dict)
    attribute_lists: dict[str, AttributeList] = field(default_factory=dict)


def link_name(written: str) -> str:
    """Normalize a link's name: lower case, single spaces."""
    return lower(_SPACES.sub(" ", written))
