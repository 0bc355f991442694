"""Lists: bulleted and numbered, nested by what their first line says, with task boxes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from .attribute_lists import read_attributes
from .boundaries import (
    ATTRIBUTE_LINE,
    ATTRIBUTES,
    BLANK,
    BLOCK_CLOSE_TAG,
    BLOCK_TAG,
    BULLET,
    END_MARKER,
    LIST_ITEM,
    NUMBER,
    RULE,
    TAIL,
)
from .ruby import FLAGS
from .tree import AttributeList, Node

if TYPE_CHECKING:
    from .blocks import Blocks

_ITEM_ATTRIBUTES = re.compile(rf"\s*\{{:(?!(?:\w[\w-]*)?:|/)({ATTRIBUTES})\}}\s*", FLAGS)
_TABS = re.compile(r"( *)(\t+)")
_LEADING_TABS = re.compile(r"\t+")
_TASK = re.compile(r"\s*\[([ xX])\]\s+", FLAGS)
_BOX = '<input type="checkbox" class="task-list-item-checkbox" disabled="disabled"{} />'


class Indent(NamedTuple):
    """How the lines of one item look."""

    width: int
    content: re.Pattern[str]  # indented enough to belong to the item
    lazy: re.Pattern[str]  # not indented, but right under it


@cache
def indent_of(width: int) -> Indent:
    """Return the patterns of an item whose text begins in this column."""
    step = r"(?:\t| {4})"
    whole, rest = divmod(width, 4)
    return Indent(
        width,
        re.compile(rf"(?:{step}{{{whole}}} {{{rest}}}|{step}{{{whole + 1}}})[^\n]*\S[^\n]*\n", FLAGS),
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
    """Return an item's first line without marker, the look of its further lines, and its own attribute list."""
    own = _ITEM_ATTRIBUTES.match(rest)
    if not rest[own.end() if own else 0 :].strip():
        width = 4
    else:
        while match := _TABS.match(rest):
            column = len(match[1]) + marker_width
            rest = match[1] + " " * (4 - column % 4 + (len(match[2]) - 1) * 4) + rest[match.end() :]
        width = marker_width + len(rest) - len(rest.lstrip(" "))
    rest = rest.lstrip(" \t\r\f\v\n\0")
    if own := _ITEM_ATTRIBUTES.match(rest):
        attributes = AttributeList()
        read_attributes(own[1], attributes)
        return rest[own.end() :], indent_of(width), attributes
    return rest, indent_of(width), None


def dedent(line: str, width: int) -> tuple[str, bool]:
    """Return a line without the item's indent, and whether it had it."""
    line = _LEADING_TABS.sub(lambda tabs: " " * 4 * len(tabs[0]), line, count=1) if line[0] == "\t" else line
    return (line[width:], True) if line.startswith(" " * width) else (line, False)


def parse(blocks: Blocks) -> bool:
    """Read a list; it may stand right under a paragraph's line."""
    text = blocks.text
    if BULLET.match(text, blocks.pos):
        kind, marker, start_of_item = "ul", "[+*-]", BULLET
    elif NUMBER.match(text, blocks.pos):
        kind, marker, start_of_item = "ol", r"\d+\.", NUMBER
    else:
        return False
    found = blocks.new(kind)
    items: list[tuple[Node, list[list[str]]]] = []
    pos, end = blocks.pos, len(text)
    nested = after_blank = ended = False
    indent = indent_of(0)
    while pos < end:
        if after_blank and RULE.match(text, pos):
            break
        if match := END_MARKER.match(text, pos):
            pos, ended = match.end(), True
            break
        if match := start_of_item.match(text, pos):
            item = Node("li")
            first, indent, item.ial = first_line(len(match[1]), match[2])
            start_of_item = next_item(marker, indent.width)
            nested, after_blank = LIST_ITEM.match(first) is not None, False
            items.append((item, [[first]]))
        elif (match := indent.content.match(text, pos)) or (
            not after_blank and (match := indent.lazy.match(text, pos))
        ):
            line, was_indented = dedent(match[0], indent.width)
            pieces = items[-1][1]
            if not nested and was_indented and LIST_ITEM.match(line):
                pieces.append([])
                nested = True
            elif nested and not was_indented and LIST_ITEM.match(line):
                line = " " * (indent.width + 4) + line
            pieces[-1].append(line)
            after_blank = False
        elif match := BLANK.match(text, pos):
            nested = after_blank = True
            items[-1][1][-1].append(match[0])
        else:
            break
        pos = match.end()
    blocks.pos = pos
    blocks.tree.children.append(found)
    _fill(blocks, found, items, ended=ended)
    _mark_tasks(found)
    return True


def _fill(blocks: Blocks, found: Node, items: list[tuple[Node, list[list[str]]]], *, ended: bool) -> None:
    """Parse the items' texts, and decide which begin with a loose paragraph."""
    found.children = [item for item, _ in items]
    trailing: Node | None = None
    tight_before = False  # does an earlier item not begin with a loose paragraph?
    for item, pieces in items:
        position = blocks.pos
        for piece in pieces:
            blocks.read(item, "".join(piece))
        blocks.pos = position
        children = item.children
        is_last = item is found.children[-1]
        if children:
            first = children[0]
            if first.kind == "p" and len(children) > 1 and children[1].kind == "eob" and first.ial:
                del children[1]
            if (
                first.kind == "p"
                and (len(children) < 2 or children[1].kind != "blank" or (is_last and len(children) == 2 and not ended))
                and (not is_last or len(items) == 1 or tight_before)
            ):
                if len(children) > 1 and children[1].kind != "blank":
                    first.children[0].parts.append("\n")
                first.transparent = True
            trailing = children.pop() if children[-1].kind == "blank" else None
        tight_before = tight_before or not children or children[0].kind != "p" or children[0].transparent
    if trailing is not None and not ended:
        blocks.tree.children.append(trailing)


def _mark_tasks(found: Node) -> None:
    """Turn `[ ]` and `[x]` at an item's start into boxes; from the first on, all items are tasks."""
    is_task = False
    for item in found.children:
        if not item.children or item.children[0].kind != "p":
            continue
        text = item.children[0].children[0]
        if match := _TASK.match(text.text):
            is_task = True
            checked = ' checked="checked"' if match[1] in "xX" else ""
            text.text = _BOX.format(checked) + text.text[match.end() :]
        if is_task:
            item.attributes["class"] = "task-list-item"
    if is_task:
        found.attributes["class"] = "task-list"
