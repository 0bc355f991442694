"""An icon's name → a small inline SVG in the text's colour. The first match wins:

1. ``theme/icons/NAME.svg``: any SVG that the author puts there;
2. ``ELSEWHERE``: icons that have another name in Simple Icons, or are missing there;
3. Simple Icons (CC0), by the name itself;
4. the icon of a plain link.
"""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from functools import cache
from importlib import import_module

from markupsafe import Markup

from ..problems import InvalidValueError, Place, Problems
from ..utf8 import decode

# name → collection and the icon's name in it. Font Awesome Free's icons are CC BY 4.0, Simple Icons' CC0.
ELSEWHERE = {
    "inspire-hep": ("simple_icons_pack", "inspire"),
    "ieee": ("", ""),  # lettering too small to read at this size: a plain link's icon is clearer
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


def find_icon(name: str, read_icon: Callable[[str], bytes | None], problems: Problems) -> Markup:
    """Return the icon called ``name``; ``read_icon`` returns the theme's own SVG of a name, or None."""
    path = f"theme/icons/{name}.svg"
    data = read_icon(name) if re.fullmatch(r"[\w-]+", name) else None
    svg = decode(data, path, problems) if data is not None else None
    if svg is not None:
        try:
            return minimal_svg(svg)
        except InvalidValueError as error:
            problems.error(Place(path), error.message, "save it as a plain SVG")
    collected = _collected(*ELSEWHERE.get(name, ("simple_icons_pack", name)))
    if collected is not None or name == PLAIN:
        return collected or Markup()
    return find_icon(PLAIN, read_icon, problems)


@cache
def _collected(collection: str, name: str) -> Markup | None:
    """Return an icon of an installed collection, or None; a collection is imported when it is first used."""
    found = import_module(collection).get_icon(name) if collection else None
    return minimal_svg(found.svg) if found else None


def minimal_svg(svg: str) -> Markup:
    """Return an SVG reduced to its shapes, in ``currentColor``: no size, title, script, style, id or colour of its own.

    Raises InvalidValueError for anything else.
    """
    if "<!ENTITY" in svg:
        raise InvalidValueError("declares entities, which an icon does not need")
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314  (entities are refused above)
    except ElementTree.ParseError as error:
        raise InvalidValueError(f"is not an SVG: {error}") from None
    if root.tag not in (f"{{{SVG}}}svg", "svg"):
        raise InvalidValueError("is not an SVG")
    sides = (re.match(r"[\d.]+", root.attrib.pop(side, "")) for side in ("width", "height"))
    size = " ".join(side[0] if side else "24" for side in sides)
    box = root.get("viewBox") or f"0 0 {size}"
    shapes = Markup().join(_shape(child) for child in root)
    paint = _paint(root)
    return Markup('<svg viewBox="{}" fill="currentColor" aria-hidden="true">{}</svg>').format(
        " ".join(re.split(r"[\s,]+", box.strip())), Markup("<g{}>{}</g>").format(paint, shapes) if paint else shapes
    )


def _paint(element: ElementTree.Element) -> Markup:
    """Return the attributes of a shape's geometry and paint; every colour becomes the text's."""
    paint = {name: " ".join(value.split()) for name, value in element.items() if name in GEOMETRY}
    if element.get("fill") == "none":
        paint["fill"] = "none"
    if element.get("stroke", "none") != "none":
        paint["stroke"] = "currentColor"
    return Markup().join(Markup(' {}="{}"').format(name, value) for name, value in paint.items())


def _shape(element: ElementTree.Element) -> Markup:
    tag = element.tag.removeprefix(f"{{{SVG}}}") if isinstance(element.tag, str) else ""
    if tag not in SHAPES:
        return Markup()
    inside = Markup().join(_shape(child) for child in element)
    ending = Markup(">{}</{}>").format(inside, tag) if inside else Markup("/>")
    return Markup("<{}{}{}").format(tag, _paint(element), ending)
