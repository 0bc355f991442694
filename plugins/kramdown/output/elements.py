"""Operations that ElementTree lacks, and its serialization to HTML."""

from xml.etree.ElementTree import Comment, Element, ProcessingInstruction, SubElement

from ...markup import VOID
from ..engine.html_elements import VERBATIM

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def add_block(parent: Element, tag: str, attributes: dict[str, str], *, holds_blocks: bool = False) -> Element:
    """Add an element that ends its line, with its content on lines of its own if it holds blocks."""
    element = SubElement(parent, tag, attributes)
    element.text, element.tail = "\n" if holds_blocks else None, "\n"
    return element


def append_text(parent: Element, text: str) -> None:
    """Add text after all that the element holds."""
    element, name = (parent[-1], "tail") if len(parent) else (parent, "text")
    whole: str = getattr(element, name) or ""
    setattr(element, name, None)  # the only reference left is ours: Python appends in place, and copies nothing
    whole += text
    setattr(element, name, whole)


def remove(root: Element, element: Element) -> None:
    """Remove an element from wherever it stands below ``root``, with the text after it."""
    for parent in root.iter():
        if element in list(parent):
            parent.remove(element)
            return


def to_html(root: Element, *, empty: bool = False) -> str:
    """Return the element as HTML; without recursion, since a page may leave a thousand `<li>` open.

    ``empty`` says that nobody needs the tree any more: its memory is then given back for the text that it becomes.

    In this package's trees, text is literal: every `&`, `<` and `>` is one that a reader sees. Python-Markdown's own
    serializer takes `&amp;` in a text for a finished reference, and sorts attributes.
    """
    out: list[str] = []
    waiting: list[Element | str] = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            out.append(element)
            continue
        if element.tail:
            waiting.append(element.tail.translate(_TEXT))
        tag = element.tag
        if tag is Comment or tag is ProcessingInstruction:  # type: ignore[comparison-overlap]  # both are functions
            continue
        attributes = "".join(f' {key}="{value.translate(_ATTRIBUTE)}"' for key, value in element.items())
        out.append(f"<{tag}{attributes}>")
        if tag in VOID and not element.text and not len(element):
            continue
        if element.text:
            out.append(element.text if tag in VERBATIM else element.text.translate(_TEXT))
        waiting.append(f"</{tag}>")
        waiting.extend(reversed(element))
        if empty:
            element.clear()
    return "".join(out)
