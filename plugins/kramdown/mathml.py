"""TeX → MathML, so that no page needs a script to show a formula."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

# latex2mathml knows the numbered displays but not the same without one within a display.
_WITHIN = re.compile(r"\\(begin|end)\{(?:aligned|split)\}")


class MathError(Exception):
    """This TeX cannot be translated; the message says why."""


def to_mathml(source: str, *, block: bool) -> Element:
    """Return a `<math>` element whose `alttext` is the source. latex2mathml is loaded only when a page has math."""
    from latex2mathml.converter import convert

    try:
        known = _WITHIN.sub(r"\\\1{align*}", source)
        element = fromstring(convert(known, display="block" if block else "inline"))  # noqa: S314  # its own output
    except ParseError:
        raise MathError("'&' stands outside of a table") from None
    except RecursionError:
        raise MathError("it nests too deeply") from None
    except Exception as error:  # latex2mathml raises many kinds, and Python's own for some input
        raise MathError(f"{type(error).__name__} {error}".strip()) from error
    for part in element.iter():
        part.tag = part.tag.rpartition("}")[2]
        if part.tag == "mi" and (part.text or "").startswith("\\"):
            raise MathError(f"{part.text} is not known")
    element.attrib.pop("xmlns", None)
    element.set("alttext", source)
    return element


def as_source(source: str, *, block: bool) -> Element:
    """Return what is shown of math that cannot be translated: its TeX, readable as such."""
    element = Element("code", {"class": "math"})
    element.text = source
    if not block:
        return element
    paragraph = Element("p")
    paragraph.append(element)
    return paragraph
