"""What is collected while a document is rendered, and stands at its end or at a list that names it.

- footnotes, numbered in the order of their markers, at `{:footnotes}`;
- the table of contents at `{:toc}`.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from ..engine.tree import Node
from .elements import add_block, append_text, remove

_BACKLINK = "\u21a9"
_NBSP = "\u00a0"


@dataclass
class Footnotes:
    """Collects footnotes while a document is rendered; they replace ``place``, the list with `{:footnotes}`."""

    place: Element | None = None
    _found: list[tuple[str, Node]] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _uses: Counter[str] = field(default_factory=Counter)

    def add_marker(self, parent: Element, name: str, content: Node) -> None:
        """Add the link to a footnote where it is mentioned."""
        if name not in self._numbers:
            self._found.append((name, content))
            self._numbers[name] = len(self._found)
        repeat = f":{self._uses[name]}" if self._uses[name] else ""
        self._uses[name] += 1
        mark = SubElement(parent, "sup", {"id": f"fnref:{name}{repeat}", "role": "doc-noteref"})
        link = SubElement(mark, "a", {"href": f"#fn:{name}", "class": "footnote", "rel": "footnote"})
        link.text = str(self._numbers[name])

    def render(self, root: Element, fill: Callable[[Element, Node], None]) -> None:
        """Add the footnotes to the document; ``fill`` renders a node's children into an element."""
        place = self.place
        if not self._found:
            if place is not None:
                remove(root, place)
            return
        if place is None:
            place = add_block(root, "div", {})
        place.tag, place.text = "div", "\n"
        place.attrib = {"class": "footnotes", "role": "doc-endnotes"}
        numbered = add_block(place, "ol", {}, holds_blocks=True)
        for name, content in self._found:  # it grows: a footnote may hold the first marker of another
            fill(add_block(numbered, "li", {"id": f"fn:{name}", "role": "doc-endnote"}, holds_blocks=True), content)
        for item, (name, _) in zip(numbered, self._found, strict=True):
            _add_backlinks(item, name, self._uses[name])


def _add_backlinks(item: Element, name: str, uses: int) -> None:
    """Add a link back to each marker, to the last paragraph if the footnote ends with one."""
    ends_with_text = len(item) > 0 and item[-1].tag == "p"
    last = item[-1] if ends_with_text else SubElement(item, "p")
    last.tail = "\n"
    for use in range(uses):
        if use or ends_with_text:
            append_text(last, _NBSP)
        target = f"#fnref:{name}:{use}" if use else f"#fnref:{name}"
        link = SubElement(last, "a", {"href": target, "class": "reversefootnote", "role": "doc-backlink"})
        link.text = _BACKLINK
        if use:
            SubElement(link, "sup").text = str(use + 1)


@dataclass
class Contents:
    """Collects headings while a document is rendered; ``place`` is the list with `{:toc}`."""

    place: Element | None = None
    _headings: list[Node] = field(default_factory=list)

    def add_heading(self, heading: Node) -> None:
        """Record a heading, which has its id, unless it has the class `no_toc`."""
        if "no_toc" not in heading.attributes.get("class", "").split():
            self._headings.append(heading)

    def render(self, root: Element, fill: Callable[[Element, Node], None]) -> None:
        """Fill the list with links to the headings; ``fill`` renders a node's children into an element."""
        place = self.place
        if place is None:
            return
        place.attrib.setdefault("id", "markdown-toc")
        prefix = place.attrib["id"]
        open_lists: list[tuple[int, Element]] = [(0, place)]
        for heading in self._headings:
            while open_lists[-1][0] >= heading.level:
                open_lists.pop()
            parent = open_lists[-1][1]
            item = add_block(parent if parent is place else _inner_list(parent, place.tag), "li", {})
            identifier = heading.attributes["id"]
            link = SubElement(item, "a", {"href": f"#{identifier}", "id": f"{prefix}-{identifier}"})
            fill(link, _for_contents(heading))
            open_lists.append((heading.level, item))
        if not self._headings:
            remove(root, place)


def _inner_list(item: Element, kind: str) -> Element:
    """Return the list within an entry, which its first entry creates."""
    if len(item) and item[-1].tag == kind:
        return item[-1]
    return add_block(item, kind, {}, holds_blocks=True)


def _for_contents(node: Node) -> Node:
    """Return a copy of a heading's spans for its entry: without footnotes, and without links within the link."""
    copy = Node(node.kind, node.text, dict(node.attributes))
    copy.inline, copy.model, copy.ial = node.inline, node.model, node.ial
    for child in node.children:
        if child.kind == "a":
            copy.children.extend(_for_contents(child).children)
        elif child.kind != "footnote":
            copy.children.append(_for_contents(child))
    return copy
