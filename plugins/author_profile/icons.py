"""An icon's name → a small inline SVG in the text's colour. An edge: reads theme/icons.

1. ``theme/icons/NAME.svg``, which always wins: any SVG that the author drops there;
2. ``ELSEWHERE``: the icons whose name there is another, or that Simple Icons does not have;
3. Simple Icons (CC0), by the name itself;
4. the icon of a plain link.
"""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path

from markupsafe import Markup

# name → collection and the icon's name in it. Font Awesome Free's icons are CC BY 4.0, Simple Icons' CC0.
ELSEWHERE = {
    "inspire-hep": ("simple_icons_pack", "inspire"),
    "ieee": ("", ""),  # words too small to read at this size: a plain link's icon says more
    "ssrn": ("", ""),
    "kaggle": ("fontawesome_free_pack", "brands/kaggle"),
    "codepen": ("fontawesome_free_pack", "brands/codepen"),
    "lastfm": ("fontawesome_free_pack", "brands/lastfm"),
    "linkedin": ("fontawesome_free_pack", "brands/linkedin"),
    "weibo": ("fontawesome_free_pack", "brands/weibo"),
    "webofscience": ("simple_icons_pack", "clarivate"),
}
PLAIN = "link"

SVG = "http://www.w3.org/2000/svg"
SHAPES = frozenset("g path circle ellipse line polygon polyline rect".split())
GEOMETRY = frozenset(
    "d cx cy r rx ry x y x1 y1 x2 y2 width height points transform fill-rule clip-rule stroke-width stroke-linecap "
    "stroke-linejoin stroke-miterlimit stroke-dasharray opacity fill-opacity stroke-opacity".split()
)


def icon(name: str, folder: Path, complain: Callable[[Path, str], None]) -> Markup:
    """Return the icon called ``name``; ``complain`` is told of a file of the author's that is no SVG."""
    file = folder / f"{name}.svg"
    if re.fullmatch(r"[\w-]+", name) and file.is_file():
        try:
            return minimal(file.read_text("utf-8"))
        except ValueError as error:
            complain(file, str(error))
    collected = _collected(*ELSEWHERE.get(name, ("simple_icons_pack", name)))
    if collected is not None:
        return collected
    return Markup() if name == PLAIN else icon(PLAIN, folder, complain)


@cache
def _collected(collection: str, name: str) -> Markup | None:
    """Return an icon of an installed collection, or None; a collection is loaded when it is first asked."""
    if not collection:
        return None
    found = import_module(collection).get_icon(name)
    return minimal(found.svg) if found else None


def minimal(svg: str) -> Markup:
    """Return an SVG reduced to its shapes, in ``currentColor``: no size, title, script, style, id or colour of its own.

    Raises ValueError with the reason for a text that is no SVG.
    """
    if "<!ENTITY" in svg:
        raise ValueError("declares entities, which an icon does not need")
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314  (entities are refused above)
    except ElementTree.ParseError as error:
        raise ValueError(f"is no SVG: {error}") from None
    if root.tag not in (f"{{{SVG}}}svg", "svg"):
        raise ValueError("is no SVG")
    box = root.get("viewBox") or f"0 0 {_number(root.get('width'))} {_number(root.get('height'))}"
    shapes = Markup().join(_shape(child) for child in root)
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    paint = _paint(root)
    return Markup('<svg viewBox="{}" fill="currentColor" aria-hidden="true">{}</svg>').format(
        " ".join(re.split(r"[\s,]+", box.strip())), Markup("<g{}>{}</g>").format(paint, shapes) if paint else shapes
    )


def _number(size: str | None) -> str:
    match = re.match(r"[\d.]+", size or "")
    return match[0] if match else "24"


def _paint(element: ElementTree.Element) -> Markup:
    """Return the attributes of a shape that say where it is painted; every colour is the text's."""
    said: list[tuple[str, str]] = []
    if element.get("fill") == "none":
        said.append(("fill", "none"))
    if element.get("stroke", "none") != "none":
        said.append(("stroke", "currentColor"))
    kept = [(name, value) for name, value in element.items() if name in GEOMETRY]
    return Markup().join(Markup(' {}="{}"').format(name, " ".join(value.split())) for name, value in (*kept, *said))


def _shape(element: ElementTree.Element) -> Markup:
    tag = element.tag.removeprefix(f"{{{SVG}}}") if isinstance(element.tag, str) else ""
    if tag not in SHAPES:
        return Markup()
    inside = Markup().join(_shape(child) for child in element)
    ending = Markup(">{}</{}>").format(inside, tag) if inside else Markup("/>")
    return Markup("<{}{}{}").format(tag, _paint(element), ending)
