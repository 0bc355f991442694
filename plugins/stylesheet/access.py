"""Add what kramdown's HTML lacks for keyboards and screen readers.

The converter's output is Jekyll's to the letter; this step comes after it, on the tree of the page.
"""

from xml.etree.ElementTree import Element


def make_accessible(root: Element, task: str) -> None:
    """Change a converted page in place; ``task`` is the name of a checkbox in a list of tasks."""
    for parent in list(root.iter()):
        for index, child in enumerate(parent):
            if child.tag in ("pre", "table"):
                # The styles let these scroll, and what scrolls must be reachable by keyboard (WCAG 2.2, 2.1.1).
                _set_default(child, "tabindex", "0")
            elif child.tag == "math" and child.get("display") == "block" and "tabindex" not in parent.attrib:
                parent[index] = _scrolling(child)
            elif child.tag == "input" and child.get("class") == "task-list-item-checkbox":
                _set_default(child, "aria-label", task)  # a form field has a name (4.1.2)
            elif child.tag == "sup" and child.get("role") == "doc-noteref" and len(child) and child[0].tag == "a":
                del child.attrib["role"]  # it belongs to the link, not to the raised number (ARIA in HTML)
                _set_default(child[0], "role", "doc-noteref")
            elif child.tag == "li" and child.get("role") == "doc-endnote":
                del child.attrib["role"]  # removed in DPUB-ARIA 1.1: a list item is enough


def _set_default(element: Element, name: str, value: str) -> None:
    """Set an attribute, as the first one; a value that the author has set stays."""
    element.attrib = {name: value, **element.attrib}


def _scrolling(formula: Element) -> Element:
    """Return a wide formula in an element that can scroll."""
    box = Element("span", {"class": "formula", "tabindex": "0"})
    box.append(formula)
    box.tail, formula.tail = formula.tail, None
    return box
