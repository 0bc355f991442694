"""ElementTree to HTML. In this package's trees, text is literal: every `&`, `<` and `>` is one that a reader sees.

Python-Markdown's own serializer takes `&amp;` in a text for a finished reference, and sorts attributes.
"""

from xml.etree.ElementTree import Comment, Element, ProcessingInstruction

from ...markup import VOID
from ..engine.html_elements import VERBATIM

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def to_html(root: Element) -> str:
    """Return the element as HTML; without recursion, since a page may leave a thousand `<li>` open."""
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
    return "".join(out)
