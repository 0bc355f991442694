"""From blocks to the finished tree: spans, attribute lists, abbreviations, hard breaks and heading ids.

The steps follow kramdown's order, since each depends on the one before: an id is made from a heading's text before
abbreviations are marked in it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from . import spans
from .engine.definitions import Definitions
from .engine.ruby import FLAGS
from .engine.tree import Node
from .heading_ids import github_id

_TEXTS = frozenset(("text", "codespan", "math", "entity", "curled", "symbol"))
_BLOCKS = frozenset("p header blockquote codeblock ul ol li dl dt dd table td th hr".split())
_CODE = frozenset(("codespan", "codeblock", "verbatim"))
_BREAK = "\\\n"


def resolve(root: Node, definitions: Definitions, restore: Callable[[str], str]) -> None:
    """Finish a parsed document in place; ``restore`` returns a code span as the author wrote it."""
    trees = [root, *definitions.footnotes.values()]
    for tree in trees:
        _parse_spans(tree, definitions, restore)
    if definitions.abbreviations:
        for tree in trees:
            _mark_abbreviations(tree, definitions)
    _set_breaks_and_ids(root)


def _parse_spans(root: Node, definitions: Definitions, restore: Callable[[str], str]) -> None:
    """Parse every text into spans, and give each block the attributes of its lists."""
    named = definitions.attribute_lists
    waiting = [root]
    while waiting:
        node = waiting.pop()
        children: list[Node] = []
        for child in node.children:
            if child.kind == "raw_text":
                children.extend(spans.parse(child.text, definitions))
                continue
            if child.ial:
                child.ial.apply(child.attributes, named)
            if child.kind != "eob":
                children.append(child)
                waiting.append(child)
        node.children = children
        if node.kind == "header":
            node.plain = _plain_text(node, restore)


def _plain_text(node: Node, restore: Callable[[str], str]) -> str:
    """Return the text that a reader sees of a node: no tags, no images."""
    if node.kind in _TEXTS:
        return restore(node.text) if node.kind == "codespan" else node.text
    return "".join(_plain_text(child, restore) for child in node.children)


def code_in(root: Node, definitions: Definitions) -> Iterator[Node]:
    """Yield all code in a finished document."""
    waiting = [root, *definitions.footnotes.values()]
    while waiting:
        node = waiting.pop()
        if node.kind in _CODE:
            yield node
        waiting += node.children


def _mark_abbreviations(root: Node, definitions: Definitions) -> None:
    names = "|".join(map(re.escape, sorted(definitions.abbreviations, key=len, reverse=True)))
    pattern = re.compile(rf"(?:^|(?<=\W))({names})(?!\w)", FLAGS)
    attributes = {
        name: marker.attributes | ({"title": title} if title else {})
        for name, (marker, title, _) in definitions.abbreviations.items()
    }
    waiting = [root]
    while waiting:
        node = waiting.pop()
        children: list[Node] = []
        for child in node.children:
            if child.kind == "text" and node.model != "raw":
                for index, piece in enumerate(pattern.split(child.text)):
                    if index % 2:
                        children.append(Node("abbreviation", piece, attributes[piece]))
                    elif piece:
                        children.append(Node("text", piece))
            else:
                children.append(child)
                waiting.append(child)
        node.children = children


def _set_breaks_and_ids(root: Node) -> None:
    """Break lines at a backslash, and give headings their ids; kramdown does neither within HTML."""
    seen: Counter[str] = Counter()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.kind == "header" and "id" not in node.attributes:
            node.attributes["id"] = github_id(node.plain, seen)
            continue
        if any(child.kind == "text" and _BREAK in child.text for child in node.children):
            node.children = _broken(node)
        waiting += [
            child
            for child in reversed(node.children)
            if child.kind == "header" or (child.children and child.kind != "html")
        ]


def _broken(node: Node) -> list[Node]:
    """Return the node's children with a `br` for each backslash at the end of a line."""
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
