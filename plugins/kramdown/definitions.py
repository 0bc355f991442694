"""What is defined in one place and used in another: link targets, footnotes, abbreviations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .boundaries import INDENTED, MARGIN
from .code_blocks import indented_end
from .ruby import FLAGS, lower
from .tree import AttributeList, Node

if TYPE_CHECKING:
    from .blocks import Blocks

_FOOTNOTE = re.compile(rf"{MARGIN}\[\^(\w[\w-]*)\]:([^\n]*\n)", FLAGS)
_ABBREVIATION = re.compile(rf"{MARGIN}\*\[([^\n]+?)\]:([^\n]*)\n", FLAGS)
_LINK = re.compile(rf"{MARGIN}\[([^\n\]]+)\]:[ \t]*([^\s][^\n]*)\n", FLAGS)
_POINTED = re.compile(r"<([^\n>]*)>(?=[ \t]|$)", FLAGS)
_TITLE = re.compile(r"""[ \t]+(?:"([^\n]+)"|'([^\n]+)')$""", FLAGS)
_TITLE_LINE = re.compile(r"""[ \t]*(?:"([^\n]+)"|'([^\n]+)')[ \t]*\n""", FLAGS)
_BLANK_AND_QUOTE = re.compile(r"""[ \t]+["']""")
_SPACES = re.compile(r"\s+", FLAGS)


@dataclass(slots=True)
class Link:
    """`[name]: target "title"`; ``marker`` carries an attribute list that stood under it."""

    target: str
    title: str
    marker: Node


@dataclass(slots=True)
class Footnote:
    """`[^name]: …`, its parsed content and the node that carries an attribute list under it."""

    content: Node
    marker: Node


@dataclass(slots=True)
class Abbreviation:
    """`*[HTML]: Hypertext …`."""

    title: str
    marker: Node


@dataclass(slots=True)
class Definitions:
    """What a document defines in one place and uses in another."""

    links: dict[str, Link] = field(default_factory=dict)
    footnotes: dict[str, Footnote] = field(default_factory=dict)
    abbreviations: dict[str, Abbreviation] = field(default_factory=dict)
    attribute_lists: dict[str, AttributeList] = field(default_factory=dict)


def link_name(written: str) -> str:
    """Return a link's name as it is compared: in lower case, with single blanks."""
    return lower(_SPACES.sub(" ", written))


def parse_link(blocks: Blocks) -> bool:
    """Read `[name]: target "title"`; the title may stand on the next line."""
    if not (match := _LINK.match(blocks.text, blocks.pos)):
        return False
    rest, end, title = match[2].rstrip(" \t\r\f\v"), match.end(), ""
    pointed = _POINTED.match(rest)
    behind = rest[pointed.end() :] if pointed else rest
    if found := _TITLE.search(behind):
        title, behind = found[1] or found[2], behind[: found.start()]
    elif found := _TITLE_LINE.match(blocks.text, end):
        title, end = found[1] or found[2], found.end()
    if pointed and not behind.strip():
        target = pointed[1]
    else:
        target = (rest[: pointed.end()] if pointed else "") + behind
        if _BLANK_AND_QUOTE.search(target):
            return False
    blocks.pos = end
    marker = blocks.new("eob", "link")
    blocks.tree.children.append(marker)
    blocks.definitions.links[link_name(match[1])] = Link(target, title, marker)
    return True


def parse_footnote(blocks: Blocks) -> bool:
    """Read `[^name]: text` and the indented blocks under it."""
    if not (match := _FOOTNOTE.match(blocks.text, blocks.pos)):
        return False
    end = indented_end(blocks.text, match.end())
    source = match[2] + blocks.text[match.end() : end]
    blocks.pos = end
    content = Node("footnote_definition")
    blocks.read(content, INDENTED.sub("", source))
    marker = blocks.new("eob", "footnote")
    blocks.tree.children.append(marker)
    blocks.definitions.footnotes[match[1]] = Footnote(content, marker)
    return True


def parse_abbreviation(blocks: Blocks) -> bool:
    """Read `*[HTML]: Hypertext Markup Language`."""
    if not (match := _ABBREVIATION.match(blocks.text, blocks.pos)):
        return False
    blocks.pos = match.end()
    marker = blocks.new("eob", "abbreviation")
    blocks.tree.children.append(marker)
    blocks.definitions.abbreviations[match[1]] = Abbreviation(match[2].strip(), marker)
    return True
