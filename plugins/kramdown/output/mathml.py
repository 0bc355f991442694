"""TeX to MathML, so that no page needs a script to show a formula."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring

from ...problems import InvalidValueError, Place, Problems

# latex2mathml supports these environments only under the name of the display that contains them.
_ENVIRONMENTS = {"aligned": "align*", "split": "align*"}
_ENVIRONMENT = re.compile(rf"\\(begin|end)\{{({'|'.join(_ENVIRONMENTS)})\}}")


@dataclass
class MathTranslator:
    """Translates the math of one document, and reports what cannot be translated with its line in the source."""

    source: str
    problems: Problems
    pos: int = 0  # formulas are searched for from here on, which is on this line
    line: int = 1

    def translate(self, tex: str, block: bool) -> Element:
        """Return MathML, or readable TeX and a warning."""
        first_line = tex.partition("\n")[0]
        found = self.source.find(first_line, self.pos)
        if found >= 0:
            self.line += self.source.count("\n", self.pos, found)
            self.pos = found
        try:
            return to_mathml(tex, block=block)
        except InvalidValueError as error:
            place = Place("", self.line, "math")
            message = f"'{first_line}' cannot be translated to MathML, so that its source is shown: {error}"
            self.problems.warn(place, message, "write it in simpler TeX")
            paragraph = Element("p")
            code = SubElement(paragraph, "code", {"class": "math"})
            code.text = tex
            return paragraph if block else code


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
