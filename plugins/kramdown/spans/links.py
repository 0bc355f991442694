"""Links and images, `[text](target "title")`, `[text][name]`, `[name]`, `![text](target)`; autolinks; footnotes."""

import re

from ..engine.attribute_lists import AttributeList
from ..engine.constructs import Match, construct
from ..engine.definitions import link_name
from ..engine.ruby import FLAGS, SPACE
from ..engine.span_parser import SpanParser
from ..engine.tree import Node
from .characters import unescape_label

_MAIL = r"(?u:[\w.-])+?@(?u:[\w.-])+?"
_BRACKET = re.compile(r"\]|!?\[")
_NAME = re.compile(r"\s*?\[([^\]]+)?\]", FLAGS)
_IN_ANGLES = re.compile(r"\(<([^\n>]*)>")
_PARENTHESIS = re.compile(r"[()]|\s(?=['\"])", FLAGS)
_TITLE = re.compile(r"\s*?([\"'])(.+?)\1\s*?\)", FLAGS | re.DOTALL)


@construct(r"!?\[(?=[^^])")
def link(parser: SpanParser, match: Match) -> None:
    """Read a link or image; a link within a link is text, and so is a name that is not defined."""
    opening = match[0]
    kind = "img" if opening == "![" else "a"
    parser.pos = match.start()
    if (kind == "a" and parser.within("a", "img")) or not parser.may_attempt(opening):
        parser.add_text(opening)
    elif not _attempt(parser, Node(kind), opening):
        parser.undo(opening, match.start())
        parser.add_text(opening)


def _attempt(parser: SpanParser, node: Node, opening: str) -> bool:
    count, images, seen = 1, 0, 0

    def closes(match: Match) -> bool:
        nonlocal count, images, seen
        count += -1 if match[0] == "]" else 1
        images += sum(child.kind == "img" for child in node.children[seen:])
        seen = len(node.children)
        return count == images

    parser.pos += len(opening)
    start = parser.pos
    if not parser.continue_into(node, _BRACKET, closes):
        return False
    label = unescape_label(parser.text[start : parser.pos])
    parser.pos += 1
    return _read_target(parser, node, label)


def _read_target(parser: SpanParser, node: Node, label: str) -> bool:
    text, pos = parser.text, parser.pos
    name = _NAME.match(text, pos)
    if name or not text.startswith("(", pos):
        found = parser.definitions.links.get(link_name((name and name[1]) or label))
        if found is None:
            return False
        parser.pos = name.end() if name else pos
        _add(parser, node, found.target, found.title, label, found.marker.ial)
        return True
    if match := _IN_ANGLES.match(text, pos):
        target, pos = match[1], match.end()
        closed = text.startswith(")", pos)
        end = pos + 1
    else:
        end, closed = _end_of_target(parser, pos)
        target = text[pos + 1 : end - 1].strip(SPACE + "\0")
        pos = end
    if closed:
        parser.pos = end
        _add(parser, node, target, "", label)
        return True
    if match := _TITLE.match(text, pos):
        parser.pos = match.end()
        _add(parser, node, target, match[2], label)
        return True
    parser.budget -= (len(text) - pos) // 32  # the text was searched for the title's end
    return False


def _end_of_target(parser: SpanParser, pos: int) -> tuple[int, bool]:
    """Return where a target ends, and whether by its closing parenthesis; else it ends before a title's quote."""
    depth = 0
    while match := _PARENTHESIS.search(parser.text, pos):
        pos = match.end()
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth -= 1
            if not depth:
                return pos, True
        else:
            return pos, False
    return pos, False


def _add(
    parser: SpanParser, node: Node, target: str, title: str, label: str, given: AttributeList | None = None
) -> None:
    if given:
        node.ial = given
        given.apply(node.attributes, parser.definitions.attribute_lists)
    if node.kind == "a":
        node.attributes["href"] = target
    else:
        node.attributes |= {"src": target, "alt": label}
        node.children.clear()
    if title:
        node.attributes["title"] = title
    parser.add(node)


@construct(rf"<((mailto|https?|ftps?):[^\n>]+|{_MAIL})>")
def autolink(parser: SpanParser, match: Match) -> None:
    """Read an address between angle brackets: `<https://example.org>`, `<name@example.org>`."""
    node = parser.add(Node("a", attributes={"href": match[1] if match[2] else f"mailto:{match[1]}"}))
    node.add_text(match[1].removeprefix("mailto:"))


@construct(r"\[\^(\w[\w-]*)\]")
def footnote(parser: SpanParser, match: Match) -> None:
    """Read a footnote's marker, `[^name]`; without a definition it is text."""
    definition = parser.definitions.footnotes.get(match[1])
    if definition is None:
        parser.tree.add_text(match[0])
        return
    marker = parser.add(Node("footnote", match[1]))
    marker.target = definition
    if definition.ial:
        definition.ial.apply(marker.attributes, parser.definitions.attribute_lists)
