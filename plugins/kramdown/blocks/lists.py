"""Lists: bulleted and numbered, nested by indentation, with task boxes."""

import re

from ..engine.block_parser import BlockParser
from ..engine.boundaries import BLANK, BULLET, END_MARKER, LIST_ITEM, NUMBER, RULE
from ..engine.ruby import FLAGS
from ..engine.tree import Node
from .items import dedent, first_line, indent_of, next_item

_TASK = re.compile(r"\s*\[([ xX])\]\s+", FLAGS)
_BOX = '<input type="checkbox" class="task-list-item-checkbox" disabled="disabled"{} />'


def parse(parser: BlockParser) -> bool:
    """Read a list; it may follow a paragraph's line directly."""
    text = parser.text
    if BULLET.match(text, parser.pos):
        kind, marker, start_of_item = "ul", "[+*-]", BULLET
    elif NUMBER.match(text, parser.pos):
        kind, marker, start_of_item = "ol", r"\d+\.", NUMBER
    else:
        return False
    found = parser.new(kind)
    items: list[tuple[Node, list[list[str]]]] = []
    pos, end = parser.pos, len(text)
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
    parser.pos = pos
    parser.tree.children.append(found)
    _fill(parser, found, items, ended=ended)
    _mark_tasks(found)
    return True


def _fill(parser: BlockParser, found: Node, items: list[tuple[Node, list[list[str]]]], *, ended: bool) -> None:
    """Parse the items' texts, and decide which of them begin with a paragraph that needs its `<p>`."""
    found.children = [item for item, _ in items]
    trailing: Node | None = None
    tight_before = False  # whether an earlier item began without such a paragraph
    for item, pieces in items:
        for piece in pieces:
            parser.parse_into(item, "".join(piece))
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
        parser.tree.children.append(trailing)


def _mark_tasks(found: Node) -> None:
    """Turn `[ ]` and `[x]` at an item's start into boxes; after the first of them, every item is a task."""
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
