"""The finished tree → ElementTree, which Python-Markdown's tree processors know and its `convert` serialises."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from .comments import Comments
from .entities import decode
from .highlighting import highlight
from .html_elements import COMMENT
from .resolving import section_id
from .tree import Node

_TEXTS = frozenset(("text", "entity", "curled", "symbol", "blank", "eob", "comment", "verbatim"))
_SPANS = frozenset(("a", "em", "strong", "br", "img", "codespan", "abbreviation", "footnote"))
_SAME_NAME = frozenset("p blockquote ul ol li dl dt dd table thead tbody tfoot tr th td hr a img em strong br".split())
_HOLD_BLOCKS = frozenset("blockquote ul ol dl table thead tbody tfoot tr".split())
_BACKLINK = "\u21a9"
_NBSP = "\u00a0"
_COMMENT = "\ufdd0"  # no text holds it (plugins.kramdown.source)
_COMMENT_LINE = re.compile(rf"\n[ \t]*(?:{_COMMENT}[ \t]*)+(?=\n)")


class Renderer:
    """Makes one document's elements; footnotes get their numbers in the order in which they are met."""

    def __init__(self, comments: Comments, math: Callable[[str, bool], Element], stash: Callable[[str], str]) -> None:
        """Begin a document. ``math`` makes an element of TeX (True: a block); ``stash`` keeps raw HTML for the end."""
        self.comments = comments
        self.math = math
        self.stash = stash
        self.root = Element("div")
        self.contents: list[tuple[int, str, Node]] = []  # headings: level, id, node
        self.contents_at: tuple[Element, Node] | None = None
        self.footnotes: dict[str, tuple[int, Node]] = {}
        self.footnote_order: list[str] = []
        self.footnote_uses: Counter[str] = Counter()
        self.footnotes_at: Element | None = None
        self.used_ids: Counter[str] = Counter()

    def render(self, tree: Node) -> Element:
        """Return the document's root element."""
        self._fill(self.root, tree)
        if self.footnotes:
            self._render_footnotes()
        elif self.footnotes_at is not None:
            self.root.remove(self.footnotes_at)
        if self.contents_at:
            self._render_contents(*self.contents_at)
        return self.root

    def _fill(self, element: Element, node: Node) -> None:
        """Render a node's children into an element, depth first but without recursion."""
        waiting: list[tuple[Element, Node, Iterator[list[Node]]]] = [(element, node, _runs(node.children))]
        while waiting:
            parent, holder, runs = waiting[-1]
            run = next(runs, None)
            if run is None:
                waiting.pop()
            elif run[0].kind in _TEXTS:
                _append_text(parent, self._text(run, ends=holder.kind == "p" and run[-1] is holder.children[-1]))
            else:
                inner, held = self._open(parent, run[0])
                waiting.append((inner, held, _runs(held.children)))

    def _text(self, run: list[Node], *, ends: bool) -> str:
        """Return a run's text; a line that held nothing but comments is gone with them. ``ends``: a paragraph."""
        parts = []
        for node in run:
            if node.kind == "text":
                parts.append(decode(self.comments.strip(node.text)))
            elif node.kind == "verbatim":
                parts.append(self.comments.restore(node.text))
            elif node.kind in ("entity", "curled", "symbol"):
                parts.append(node.text)
            elif node.kind == "comment":
                parts.append(_COMMENT)
        text = "".join(parts)
        if _COMMENT in text:
            text = _COMMENT_LINE.sub("", text).replace(_COMMENT, "")
            return text.rstrip() if ends else text
        return text

    def _open(self, parent: Element, node: Node) -> tuple[Element, Node]:
        """Add what a node becomes; return the element that its children go into, and the node that holds them."""
        special = _SPECIAL.get(node.kind)
        if special:
            return special(self, parent, node)
        element = SubElement(parent, node.kind, self._attributes(node))
        if node.kind in _HOLD_BLOCKS or (node.kind in ("li", "dd") and _begins_with_block(node)):
            element.text = "\n"
        if node.kind not in _SPANS:
            element.tail = "\n"
        if node.kind in ("td", "th") and not node.children:
            element.text = _NBSP
        return element, node

    def _attributes(self, node: Node) -> dict[str, str]:
        if not node.attributes:
            return {}
        return {
            key: decode(self.comments.strip(value))
            for key, value in node.attributes.items()
            if key != "id" or value.strip()
        }

    def _paragraph(self, parent: Element, node: Node) -> tuple[Element, Node]:
        if node.transparent:
            return parent, node
        only = node.children[0] if len(node.children) == 1 else None
        if only is not None and only.kind == "img" and only.ial and "standalone" in only.ial.references:
            return self._figure(parent, node, only)
        if node.children and all(child.kind == "comment" for child in node.children):
            return parent, Node("p")
        element = SubElement(parent, "p", self._attributes(node))
        element.tail = "\n"
        return element, node

    def _figure(self, parent: Element, node: Node, image: Node) -> tuple[Element, Node]:
        """Render an image with `{:standalone}` as a figure; its class and id move to the figure."""
        attributes, inner = self._attributes(node), self._attributes(image)
        for key in ("class", "id"):
            if key in inner and key not in attributes:
                attributes[key] = inner.pop(key)
        figure = SubElement(parent, "figure", attributes)
        figure.text = figure.tail = "\n"
        SubElement(figure, "img", inner).tail = "\n"
        caption = SubElement(figure, "figcaption")
        caption.text, caption.tail = inner.get("alt", ""), "\n"
        return figure, Node("figure")

    def _heading(self, parent: Element, node: Node) -> tuple[Element, Node]:
        if "id" not in node.attributes:
            node.attributes["id"] = section_id(node.plain, self.used_ids)
        if "no_toc" not in node.attributes.get("class", "").split():
            self.contents.append((node.level, node.attributes["id"], node))
        element = SubElement(parent, f"h{node.level}", self._attributes(node))
        element.tail = "\n"
        return element, node

    def _list(self, parent: Element, node: Node) -> tuple[Element, Node]:
        references = node.ial.references if node.ial else []
        element = SubElement(parent, node.kind, self._attributes(node))
        element.text = element.tail = "\n"
        if "toc" in references and not self.contents_at:
            self.contents_at = element, node
            return element, Node(node.kind)
        if "footnotes" in references and self.footnotes_at is None:
            self.footnotes_at = element
            return element, Node(node.kind)
        return element, node

    def _code_block(self, parent: Element, node: Node) -> tuple[Element, Node]:
        attributes = self._attributes(node)
        names = [name for name in attributes.pop("class", "").split() if not name.startswith("language-")]
        given = [name for name in node.attributes.get("class", "").split() if name.startswith("language-")]
        language = node.language or (given[0].removeprefix("language-") if given else "")
        word = given[0] if given else "language-plaintext"
        outer = SubElement(parent, "div", {"class": " ".join([word, *names, "highlighter-rouge"]), **attributes})
        outer.tail = "\n"
        box = SubElement(outer, "div", {"class": "highlight"})
        code = SubElement(SubElement(box, "pre", {"class": "highlight"}), "code")
        highlight(code, self.comments.restore(node.text), language)
        return code, Node("code")

    def _code_span(self, parent: Element, node: Node) -> tuple[Element, Node]:
        element = SubElement(parent, "code", self._attributes(node))
        element.text = self.comments.restore(node.text)
        return element, node

    def _html(self, parent: Element, node: Node) -> tuple[Element, Node]:
        attributes = {
            key: decode(self.comments.restore(value))
            for key, value in node.attributes.items()
            if key != "id" or value.strip()
        }
        element = SubElement(parent, node.text, attributes)
        if node.model == "block":
            element.text = "\n"
        if not node.inline:
            element.tail = "\n"
        return element, node

    def _math(self, parent: Element, node: Node) -> tuple[Element, Node]:
        source = self.comments.strip(node.text)
        element = self.math(source, not node.inline)
        element.attrib.update(self._attributes(node))
        if not node.inline:
            element.tail = "\n"
        parent.append(element)
        return element, Node("math")

    def _abbreviation(self, parent: Element, node: Node) -> tuple[Element, Node]:
        element = SubElement(parent, "abbr", self._attributes(node))
        element.text = node.text
        return element, Node("abbr")

    def _raw(self, parent: Element, node: Node) -> tuple[Element, Node]:
        """Let `{::nomarkdown}` through as it stands, without its comments."""
        _append_text(parent, self.stash(COMMENT.sub("", self.comments.strip(node.text))))
        return parent, Node("raw")

    def _footnote(self, parent: Element, node: Node) -> tuple[Element, Node]:
        name = node.text
        assert node.target is not None  # noqa: S101  # its parser sets it
        if name not in self.footnotes:
            self.footnotes[name] = len(self.footnotes) + 1, node.target
            self.footnote_order.append(name)
        number = self.footnotes[name][0]
        repeat = f":{self.footnote_uses[name]}" if self.footnote_uses[name] else ""
        self.footnote_uses[name] += 1
        mark = SubElement(parent, "sup", {"id": f"fnref:{name}{repeat}", "role": "doc-noteref"})
        link = SubElement(mark, "a", {"href": f"#fn:{name}", "class": "footnote", "rel": "footnote"})
        link.text = str(number)
        return link, Node("footnote")

    def _render_footnotes(self) -> None:
        place = self.footnotes_at
        if place is None:
            place = SubElement(self.root, "div")
            place.tail = "\n"
        place.tag, place.text = "div", "\n"
        place.attrib = {"class": "footnotes", "role": "doc-endnotes"}
        numbered = SubElement(place, "ol")
        numbered.text = numbered.tail = "\n"
        for name in self.footnote_order:  # it grows: a footnote may hold the first marker of another
            content = self.footnotes[name][1]
            item = SubElement(numbered, "li", {"id": f"fn:{name}", "role": "doc-endnote"})
            item.text = item.tail = "\n"
            self._fill(item, content)
        for item in numbered:
            name = item.attrib["id"].removeprefix("fn:")
            self._add_backlinks(item, name, self.footnote_uses[name])

    def _add_backlinks(self, item: Element, name: str, uses: int) -> None:
        """Add a link back to each marker, to the last paragraph if the footnote ends with one."""
        ends_with_text = len(item) > 0 and item[-1].tag == "p"
        last = item[-1] if ends_with_text else SubElement(item, "p")
        last.tail = "\n"
        for use in range(uses):
            if use or ends_with_text:
                _append_text(last, _NBSP)
            target = f"#fnref:{name}:{use}" if use else f"#fnref:{name}"
            link = SubElement(last, "a", {"href": target, "class": "reversefootnote", "role": "doc-backlink"})
            link.text = _BACKLINK
            if use:
                SubElement(link, "sup").text = str(use + 1)

    def _render_contents(self, place: Element, node: Node) -> None:
        """Fill the list that carried `{:toc}` with links to the headings."""
        place.attrib.setdefault("id", "markdown-toc")
        prefix = place.attrib["id"]
        open_lists: list[tuple[int, Element]] = [(0, place)]
        for level, identifier, heading in self.contents:
            while open_lists[-1][0] >= level:
                open_lists.pop()
            parent = open_lists[-1][1]
            target = parent if parent is place else _inner_list(parent, node.kind)
            item = SubElement(target, "li")
            item.tail = "\n"
            link = SubElement(item, "a", {"href": f"#{identifier}", "id": f"{prefix}-{identifier}"})
            self._fill(link, _for_contents(heading))
            open_lists.append((level, item))
        if not self.contents:
            for parent in self.root.iter():
                if place in list(parent):
                    parent.remove(place)
                    break


def _inner_list(item: Element, kind: str) -> Element:
    """Return the list within an entry, made when its first entry comes."""
    if len(item) and item[-1].tag == kind:
        return item[-1]
    inner = SubElement(item, kind)
    inner.text = inner.tail = "\n"
    return inner


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


def _runs(children: list[Node]) -> Iterator[list[Node]]:
    """Return the children one by one, but texts that follow each other together."""
    for is_text, run in groupby(children, key=lambda child: child.kind in _TEXTS):
        if is_text:
            yield list(run)
        else:
            for child in run:
                yield [child]


def _append_text(parent: Element, text: str) -> None:
    if not text:
        return
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _begins_with_block(node: Node) -> bool:
    return bool(node.children) and not (node.children[0].kind == "p" and node.children[0].transparent)


Special = Callable[[Renderer, Element, Node], tuple[Element, Node]]
_SPECIAL: dict[str, Special] = {
    "p": Renderer._paragraph,
    "header": Renderer._heading,
    "ul": Renderer._list,
    "ol": Renderer._list,
    "codeblock": Renderer._code_block,
    "codespan": Renderer._code_span,
    "html": Renderer._html,
    "math": Renderer._math,
    "abbreviation": Renderer._abbreviation,
    "raw": Renderer._raw,
    "footnote": Renderer._footnote,
}
