"""The table of contents, which replaces the items of a list with `{:toc}`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from ..engine.tree import Node
from .elements import add_block, remove


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
