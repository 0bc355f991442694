"""Definition lists: a term on one line, `: its definition` on the next."""

from ..engine.block_parser import BlockParser
from ..engine.boundaries import BLANK, END_MARKER, MARGIN, TAIL
from ..engine.constructs import Match, construct
from ..engine.tree import Node
from .items import begin, layout, take_attributes


@construct(rf"{MARGIN}:{TAIL}")
def definition_list(parser: BlockParser, match: Match) -> bool:
    """Read definitions; each line of the paragraph before them becomes a term."""
    siblings = parser.tree.children
    loose = [block.kind for block in siblings[-2:]] == ["p", "blank"] and siblings[-1].text == "\n"
    if not loose and not (siblings and siblings[-1].kind == "p"):
        return False
    if loose:
        siblings.pop()
    paragraph = siblings.pop()
    parser.pending = None
    definitions = _collect(parser, loose=loose)
    trailing = _fill(parser, definitions)
    terms = [_term(line) for line in paragraph.children[0].text.rstrip("\n").split("\n")]
    if [block.kind for block in siblings[-2:]] == ["dl", "blank"]:
        siblings.pop()
    if not siblings or siblings[-1].kind != "dl":
        siblings.append(Node("dl"))
        siblings[-1].ial = paragraph.ial
    siblings[-1].children += [*terms, *(item for item, _ in definitions)]
    if trailing:
        siblings.append(trailing)
    return True


def _term(line: str) -> Node:
    term = Node("dt")
    term.ial, line = take_attributes(line)
    term.add_text(line, "raw_text")
    return term


def _collect(parser: BlockParser, *, loose: bool) -> list[tuple[Node, list[str]]]:
    """Return the definitions with their lines. ``loose``: a blank line precedes the first of them."""
    text, pos, end = parser.text, parser.start, len(parser.text)
    found: list[tuple[Node, list[str]]] = []
    lines = layout(":")
    after_blank = False
    while pos < end:
        if match := lines.next_item.match(text, pos):
            item, first, lines = begin("dd", ":", match)
            item.level = int(loose)
            found.append((item, [first]))
            loose = after_blank = False
        elif END_MARKER.match(text, pos):
            break
        elif match := lines.match(text, pos, after_blank=after_blank):
            found[-1][1].append(lines.dedent(match[0])[0])
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
        if children:
            trailing = children.pop() if children[-1].kind == "blank" else None
        if children and children[0].kind == "p" and not item.level:
            if len(children) > 1:
                children[0].children[0].parts.append("\n")
            children[0].transparent = True
    return trailing
