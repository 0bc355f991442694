"""Lists: bulleted and numbered, nested by indentation, with task boxes."""

import re

from ..engine.block_parser import BlockParser
from ..engine.boundaries import BLANK, BULLET, END_MARKER, LIST_ITEM, MARGIN, NUMBER, RULE, TAIL
from ..engine.constructs import Match, construct
from ..engine.ruby import FLAGS
from ..engine.tree import Node
from .items import begin, layout

_TASK = re.compile(r"\s*\[([ xX])\]\s+", FLAGS)
_BOX = '<input type="checkbox" class="task-list-item-checkbox" disabled="disabled"{} />'


@construct(rf"{MARGIN}{BULLET}{TAIL}")
def bulleted(parser: BlockParser, match: Match) -> None:
    """Read a bulleted list; it may follow a paragraph's line directly."""
    _read(parser, "ul", BULLET)


@construct(rf"{MARGIN}{NUMBER}{TAIL}")
def numbered(parser: BlockParser, match: Match) -> None:
    """Read a numbered list."""
    _read(parser, "ol", NUMBER)


def _read(parser: BlockParser, kind: str, marker: str) -> None:
    text, pos, end = parser.text, parser.start, len(parser.text)
    found = parser.add(kind)
    items: list[tuple[Node, list[list[str]]]] = []
    nested = after_blank = ended = False
    lines = layout(marker)
    while pos < end:
        if after_blank and RULE.match(text, pos):
            break
        if match := END_MARKER.match(text, pos):
            pos, ended = match.end(), True
            break
        if match := lines.next_item.match(text, pos):
            item, first, lines = begin("li", marker, match)
            nested, after_blank = LIST_ITEM.match(first) is not None, False
            items.append((item, [[first]]))
        elif match := lines.match(text, pos, after_blank=after_blank):
            line, was_indented = lines.dedent(match[0])
            pieces = items[-1][1]
            if not nested and was_indented and LIST_ITEM.match(line):
                pieces.append([])
                nested = True
            elif nested and not was_indented and LIST_ITEM.match(line):
                line = " " * (lines.width + 4) + line
            pieces[-1].append(line)
            after_blank = False
        elif match := BLANK.match(text, pos):
            nested = after_blank = True
            items[-1][1][-1].append(match[0])
        else:
            break
        pos = match.end()
    parser.pos = pos
    _fill(parser, found, items, ended=ended)
    _mark_tasks(found)


def _fill(parser: BlockParser, found: Node, items: list[tuple[Node, list[list[str]]]], *, ended: bool) -> None:
    """Parse the items' texts, and decide which of them begin with a paragraph that needs its `<p>`."""
    found.children = [item for item, _ in items]
    trailing: Node | None = None
    tight_before = False  # whether an earlier item began without such a paragraph
    for item, pieces in items:
        for piece in pieces:
            parser.parse_into(item, "".join(piece))
        children = item.children
        first = children[0] if children else None
        if first and first.kind == "p":
            if first.ial and len(children) > 1 and children[1].kind == "eob":
                del children[1]
            second = children[1].kind if len(children) > 1 else ""
            is_last = item is found.children[-1]
            if (second != "blank" or (is_last and len(children) == 2 and not ended)) and (
                not is_last or len(items) == 1 or tight_before
            ):
                if second not in ("", "blank"):
                    first.children[0].parts.append("\n")
                first.transparent = True
        if children:
            trailing = children.pop() if children[-1].kind == "blank" else None
        tight_before = tight_before or not first or first.kind != "p" or first.transparent
    if trailing and not ended:
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
