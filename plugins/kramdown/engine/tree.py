"""The tree that the parsers build and the renderer reads: one record for every construct."""

from __future__ import annotations

from types import MappingProxyType

from .attribute_lists import AttributeList


class Node:
    """One construct: its kind (kramdown's name for it where there is one), text or children, and attributes.

    Text accumulates in parts, so that a paragraph of a megabyte is not copied for each of them.
    """

    # Half of all nodes are texts, which have neither: a page of a megabyte would take a hundred more for empty ones.
    attributes: dict[str, str] = MappingProxyType({})  # type: ignore[assignment]
    children: list[Node] = ()  # type: ignore[assignment]
    ial: AttributeList | None = None  # kramdown's "inline attribute list": the `{: …}` that belongs to this node
    level = 0  # a heading's level; 1 for a dd that begins with a paragraph
    transparent = False  # a paragraph rendered without <p>
    model = ""  # how an HTML element's content is read: raw, span or block
    inline = False  # math or HTML within a line of text
    language = ""  # of a code block
    plain = ""  # the text of a heading, from which its id is made
    target: Node | None = None  # the content of a footnote, on its marker

    def __init__(self, kind: str, text: str = "", attributes: dict[str, str] | None = None) -> None:
        self.kind = kind
        self.parts = [text] if text else []
        if kind != "text":
            self.attributes = {} if attributes is None else attributes
            self.children = []

    @property
    def text(self) -> str:
        """The node's own text."""
        if len(self.parts) > 1:
            self.parts = ["".join(self.parts)]
        return self.parts[0] if self.parts else ""

    @text.setter
    def text(self, value: str) -> None:
        self.parts = [value]

    def add_text(self, text: str, kind: str = "text") -> None:
        """Append text to the last child if it is of this kind, otherwise to a new child."""
        if self.children and self.children[-1].kind == kind:
            self.children[-1].parts.append(text)
        elif text:
            self.children.append(Node(kind, text))

    def last(self) -> Node | None:
        """Return the last child, if there is one."""
        return self.children[-1] if self.children else None
