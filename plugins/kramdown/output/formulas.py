"""The formulas of one document: MathML, or readable TeX and a warning."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from ...mathml import to_mathml
from ...problems import InvalidValueError, Place, Problems


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
