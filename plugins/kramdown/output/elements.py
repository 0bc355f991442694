"""Operations that ElementTree lacks."""

from xml.etree.ElementTree import Element


def append_text(parent: Element, text: str) -> None:
    """Add text after all that the element holds."""
    if not text:
        return
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def remove(root: Element, element: Element) -> None:
    """Remove an element from wherever it stands below ``root``, with the text after it."""
    for parent in root.iter():
        if element in list(parent):
            parent.remove(element)
            return
