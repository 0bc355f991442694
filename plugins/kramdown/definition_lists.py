"""Definition lists: a term on its line, `: its definition` on the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .attribute_lists import read_attributes
from .boundaries import BLANK, DEFINITION, END_MARKER
from .lists import _ITEM_ATTRIBUTES, dedent, first_line, indent_of, next_item
from .tree import AttributeList, Node

if TYPE_CHECKING:
    from .blocks import Blocks


def parse(blocks: Blocks) -> bool:
    """Read definitions; the paragraph before them, one line per term, becomes their terms."""
    text, siblings = blocks.text, blocks.tree.children
    if not DEFINITION.match(text, blocks.pos) or not siblings:
        return False
    loose = siblings[-1].kind == "blank"
    if loose and (len(siblings) < 2 or siblings[-1].text != "\n" or siblings[-2].kind != "p"):
        return False
    if not loose and siblings[-1].kind != "p":
        return False
    found = blocks.new("dl")
    if loose:
        siblings.pop()
    terms = siblings.pop()
    found.children = [_term(line) for line in terms.children[0].text.rstrip("\n").split("\n")]
    found.ial = terms.ial
    definitions = _gather(blocks, loose=loose)
    trailing = _fill(blocks, definitions)
    found.children.extend(item for item, _ in definitions)
    _append(siblings, found)
    if trailing is not None:
        siblings.append(trailing)
    return True


def _term(line: str) -> Node:
    term = Node("dt")
    if match := _ITEM_ATTRIBUTES.match(line):
        term.ial = AttributeList()
        read_attributes(match[1], term.ial)
        line = line[match.end() :]
    term.plain = line
    term.add_text(line, "raw_text")
    return term


def _gather(blocks: Blocks, *, loose: bool) -> list[tuple[Node, list[str]]]:
    text, pos, end = blocks.text, blocks.pos, len(blocks.text)
    found: list[tuple[Node, list[str]]] = []
    start, indent = DEFINITION, indent_of(0)
    after_blank = False
    while pos < end:
        if match := start.match(text, pos):
            item = Node("dd")
            item.level = int(loose)
            first, indent, item.ial = first_line(len(match[1]), match[2])
            start = next_item(":", indent.width)
            found.append((item, [first]))
            loose = after_blank = False
        elif END_MARKER.match(text, pos):
            break
        elif (match := indent.content.match(text, pos)) or (
            not after_blank and (match := indent.lazy.match(text, pos))
        ):
            found[-1][1].append(dedent(match[0], indent.width)[0])
            loose = after_blank = False
        elif match := BLANK.match(text, pos):
            found[-1][1].append(match[0])
            loose = after_blank = True
        else:
            break
        pos = match.end()
    blocks.pos = pos
    return found


def _fill(blocks: Blocks, definitions: list[tuple[Node, list[str]]]) -> Node | None:
    trailing: Node | None = None
    for item, lines in definitions:
        blocks.read(item, "".join(lines))
        children = item.children
        if not children:
            continue
        trailing = children.pop() if children[-1].kind == "blank" else None
        if children and children[0].kind == "p" and not item.level:
            if len(children) > 1:
                children[0].children[0].parts.append("\n")
            children[0].transparent = True
    return trailing


def _append(siblings: list[Node], found: Node) -> None:
    """Add the list, or continue the one before it."""
    if siblings and siblings[-1].kind == "dl":
        siblings[-1].children.extend(found.children)
    elif len(siblings) > 1 and siblings[-1].kind == "blank" and siblings[-2].kind == "dl":
        siblings.pop()
        siblings[-1].children.extend(found.children)
    else:
        siblings.append(found)
