"""Operations that ElementTree lacks."""

from xml.etree.ElementTree import Element, SubElement


def add_block(parent: Element, tag: str, attributes: dict[str, str], *, holds_blocks: bool = False) -> Element:
    """Add an element that ends its line, with its content on lines of its own if it holds blocks."""
    element = SubElement(parent, tag, attributes)
    element.text, element.tail = "\n" if holds_blocks else None, "\n"
    return element


def append_text(parent: Element, text: str) -> None:
    """Add text after all that the element holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    elif text:
        parent.text = (parent.text or "") + text


def remove(root: Element, element: Element) -> None:
    """Remove an element from wherever it stands below ``root``, with the text after it."""
    for parent in root.iter():
        if element in list(parent):
            parent.remove(element)
            return
