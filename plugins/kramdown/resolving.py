"""From blocks to the finished tree: spans, attribute lists, abbreviations, hard breaks and heading ids.

The steps stand in kramdown's order, since each sees what the one before left: an id is made from a heading's text
before abbreviations are marked in it.
"""

from __future__ import annotations

import re
from collections import Counter

from .attribute_lists import apply_attributes
from .definitions import Definitions
from .ruby import FLAGS, is_word, lower
from .spans import Spans
from .tree import Node

_TEXTS = frozenset(("text", "codespan", "math", "entity", "curled", "symbol"))
_BREAK = "\\\n"


def resolve(root: Node, definitions: Definitions) -> None:
    """Finish a parsed document in place."""
    footnotes = [footnote.content for footnote in definitions.footnotes.values()]
    for tree in (root, *footnotes):
        _read_spans(tree, definitions)
    if definitions.abbreviations:
        for tree in (root, *footnotes):
            _mark_abbreviations(tree, definitions)
    _set_breaks_and_ids(root)


def _read_spans(root: Node, definitions: Definitions) -> None:
    """Parse every text into spans, and give each block the attributes that its lists say."""
    named = definitions.attribute_lists
    waiting = [root]
    while waiting:
        node = waiting.pop()
        children: list[Node] = []
        for child in node.children:
            if child.kind == "raw_text":
                children.extend(Spans(definitions, child.text).parse())
                continue
            if child.ial:
                apply_attributes(child.attributes, child.ial, named)
            if child.kind != "eob":
                children.append(child)
                waiting.append(child)
        node.children = children
        if node.kind in ("header", "dt"):
            node.plain = plain_text(node)


def plain_text(node: Node) -> str:
    """Return what a reader reads of a node: no tags, no images."""
    if node.kind in _TEXTS:
        return node.text
    return "".join(map(plain_text, node.children))


def _mark_abbreviations(root: Node, definitions: Definitions) -> None:
    names = "|".join(map(re.escape, sorted(definitions.abbreviations, key=len, reverse=True)))
    pattern = re.compile(rf"(?:^|(?<=\W))({names})(?!\w)", FLAGS)
    waiting = [root]
    while waiting:
        node = waiting.pop()
        children: list[Node] = []
        for child in node.children:
            if child.kind == "text" and node.model != "raw":
                for index, piece in enumerate(pattern.split(child.text)):
                    if index % 2:
                        children.append(_abbreviation(piece, definitions))
                    elif piece:
                        children.append(Node("text", piece))
            else:
                children.append(child)
                waiting.append(child)
        node.children = children


def _abbreviation(name: str, definitions: Definitions) -> Node:
    found = definitions.abbreviations[name]
    node = Node("abbreviation", name, dict(found.marker.attributes))
    if found.title:
        node.attributes["title"] = found.title
    return node


def _set_breaks_and_ids(root: Node) -> None:
    """Break lines at a backslash, and give headings their ids: not within HTML, where kramdown does neither."""
    seen: Counter[str] = Counter()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.kind == "header" and "id" not in node.attributes:
            node.attributes["id"] = heading_id(node.plain, seen)
            continue
        for child in node.children:
            if child.kind == "text" and _BREAK in child.text:
                node.children = _broken(node)
                break
        waiting.extend(
            [
                child
                for child in reversed(node.children)
                if child.kind == "header" or (child.children and child.kind != "html")
            ]
        )


def heading_id(plain: str, seen: Counter[str]) -> str:
    """Return GitHub's id for a heading: lower case, no punctuation, hyphens for blanks; `-1` for the second of a name.

    Emoji vanish and the blank behind them stays, so that `## 🌈 Research Belief` is `-research-belief`.
    """
    name = "".join(
        "-" if character in " \t" else character
        for character in lower(plain)
        if character in "- \t" or is_word(character)
    )
    seen[name] += 1
    return f"{name}-{seen[name] - 1}" if seen[name] > 1 else name


def section_id(plain: str, seen: Counter[str]) -> str:
    """Return kramdown's own id, which headings within HTML and footnotes have: ASCII letters, digits, hyphens."""
    name = re.sub(r"^[^a-zA-Z]+", "", plain, flags=re.MULTILINE)
    name = re.sub(r"[^a-zA-Z0-9 -]", "", name).replace(" ", "-").lower() or "section"
    seen[name] += 1
    return f"{name}-{seen[name] - 1}" if seen[name] > 1 else name


_BLOCKS = frozenset("p header blockquote codeblock ul ol li dl dt dd table td th hr".split())


def _broken(node: Node) -> list[Node]:
    children: list[Node] = []
    for child in node.children:
        if child.kind != "text" or _BREAK not in child.text:
            children.append(child)
            continue
        first, *lines = child.text.split(_BREAK)
        children.append(Node("text", first))
        ends_block = child is node.children[-1] and node.kind in _BLOCKS
        for index, line in enumerate(lines):
            if line or index + 1 < len(lines) or not ends_block:
                children.append(Node("br"))
            children.append(Node("text", "\n" + line))
    return children
