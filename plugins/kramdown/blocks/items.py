"""The layout of a list's items: how far their lines are indented, and the attribute list at their start."""

import re
from functools import cache
from typing import NamedTuple

from ..engine.attribute_lists import CONTENT, AttributeList
from ..engine.boundaries import ATTRIBUTE_LINE, BLOCK_CLOSE_TAG, BLOCK_TAG, INDENT, TAIL
from ..engine.ruby import FLAGS

_OWN_ATTRIBUTES = re.compile(rf"\s*\{{:(?!(?:\w[\w-]*)?:|/)({CONTENT})\}}\s*", FLAGS)
_TABS = re.compile(r"( *)(\t+)")
_LEADING_TABS = re.compile(r"\t+")


class Indent(NamedTuple):
    """The patterns of one item's lines."""

    width: int
    content: re.Pattern[str]  # indented enough to belong to the item
    lazy: re.Pattern[str]  # not indented, but directly below it


@cache
def indent_of(width: int) -> Indent:
    """Return the patterns of an item whose text begins in this column."""
    whole, rest = divmod(width, 4)
    return Indent(
        width,
        re.compile(rf"(?:{INDENT}{{{whole}}} {{{rest}}}|{INDENT}{{{whole + 1}}})[^\n]*\S[^\n]*\n", FLAGS),
        re.compile(
            rf"(?! {{0,{min(width, 3)}}}(?:{ATTRIBUTE_LINE}|{BLOCK_CLOSE_TAG}|{BLOCK_TAG}))[^\n]*\S[^\n]*\n",
            FLAGS,
        ),
    )


@cache
def next_item(marker: str, width: int) -> re.Pattern[str]:
    """Return the pattern of the next item: its marker stands further left than this item's text."""
    return re.compile(rf"( {{0,{min(width, 4) - 1}}}{marker})({TAIL})", FLAGS)


def first_line(marker_width: int, rest: str) -> tuple[str, Indent, AttributeList | None]:
    """Return an item's first line without its marker, the indent of its further lines, and its attribute list."""
    own = _OWN_ATTRIBUTES.match(rest)
    if not rest[own.end() if own else 0 :].strip():
        width = 4
    else:
        while match := _TABS.match(rest):
            column = len(match[1]) + marker_width
            rest = match[1] + " " * (4 - column % 4 + (len(match[2]) - 1) * 4) + rest[match.end() :]
        width = marker_width + len(rest) - len(rest.lstrip(" "))
    attributes, rest = take_attributes(rest.lstrip(" \t\r\f\v\n\0"))
    return rest, indent_of(width), attributes


def take_attributes(line: str) -> tuple[AttributeList | None, str]:
    """Return the attribute list at a line's start, if there is one, and the rest of the line."""
    if match := _OWN_ATTRIBUTES.match(line):
        return AttributeList.parse(match[1]), line[match.end() :]
    return None, line


def dedent(line: str, width: int) -> tuple[str, bool]:
    """Return a line without the item's indent, and whether it had that indent."""
    line = _LEADING_TABS.sub(lambda tabs: " " * 4 * len(tabs[0]), line, count=1) if line[0] == "\t" else line
    return (line[width:], True) if line.startswith(" " * width) else (line, False)
