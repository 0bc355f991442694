"""Texts → HTML by single parts of kramdown: what filters and tags do before Markdown is read."""

from xml.etree.ElementTree import Element

from .. import spans
from ..engine.definitions import Definitions
from ..engine.tree import Node
from ..input.comments import Comments
from ..output.elements import to_html
from ..output.rendering import Renderer, highlight


def smarten(text: str) -> str:
    """Return a text of HTML with quotes that curl, dashes and ellipses, as Jekyll's ``smartify`` does."""
    root = Node("root")
    root.children = spans.parse(text, Definitions(room=0), only=spans.SMART)
    return _inside(Renderer(Comments(), lambda tex, block: Element("math"), str).render(root))


def highlighted(code: str, language: str) -> str:
    """Return the HTML inside a ``<code>`` that shows some code."""
    element = Element("code")
    highlight(element, code, language)
    return _inside(element)


def _inside(element: Element) -> str:
    return to_html(element).partition(">")[2].rpartition("<")[0]
