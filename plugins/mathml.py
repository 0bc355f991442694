"""TeX to MathML, so that no page needs a script to show a formula."""

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

from .problems import InvalidValueError

# latex2mathml supports these environments only under the name of the display that contains them.
_ENVIRONMENTS = {"aligned": "align*", "split": "align*"}
_ENVIRONMENT = re.compile(rf"\\(begin|end)\{{({'|'.join(_ENVIRONMENTS)})\}}")

# It forgets that a single letter is upright: one of these areas of Unicode, which nobody writes, remembers it.
_UPRIGHT = re.compile(r"\\(?:mathrm|mathup|operatorname)\s*\{\s*([A-Za-z])\s*\}|\\mathrm\s+([A-Za-z])")
_MARKED = 0xE000
# The widths of spaces by name, which MathML Core has no more; a negative one is a margin.
_SPACES = {
    f"{sign}{name}mathspace": size
    for sign in ("", "negative")
    for name, size in zip(
        ("veryverythin", "verythin", "thin", "medium", "thick", "verythick", "veryverythick"),
        ("0.0556em", "0.1111em", "0.1667em", "0.2222em", "0.2778em", "0.3333em", "0.3889em"),
        strict=True,
    )
}


def to_mathml(source: str, *, block: bool) -> Element:
    """Return a `<math>` element whose `alttext` is the source. latex2mathml is loaded only when a page has math.

    Raises InvalidValueError for what cannot be translated.
    """
    from latex2mathml.converter import convert

    try:
        known = _ENVIRONMENT.sub(lambda match: f"\\{match[1]}{{{_ENVIRONMENTS[match[2]]}}}", source)
        known = _UPRIGHT.sub(lambda match: chr(_MARKED + ord(match[1] or match[2])), known)
        element = fromstring(convert(known, display="block" if block else "inline"))  # noqa: S314  # its own output
    except ParseError:
        raise InvalidValueError("'&' stands outside of a table") from None
    except RecursionError:
        raise InvalidValueError("it nests too deeply") from None
    except Exception as error:  # latex2mathml raises many kinds, and Python's own for some input
        raise InvalidValueError(f"{type(error).__name__} {error}".strip()) from error
    for part in element.iter():
        part.tag = part.tag.rpartition("}")[2]
        if part.tag == "mi" and (part.text or "").startswith("\\"):
            raise InvalidValueError(f"{part.text} is not known")
        if len(part.text or "") == 1 and _MARKED <= ord(str(part.text)) < _MARKED + 128:
            part.text = chr(ord(str(part.text)) - _MARKED)
            part.set("mathvariant", "normal")
        if size := _SPACES.get(width := part.get("width", "")):
            is_negative = width.startswith("negative")
            part.attrib.pop("width")
            part.set(*(("style", f"margin-inline-start:-{size}") if is_negative else ("width", size)))
    element.attrib.pop("xmlns", None)
    element.set("alttext", source)
    return element
