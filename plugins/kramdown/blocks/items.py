"""The layout of a list's items: how far their lines are indented, and the attribute list at their start."""

import re
from functools import cache
from typing import NamedTuple

from ..engine.attribute_lists import CONTENT, AttributeList
from ..engine.boundaries import ATTRIBUTE_LINE, BLOCK_TAG, INDENT, TAIL
from ..engine.constructs import Match
from ..engine.ruby import FLAGS
from ..engine.tree import Node

_OWN_ATTRIBUTES = re.compile(rf"\s*\{{:(?!(?:\w[\w-]*)?:|/)({CONTENT})\}}\s*", FLAGS)
_TABS = re.compile(r"( *)(\t+)")
_LEADING_TABS = re.compile(r"\t+")


class Layout(NamedTuple):
    """The patterns of the lines below an item's first."""

    width: int
    indented: re.Pattern[str]  # indented enough to belong to the item
    lazy: re.Pattern[str]  # not indented, but directly below it
    next_item: re.Pattern[str]  # its marker stands further left than this item's text

    def match(self, text: str, pos: int, *, after_blank: bool) -> Match | None:
        """Match a line of this item."""
        return self.indented.match(text, pos) or (None if after_blank else self.lazy.match(text, pos))

    def dedent(self, line: str) -> tuple[str, bool]:
        """Return a line without the item's indent, and whether it had that indent."""
        line = _LEADING_TABS.sub(lambda tabs: " " * 4 * len(tabs[0]), line, count=1) if line[0] == "\t" else line
        return (line[self.width :], True) if line.startswith(" " * self.width) else (line, False)


@cache
def layout(marker: str, width: int = 4) -> Layout:
    """Return the layout of an item whose text begins in this column; the default's ``next_item`` matches the first."""
    whole, rest = divmod(width, 4)
    sources = (
        rf"(?:{INDENT}{{{whole}}} {{{rest}}}|{INDENT}{{{whole + 1}}})[^\n]*\S[^\n]*\n",
        rf"(?! {{0,{min(width, 3)}}}(?:{ATTRIBUTE_LINE}|{BLOCK_TAG}))[^\n]*\S[^\n]*\n",
        rf"( {{0,{min(width, 4) - 1}}}{marker})({TAIL})",
    )
    return Layout(width, *(re.compile(source, FLAGS) for source in sources))


def begin(kind: str, marker: str, match: Match) -> tuple[Node, str, Layout]:
    """Return a new item with its attribute list, its first line without marker, and the layout of its other lines."""
    marker_width, line = len(match[1]), match[2]
    own = _OWN_ATTRIBUTES.match(line)
    width = 4
    if line[own.end() if own else 0 :].strip():
        while tabs := _TABS.match(line):
            column = len(tabs[1]) + marker_width
            line = tabs[1] + " " * (4 - column % 4 + (len(tabs[2]) - 1) * 4) + line[tabs.end() :]
        width = marker_width + len(line) - len(line.lstrip(" "))
    item = Node(kind)
    item.ial, line = take_attributes(line.lstrip(" \t\r\f\v\n\0"))
    return item, line, layout(marker, width)


def take_attributes(line: str) -> tuple[AttributeList | None, str]:
    """Return the attribute list at a line's start, if there is one, and the rest of the line."""
    match = _OWN_ATTRIBUTES.match(line)
    return (AttributeList().read(match[1]), line[match.end() :]) if match else (None, line)
