"""An SVG → the same drawing without what programs wrote into it, and on demand without what acts or loads.

The drawing is parsed and written anew, so that nothing that a parser would not see can hide in it: comments, processing
instructions and entities are gone, and with them every element and attribute of a foreign namespace (Inkscape,
Illustrator, RDF …), ``<metadata>``, the drawing's source that draw.io adds, and addresses of files on a disk.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from .problems import InvalidValueError

LARGEST = 32_000_000  # bytes of a drawing that is parsed; a parsed one takes some ten times its size

_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = ("", _SVG, "http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML")
_PREFIXES = {"": "", "http://www.w3.org/1999/xlink": "xlink:", "http://www.w3.org/XML/1998/namespace": "xml:"}
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?svg[\s/>]",
    re.DOTALL,
)
_WRITTEN = re.compile(  # what programs write
    rb"<!--|<\?(?!xml[\s-])|<!ENTITY|<metadata|\bdata:|\bfile:|\bcontent\s*=|"
    rb"\bxmlns(?::[\w.-]+)?\s*=\s*[\"'](?!http://www\.w3\.org/(?:2000/svg|1999/x|XML/1998/|1998/Math/))"
)
_STYLESHEET = re.compile(rb"<\?xml-stylesheet\s.*?\?>", re.DOTALL)
_PICTURE = re.compile(r"data:image/[\w.+-]+;base64,")
# In a drawing that must not act:
_ACTING = frozenset("script foreignobject iframe object embed audio video canvas handler listener".split())
_HARMLESS = re.compile(r"#|data:image/(?:png|jpe?g|gif|webp|avif)[;,]")
_LOADING = re.compile(r"\\|@import|image-set\(|src\(|expression\(|javascript:|url\(\s*+[\"']?+(?!#)", re.IGNORECASE)


def is_svg(data: bytes | memoryview) -> bool:
    """Return whether a file is an SVG: the first element, behind the prolog, is one."""
    return _ROOT.match(data) is not None


def has_script(data: bytes | memoryview) -> bool:
    """Return whether a drawing holds a script."""
    return re.search(rb"<(?:[\w.-]+:)?script[\s/>]", data) is not None


def holds_more(data: bytes | memoryview) -> bool:
    """Return whether a drawing may hold more than what is drawn: a quick look, that need not parse it."""
    return _WRITTEN.search(data) is not None


def clean_svg(data: bytes, clean_picture: Callable[[bytes], bytes] = bytes, *, passive: bool = False) -> bytes:
    """Return a drawing without what programs wrote into it; ``clean_picture`` cleans the pictures inside.

    A ``passive`` one keeps nothing either that acts (scripts, event handlers), that is no drawing, or that loads
    something from elsewhere. Raises InvalidValueError for what cannot be parsed.
    """
    if len(data) > LARGEST:
        raise InvalidValueError(f"is a drawing of more than {LARGEST // 1_000_000} MB", "make it smaller")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314  (expat limits entities, and fetches nothing)
        cleaner = _Cleaner(clean_picture, passive)
        cleaner.clean(root)
        written = ElementTree.tostring(root, encoding="unicode").encode()
    except (ElementTree.ParseError, RecursionError, ValueError, LookupError) as error:
        raise InvalidValueError(f"is no well-formed SVG ({error})", "save it again as plain SVG") from None
    if not (cleaner.changed or b"<!" in data or holds_more(data)):
        return data
    styles = [] if passive else _STYLESHEET.findall(data)
    return b"\n".join([*styles, written, b""])


class _Cleaner:
    """Cleans a parsed drawing in place, and gives its elements and attributes the names that they are written with."""

    def __init__(self, clean_picture: Callable[[bytes], bytes], passive: bool) -> None:
        self._clean_picture, self._passive = clean_picture, passive
        self._has_links = False
        self.changed = False

    def clean(self, root: Element) -> None:
        """Clean all of it, without recursion."""
        waiting = [(root, "")]
        while waiting:
            element, outer = waiting.pop()
            namespace, name = _split(element.tag)
            element.tag = name
            self._clean_attributes(element, name)
            if element is root:
                element.attrib.pop("content", None)
            if namespace != outer:
                element.set("xmlns", namespace)
            kept: list[Element] = []
            for child in element:
                if self._stays(child):
                    kept.append(child)
                    waiting.append((child, namespace))
                elif child.tail and kept:
                    kept[-1].tail = (kept[-1].tail or "") + child.tail
                elif child.tail:
                    element.text = (element.text or "") + child.tail
            self.changed |= len(kept) < len(element)
            element[:] = kept
        if self._has_links:
            root.set("xmlns:xlink", "http://www.w3.org/1999/xlink")

    def _stays(self, element: Element) -> bool:
        namespace, name = _split(element.tag)
        name = name.lower()
        if namespace not in _ELEMENTS or (name == "metadata" and namespace == _SVG):
            return False
        if not self._passive:
            return True
        animated = element.get("attributeName", "").lower()
        return (
            namespace in _ELEMENTS[:2]
            and name not in _ACTING
            and not (name == "style" and _LOADING.search("".join(element.itertext())))
            and not (animated.startswith("on") or animated.endswith("href"))
        )

    def _clean_attributes(self, element: Element, tag: str) -> None:
        attributes = list(element.items())
        element.attrib.clear()
        for key, value in attributes:
            namespace, name = _split(key)
            if namespace not in _PREFIXES or value.lstrip().lower().startswith("file:"):
                continue
            if self._passive and not _is_passive(namespace, name.lower(), value.strip()):
                continue
            if picture := _PICTURE.match(value):
                cleaned = self._clean_picture(b64decode(value[picture.end() :]))
                value = picture[0] + b64encode(cleaned).decode()
            self._has_links |= _PREFIXES[namespace] == "xlink:"
            element.set(_PREFIXES[namespace] + name, value)
        self.changed |= len(element.attrib) < len(attributes)


def _is_passive(namespace: str, name: str, value: str) -> bool:
    """Return whether an attribute neither acts nor loads something."""
    if name.startswith("on") or name in ("base", "ping"):
        return False
    if name in ("href", "src"):
        return _HARMLESS.match(value) is not None
    return not _LOADING.search(value)


def _split(name: str) -> tuple[str, str]:
    """Return the namespace and the local part of a name as ElementTree has it: ``{namespace}name``."""
    namespace, closing, local = name.rpartition("}")
    return (namespace[1:], local) if closing else ("", name)
