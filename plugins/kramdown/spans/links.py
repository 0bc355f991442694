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
_NAME = re.compile(r"\s*\[", FLAGS)
_END_OF_ANGLE = re.compile("[>\n]")
_PARENTHESIS = re.compile(r"[()]|\s(?=['\"])", FLAGS)
_QUOTE = re.compile(r"\s*([\"'])", FLAGS)
_END_OF_TITLE = {quote: re.compile(rf"{quote}\s*\)", FLAGS) for quote in "\"'"}


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
    text, pos, finder = parser.text, parser.pos, parser.finder
    named = _NAME.match(text, pos)
    close = finder.find("]", named.end()) if named else -1
    if close >= 0 or not text.startswith("(", pos):
        name = text[named.end() : close] if named and close >= 0 else ""
        parser.budget -= len(name) // 32
        found = parser.definitions.links.get(link_name(name or label))
        if found is None or not parser.definitions.may_add(len(found.target) + len(found.title)):
            return False
        parser.pos = max(pos, close + 1)
        _add(parser, node, found.target, found.title, label, found.marker.ial)
        return True
    angle = finder.search(_END_OF_ANGLE, pos + 2) if text.startswith("(<", pos) else None
    in_angles = angle is not None and angle[0] == ">"
    if angle and in_angles:
        start, end, after = pos + 2, angle.start(), angle.end()
        closed = text.startswith(")", after)
        parser.pos = after + 1
    else:
        if parser.targets is None:
            parser.targets = _targets(text)
        after, closed = parser.targets.get(pos, (len(text), False))
        start, end, parser.pos = pos + 1, after - 1, after
    title = ""
    if not closed:
        quote = _QUOTE.match(text, after)
        found_end = finder.search(_END_OF_TITLE[quote[1]], quote.end() + 1) if quote else None
        if not quote or not found_end:
            return False
        title, parser.pos = text[quote.end() : found_end.start()], found_end.end()
    target = text[start:end]
    _add(parser, node, target if in_angles else target.strip(SPACE + "\0"), title, label)
    return True


def _targets(text: str) -> dict[int, tuple[int, bool]]:
    """Return where the target that each `(` begins ends: at its `)` (True), or before the quote of a title (False)."""
    ends: dict[int, tuple[int, bool]] = {}
    begun: list[int] = []
    for match in _PARENTHESIS.finditer(text):
        if match[0] == "(":
            begun.append(match.start())
        elif match[0] != ")":
            ends |= dict.fromkeys(begun, (match.end(), False))
            begun.clear()
        elif begun:
            ends[begun.pop()] = match.end(), True
    return ends


def _add(
    parser: SpanParser, node: Node, target: str, title: str, label: str, given: AttributeList | None = None
) -> None:
    if given:
        node.ial = given
        parser.definitions.apply(given, node.attributes)
    if node.kind == "a":
        node.attributes["href"] = target
    else:
        node.attributes |= {"src": target, "alt": label}
        node.children.clear()
    if title:
        node.attributes["title"] = title
    parser.add(node)


@construct(rf"<(?:((?:mailto|https?|ftps?):)|{_MAIL}>)")
def autolink(parser: SpanParser, match: Match) -> bool:
    """Read an address between angle brackets: `<https://example.org>`, `<name@example.org>`."""
    if match[1]:
        end = parser.finder.search(_END_OF_ANGLE, parser.pos)
        if not end or end[0] != ">" or end.start() == parser.pos:
            return False
        if parser.pos <= parser.finder.find("<!--", parser.pos) < end.start():
            return False  # kramdown would show the comment as a part of the address
        parser.pos = end.end()
    address = parser.text[match.start() + 1 : parser.pos - 1]
    node = parser.add(Node("a", attributes={"href": address if match[1] else f"mailto:{address}"}))
    node.add_text(address.removeprefix("mailto:"))
    return True


@construct(r"\[\^(\w[\w-]*)\]")
def footnote(parser: SpanParser, match: Match) -> None:
    """Read a footnote's marker, `[^name]`; without a definition it is text."""
    definition = parser.definitions.footnotes.get(match[1])
    if definition is None:
        parser.tree.add_text(match[0])
        return
    marker = parser.add(Node("footnote", match[1]))
    marker.target = definition
