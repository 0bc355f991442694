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
_WORD = re.compile(r"(?:^|(?<=\W))(?:\w+|\W)", FLAGS)  # a sign is one, too, unless it ends a word
_IN_WORD = re.compile(r"\w", FLAGS)
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
    waiting = [root]
    while waiting:
        node = waiting.pop()
        children: list[Node] = []
        for child in node.children:
            if child.kind == "raw_text":
                children.extend(spans.parse(child.text, definitions))
                continue
            if child.ial:
                definitions.apply(child.ial, child.attributes)
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
    names: dict[str, list[str]] = {}  # by the word that they begin with, the longest first
    for name in sorted(definitions.abbreviations, key=len, reverse=True):
        names.setdefault(_WORD.match(name)[0], []).append(name)  # type: ignore[index]  # a name has a character
    attributes = {
        name: marker.attributes | ({"title": title} if title else {})
        for name, (marker, title, _) in definitions.abbreviations.items()
    }
    waiting = [root]
    while waiting:
        node = waiting.pop()
        children: list[Node] = []
        for child in node.children:
            if child.kind != "text" or node.model == "raw":
                children.append(child)
                waiting.append(child)
                continue
            end = 0
            for start, name in _names_in(child.text, names, definitions):
                if end < start:
                    children.append(Node("text", child.text[end:start]))
                children.append(Node("abbreviation", name, attributes[name]))
                definitions.may_add(sum(map(len, attributes[name].values())))
                end = start + len(name)
            if rest := child.text[end:]:
                children.append(Node("text", rest))
        node.children = children


def _names_in(text: str, names: dict[str, list[str]], definitions: Definitions) -> Iterator[tuple[int, str]]:
    """Yield where an abbreviation stands, and its name."""
    end = 0
    for word in _WORD.finditer(text):
        start = word.start()
        for name in names.get(word[0], ()) if start >= end else ():
            if not definitions.may_add(1 + len(name) // 32):
                return
            if text.startswith(name, start) and not _IN_WORD.match(text, start + len(name)):
                end = start + len(name)
                yield start, name
                break


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
