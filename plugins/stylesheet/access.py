"""Add what kramdown's HTML lacks for keyboards and screen readers.

The converter's output is Jekyll's to the letter; this step comes after it, on the tree of the page.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

# Letters that fit on a line of the narrowest telephone, 320 px; of a formula, which has few, with text of twice the
# size. What is never wider never scrolls, and needs no stop of the keyboard.
_CODE, _TABLE, _CELL, _FORMULA = 30, 34, 3, 7


def make_accessible(root: Element, words: Mapping[str, str]) -> None:
    """Change a converted page in place; ``words`` are the theme's, which name what an author does not."""
    for parent in list(root.iter()):
        for index, child in enumerate(parent):
            if child.tag == "pre" and _may_scroll(child):
                _make_reachable(child, words["code"])
                _set_default(child, "role", "group")
            elif child.tag == "table" and _may_scroll(child):
                _make_reachable(child, words["table"])
            elif child.tag == "math" and child.get("display") == "block" and parent.get("class") != "formula":
                parent[index] = _scrolling(child, words["formula"])
            elif child.tag == "input" and child.get("class") == "task-list-item-checkbox":
                _set_default(child, "aria-label", words["task"])  # a form field has a name (WCAG 2.2, 4.1.2)
            elif child.tag == "sup" and child.get("role") == "doc-noteref" and len(child) and child[0].tag == "a":
                del child.attrib["role"]  # it belongs to the link, not to the raised number (ARIA in HTML)
                _set_default(child[0], "role", "doc-noteref")
            elif child.tag == "li" and child.get("role") == "doc-endnote":
                del child.attrib["role"]  # removed in DPUB-ARIA 1.1: a list item is enough


def _may_scroll(element: Element) -> bool:
    """Return whether an element may be wider than the narrowest telephone; the styles let it scroll then."""
    if element.tag == "pre":
        return any(len(line.expandtabs(4)) > _CODE for line in "".join(element.itertext()).split("\n"))
    if element.tag == "math":
        return sum(len((part.text or "").strip()) for part in element.iter()) > _FORMULA
    return any(sum(_CELL + _widest(cell) for cell in row) > _TABLE for row in element.iter("tr"))


def _widest(cell: Element) -> int:
    """Return the letters of a cell's longest word; a picture counts as one that is too long."""
    if cell.find(".//img") is not None:
        return _TABLE
    return max(map(len, "".join(cell.itertext()).split()), default=0)


def _make_reachable(element: Element, name: str) -> None:
    """Let a keyboard reach what scrolls (2.1.1), and say what it is."""
    _set_default(element, "aria-label", name)
    _set_default(element, "tabindex", "0")


def _set_default(element: Element, name: str, value: str) -> None:
    """Set an attribute, as the first one; a value that the author has set stays."""
    element.attrib = {name: value, **element.attrib}


def _scrolling(formula: Element, name: str) -> Element:
    """Return a formula in an element that can scroll."""
    box = Element("span", {"class": "formula"})
    if _may_scroll(formula):
        box.set("role", "group")
        _make_reachable(box, name)
    box.append(formula)
    box.tail, formula.tail = formula.tail, None
    return box
