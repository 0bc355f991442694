"""The finished tree to ElementTree, which Python-Markdown's tree processors change and its `convert` serializes."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from ..engine.tree import Node
from ..heading_ids import kramdown_id
from ..input.comments import MARK, Comments
from ..spans.characters import decode
from .collected import Contents, Footnotes
from .elements import add_block, append_text

_TEXTS = frozenset(("text", "entity", "curled", "symbol", "blank", "eob", "comment", "verbatim"))
_SPANS = frozenset(("a", "em", "strong", "br", "img", "codespan", "abbreviation", "footnote"))
_HOLD_BLOCKS = frozenset("blockquote ul ol dl table thead tbody tfoot tr".split())
_NBSP = "\u00a0"
_COMMENT_LINE = re.compile(rf"\n[ \t]*(?:{MARK}[ \t]*)+(?=\n)")

# The element that a node's children go into, and the node that holds them; None if no child is left to be rendered.
_Opened = tuple[Element, Node] | None


class Renderer:
    """Renders one document."""

    def __init__(self, comments: Comments, math: Callable[[str, bool], Element], stash: Callable[[str], str]) -> None:
        """Create a renderer.

        ``math`` translates TeX (True: as a block); ``stash`` keeps raw HTML until the end and returns a placeholder.
        """
        self.comments, self.math, self.stash = comments, math, stash
        self.contents = Contents()
        self.footnotes = Footnotes()
        self.used_ids: Counter[str] = Counter()

    def render(self, tree: Node) -> Element:
        """Return the document's root element."""
        root = Element("div")
        self._fill(root, tree)
        self.footnotes.render(root, self._fill)
        self.contents.render(root, self._fill)
        return root

    def _fill(self, element: Element, node: Node) -> None:
        """Render a node's children into an element, depth first but without recursion."""
        waiting: list[tuple[Element, Node, Iterator[list[Node]]]] = [(element, node, _runs(node.children))]
        while waiting:
            parent, holder, runs = waiting[-1]
            run = next(runs, None)
            if run is None:
                waiting.pop()
            elif run[0].kind in _TEXTS:
                append_text(parent, self._text(run, ends=holder.kind == "p" and run[-1] is holder.children[-1]))
            else:
                opened = self._open(parent, run[0])
                if opened:
                    waiting.append((*opened, _runs(opened[1].children)))

    def _text(self, run: list[Node], *, ends: bool) -> str:
        """Return a run's text, without lines that held only comments. ``ends``: it is the end of a paragraph."""
        parts = []
        for node in run:
            if node.kind == "text":
                parts.append(decode(self.comments.strip(node.text)))
            elif node.kind == "verbatim":
                parts.append(self.comments.published(node.text))
            elif node.kind in ("entity", "curled", "symbol"):
                parts.append(node.text)
            elif node.kind == "comment":
                parts.append(MARK)
        text = "".join(parts)
        if MARK in text:
            text = _COMMENT_LINE.sub("", text).replace(MARK, "")
            return text.rstrip() if ends else text
        return text

    def _open(self, parent: Element, node: Node) -> _Opened:
        """Add a node's element; return where its children go, unless they are rendered with it."""
        if special := _SPECIAL.get(node.kind):
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
        attributes = node.attributes.items()
        return {key: decode(self.comments.strip(value)) for key, value in attributes if key != "id" or value.strip()}

    def _paragraph(self, parent: Element, node: Node) -> _Opened:
        if node.transparent:
            return parent, node
        only = node.children[0] if len(node.children) == 1 else None
        if only is not None and only.kind == "img" and only.ial and "standalone" in only.ial.references:
            return self._figure(parent, node, only)
        if node.children and all(child.kind == "comment" for child in node.children):
            return None
        return add_block(parent, "p", self._attributes(node)), node

    def _figure(self, parent: Element, node: Node, image: Node) -> _Opened:
        """Render an image with `{:standalone}` as a figure, which takes the image's class and id."""
        attributes, inner = self._attributes(node), self._attributes(image)
        for key in ("class", "id"):
            if key in inner and key not in attributes:
                attributes[key] = inner.pop(key)
        figure = add_block(parent, "figure", attributes, holds_blocks=True)
        add_block(figure, "img", inner)
        add_block(figure, "figcaption", {}).text = inner.get("alt", "")
        return None

    def _heading(self, parent: Element, node: Node) -> _Opened:
        if "id" not in node.attributes:
            node.attributes["id"] = kramdown_id(node.plain, self.used_ids)
        self.contents.add_heading(node)
        return add_block(parent, f"h{node.level}", self._attributes(node)), node

    def _list(self, parent: Element, node: Node) -> _Opened:
        references = node.ial.references if node.ial else []
        element = add_block(parent, node.kind, self._attributes(node), holds_blocks=True)
        for name, part in (("toc", self.contents), ("footnotes", self.footnotes)):
            if name in references and part.place is None:
                part.place = element
                return None
        return element, node

    def _code_block(self, parent: Element, node: Node) -> None:
        attributes = self._attributes(node)
        names = [name for name in attributes.pop("class", "").split() if not name.startswith("language-")]
        classes = self.comments.strip(node.attributes.get("class", ""))
        given = [name for name in classes.split() if name.startswith("language-")]
        language = node.language or (given[0].removeprefix("language-") if given else "")
        word = given[0] if given else "language-plaintext"
        outer = add_block(parent, "div", {"class": " ".join([word, *names, "highlighter-rouge"]), **attributes})
        box = SubElement(outer, "div", {"class": "highlight"})
        code = SubElement(SubElement(box, "pre", {"class": "highlight"}), "code")
        highlight(code, self.comments.published(node.text), language)

    def _code_span(self, parent: Element, node: Node) -> None:
        SubElement(parent, "code", self._attributes(node)).text = self.comments.published(node.text)

    def _html(self, parent: Element, node: Node) -> _Opened:
        element = SubElement(parent, node.text, self._attributes(node))
        element.text = "\n" if node.model == "block" else None
        element.tail = None if node.inline else "\n"
        return element, node

    def _math(self, parent: Element, node: Node) -> None:
        element = self.math(self.comments.strip(node.text), not node.inline)
        element.attrib.update(self._attributes(node))
        element.tail = None if node.inline else "\n"
        parent.append(element)

    def _abbreviation(self, parent: Element, node: Node) -> None:
        SubElement(parent, "abbr", self._attributes(node)).text = node.text

    def _raw(self, parent: Element, node: Node) -> None:
        """Keep the body of `{::nomarkdown}` as it is, without its comments."""
        append_text(parent, self.stash(self.comments.strip(node.text)))

    def _footnote(self, parent: Element, node: Node) -> None:
        assert node.target is not None  # noqa: S101  # its parser sets it
        self.footnotes.add_marker(parent, node.text, node.target)


def _runs(children: list[Node]) -> Iterator[list[Node]]:
    """Yield the children one by one, but consecutive texts together."""
    for is_text, run in groupby(children, key=lambda child: child.kind in _TEXTS):
        if is_text:
            yield list(run)
        else:
            for child in run:
                yield [child]


def _begins_with_block(node: Node) -> bool:
    return bool(node.children) and not (node.children[0].kind == "p" and node.children[0].transparent)


def highlight(code: Element, source: str, language: str) -> None:
    """Fill a `<code>` with the source, with Pygments' spans if the language is known; they have the classes of Rouge.

    Pygments is loaded only if a language is named.
    """
    code.text = source
    if not language:
        return
    from pygments.lexers import get_lexer_by_name
    from pygments.token import STANDARD_TYPES

    name = language.partition("?")[0].lower()
    if name in _languages(plugins=False) or name in _languages(plugins=True):
        lexer = get_lexer_by_name(name, stripnl=False, ensurenl=False)
        code.text = None
        for kind, text in lexer.get_tokens(source):
            if name := STANDARD_TYPES.get(kind, ""):
                SubElement(code, "span", {"class": name}).text = text
            else:
                append_text(code, text)


@cache
def _languages(*, plugins: bool) -> frozenset[str]:
    """Return the names that Pygments knows; it looks for an unknown one in all installed packages, each time."""
    from pygments.lexers import get_all_lexers

    return frozenset(alias.lower() for _, aliases, _, _ in get_all_lexers(plugins) for alias in aliases)


_SPECIAL: dict[str, Callable[[Renderer, Element, Node], _Opened]] = {
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
