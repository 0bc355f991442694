"""Definition lists: a term on one line, `: its definition` on the next."""

from ..engine.block_parser import BlockParser
from ..engine.boundaries import BLANK, DEFINITION, END_MARKER
from ..engine.tree import Node
from .items import dedent, first_line, indent_of, next_item, take_attributes


def parse(parser: BlockParser) -> bool:
    """Read definitions; each line of the paragraph before them becomes a term."""
    siblings = parser.tree.children
    if not DEFINITION.match(parser.text, parser.pos) or not siblings:
        return False
    loose = siblings[-1].kind == "blank"
    if loose and (len(siblings) < 2 or siblings[-1].text != "\n" or siblings[-2].kind != "p"):
        return False
    if not loose and siblings[-1].kind != "p":
        return False
    found = parser.new("dl")
    if loose:
        siblings.pop()
    terms = siblings.pop()
    found.children = [_term(line) for line in terms.children[0].text.rstrip("\n").split("\n")]
    found.ial = terms.ial
    definitions = _collect(parser, loose=loose)
    trailing = _fill(parser, definitions)
    found.children.extend(item for item, _ in definitions)
    _append(siblings, found)
    if trailing is not None:
        siblings.append(trailing)
    return True


def _term(line: str) -> Node:
    term = Node("dt")
    term.ial, line = take_attributes(line)
    term.add_text(line, "raw_text")
    return term


def _collect(parser: BlockParser, *, loose: bool) -> list[tuple[Node, list[str]]]:
    """Return the definitions with their lines. ``loose``: a blank line precedes the first of them."""
    text, pos, end = parser.text, parser.pos, len(parser.text)
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
    parser.pos = pos
    return found


def _fill(parser: BlockParser, definitions: list[tuple[Node, list[str]]]) -> Node | None:
    """Parse the definitions' texts; return the blank line that ends the last of them, which belongs after the list."""
    trailing: Node | None = None
    for item, lines in definitions:
        parser.parse_into(item, "".join(lines))
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
