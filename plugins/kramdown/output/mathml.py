"""TeX to MathML, so that no page needs a script to show a formula."""

import re
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring

from ...problems import Place, Problems

# latex2mathml supports these environments only under the name of the display that contains them.
_ENVIRONMENTS = {"aligned": "align*", "split": "align*"}
_ENVIRONMENT = re.compile(rf"\\(begin|end)\{{({'|'.join(_ENVIRONMENTS)})\}}")


class MathError(Exception):
    """This TeX cannot be translated; the message says why."""


class MathTranslator:
    """Translates the math of one document, and reports what cannot be translated with its line in the source."""

    def __init__(self, source: str, problems: Problems) -> None:
        """Search for formulas from the start of the source."""
        self._source = source
        self._problems = problems
        self._pos = 0

    def translate(self, tex: str, block: bool) -> Element:
        """Return MathML, or readable TeX and a warning."""
        first_line = tex.partition("\n")[0]
        found = self._source.find(first_line, self._pos)
        self._pos = found if found >= 0 else self._pos
        try:
            return to_mathml(tex, block=block)
        except MathError as error:
            place = Place("", self._source.count("\n", 0, self._pos) + 1, "math")
            message = f"'{first_line}' cannot be translated to MathML: {error}"
            self._problems.warn(place, message, "its source is shown instead")
            paragraph = Element("p")
            code = SubElement(paragraph, "code", {"class": "math"})
            code.text = tex
            return paragraph if block else code


def to_mathml(source: str, *, block: bool) -> Element:
    """Return a `<math>` element whose `alttext` is the source. latex2mathml is loaded only when a page has math."""
    from latex2mathml.converter import convert

    try:
        known = _ENVIRONMENT.sub(lambda match: f"\\{match[1]}{{{_ENVIRONMENTS[match[2]]}}}", source)
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
