"""TeX to MathML, so that no page needs a script to show a formula."""

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

from .problems import InvalidValueError

# latex2mathml supports these environments only under the name of the display that contains them.
_ENVIRONMENTS = {"aligned": "align*", "split": "align*"}
_ENVIRONMENT = re.compile(rf"\\(begin|end)\{{({'|'.join(_ENVIRONMENTS)})\}}")


def to_mathml(source: str, *, block: bool) -> Element:
    """Return a `<math>` element whose `alttext` is the source. latex2mathml is loaded only when a page has math.

    Raises InvalidValueError for what cannot be translated.
    """
    from latex2mathml.converter import convert

    try:
        known = _ENVIRONMENT.sub(lambda match: f"\\{match[1]}{{{_ENVIRONMENTS[match[2]]}}}", source)
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
    element.attrib.pop("xmlns", None)
    element.set("alttext", source)
    return element
