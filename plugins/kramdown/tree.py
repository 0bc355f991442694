"""The tree that the parsers build and the renderer reads: one record for every construct."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class AttributeList:
    """What one or more `{: …}` say: attributes, and names that refer to `{:name: …}` elsewhere."""

    attributes: dict[str, str] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)

    def set(self, key: str, value: str) -> None:
        """Set one attribute; classes gather, everything else is overwritten."""
        self.attributes[key] = f"{self.attributes.get(key, '')} {value}".lstrip() if key == "class" else value

    def add(self, other: AttributeList) -> None:
        """Take in what another list says."""
        self.references.extend(other.references)
        for key, value in other.attributes.items():
            self.set(key, value)


class Node:
    """One construct: its kind (kramdown's own names where it has one), text or children, and attributes.

    Text gathers in pieces, so that a paragraph of a megabyte is not copied for each of them.
    """

    ial: AttributeList | None = None
    level = 0  # a heading's level; for a dd, 1 if it begins as a paragraph
    transparent = False  # a paragraph that prints no <p>
    model = ""  # how an HTML element's content is read: raw, span or block
    closed = False  # an HTML element that has no content
    inline = False  # math or HTML inside a line of text
    language = ""  # of a code block
    plain = ""  # a heading's text, from which its id is made
    target: Node | None = None  # what a footnote's marker points to

    def __init__(self, kind: str, text: str = "", attributes: dict[str, str] | None = None) -> None:
        """Begin a node without children."""
        self.kind = kind
        self.parts = [text] if text else []
        self.attributes = {} if attributes is None else attributes
        self.children: list[Node] = []

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
        """Append text to the last child if it is of this kind, else begin one."""
        if self.children and self.children[-1].kind == kind:
            self.children[-1].parts.append(text)
        elif text:
            self.children.append(Node(kind, text))

    def last(self, kinds: Iterable[str] = ()) -> Node | None:
        """Return the last child, if there is one and it is of one of these kinds (any, if none is named)."""
        if self.children and (not kinds or self.children[-1].kind in kinds):
            return self.children[-1]
        return None


class Vain:
    """What was sought in vain, and from where: from there on nobody need seek it again."""

    def __init__(self) -> None:
        """Begin without memories."""
        self._since: dict[str, int] = {}

    def __contains__(self, sought: tuple[str, int]) -> bool:
        """Say whether it is known that this does not come at or after this position."""
        what, pos = sought
        return self._since.get(what, pos + 1) <= pos

    def add(self, what: str, pos: int) -> None:
        """Remember that this does not come at or after this position."""
        self._since[what] = min(pos, self._since.get(what, pos))
