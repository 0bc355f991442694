"""Links and images: `[text](target "title")`, `[text][name]`, `[name]`, with `!` before for an image."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .attribute_lists import apply_attributes
from .definitions import link_name
from .ruby import FLAGS, SPACE
from .symbols import ESCAPED
from .tree import AttributeList, Node

if TYPE_CHECKING:
    from .spans import Spans

_BRACKET = re.compile(r"\]|!?\[")
_NAME = re.compile(r"\s*?\[([^\]]+)?\]", FLAGS)
_POINTED = re.compile(r"\(<([^\n>]*)>")
_PARENTHESIS = re.compile(r"[()]|\s(?=['\"])", FLAGS)
_TITLE = re.compile(r"\s*?([\"'])(.+?)\1\s*?\)", FLAGS | re.DOTALL)


def parse(spans: Spans) -> bool:
    """Read a link or image; a link within a link is text, and so is a name that is not defined."""
    text, start = spans.text, spans.pos
    opening = "![" if text[start] == "!" else "["
    if not text.startswith(opening, start) or start + len(opening) >= len(text) or text[start + len(opening)] == "^":
        return False
    kind = "img" if opening == "![" else "a"
    if (kind == "a" and spans.within("a", "img")) or not spans.may_try(opening):
        spans.add_text(opening)
        return True
    node = Node(kind)
    count, images, seen = 1, 0, 0

    def closes(match: re.Match[str]) -> bool:
        nonlocal count, images, seen
        count += -1 if match[0] == "]" else 1
        images += sum(child.kind == "img" for child in node.children[seen:])
        seen = len(node.children)
        return count == images

    spans.pos += len(opening)
    if not spans.continue_into(node, _BRACKET, accept=closes):
        spans.give_up(opening, start)
        spans.add_text(opening)
        return True
    label = ESCAPED.sub(r"\1", text[start + len(opening) : spans.pos])
    spans.pos += 1
    if not _read_target(spans, node, label):
        spans.give_up(opening, start)
        spans.add_text(opening)
    return True


def _read_target(spans: Spans, node: Node, label: str) -> bool:
    text, pos = spans.text, spans.pos
    name = _NAME.match(text, pos)
    if name or not text.startswith("(", pos):
        link = spans.definitions.links.get(link_name((name and name[1]) or label))
        if link is None:
            return False
        spans.pos = name.end() if name else pos
        _add(spans, node, link.target, link.title, label, link.marker.ial)
        return True
    if match := _POINTED.match(text, pos):
        target, pos = match[1], match.end()
        if text.startswith(")", pos):
            spans.pos = pos + 1
            _add(spans, node, target, "", label)
            return True
    else:
        end, closed = _end_of_target(spans, pos)
        target = text[pos + 1 : end - 1].strip(SPACE + "\0")
        if closed:
            spans.pos = end
            _add(spans, node, target, "", label)
            return True
        pos = end
    if match := _TITLE.match(text, pos):
        spans.pos = match.end()
        _add(spans, node, target, match[2], label)
        return True
    spans.patience -= (len(text) - pos) // 32  # so far we looked for the title's end
    return False


def _end_of_target(spans: Spans, pos: int) -> tuple[int, bool]:
    """Return where a target ends: behind its closing parenthesis, or at a blank and a quote."""
    depth = 0
    while match := _PARENTHESIS.search(spans.text, pos):
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


def _add(spans: Spans, node: Node, target: str, title: str, label: str, given: AttributeList | None = None) -> None:
    if given:
        node.ial = given
        apply_attributes(node.attributes, given, spans.definitions.attribute_lists)
    if node.kind == "a":
        node.attributes["href"] = target
    else:
        node.attributes["src"] = target
        node.attributes["alt"] = label
        node.children.clear()
    if title:
        node.attributes["title"] = title
    spans.tree.children.append(node)
