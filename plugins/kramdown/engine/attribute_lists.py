"""Attribute lists, `{: .class #id key="value"}`: what stands between the braces, and what it sets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Self

from .ruby import FLAGS

# The content ends at the first brace that is not escaped. It may span several lines; the bound keeps a page of
# unclosed braces from costing more than its length.
LONGEST = 1000
CONTENT = rf"(?:\\\}}|[^}}]){{1,{LONGEST}}}"
NAME = r"\w[\w-]*"
_ID = r"#([A-Za-z][\w:-]*)"
_CLASS = r"\.([^\s.#]+)"
_ATTRIBUTE = re.compile(
    rf"(?:\A|(?<=\s))(?:({NAME})=(?:\"((?:\\\}}|\\\"|[^}}\"])*?)\"|'((?:\\\}}|\\'|[^}}'])*?)')"
    rf"|({NAME})|((?:{_ID}|{_CLASS})+))(?=\s|\Z)",
    FLAGS,
)
_ID_OR_CLASS = re.compile(rf"{_ID}|{_CLASS}", FLAGS)


@dataclass(slots=True)
class AttributeList:
    """The content of one or more `{: …}`: attributes, and the names of lists defined elsewhere by `{:name: …}`."""

    attributes: dict[str, str] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    length: int = 1

    def read(self, content: str) -> Self:
        """Add what stands between `{:` and `}`."""
        self.length += len(content)
        for match in _ATTRIBUTE.finditer(content):
            key, double, single, reference, marks = match.groups()[:5]
            if reference:
                self.references.append(reference)
            elif key:
                quote = '"' if double is not None else "'"
                value = re.sub(rf"\\(\}}|{quote})", r"\1", double if double is not None else single)
                set_attribute(self.attributes, key, value)
            else:
                for identifier, name in _ID_OR_CLASS.findall(marks):
                    set_attribute(self.attributes, "class" if name else "id", name or identifier)
        return self


def set_attribute(attributes: dict[str, str], key: str, value: str) -> None:
    """Set one attribute: classes accumulate, any other value replaces the one before."""
    if key != "class":
        attributes[key] = value
        return
    classes = attributes.get(key, "")
    attributes[key] = ""  # the only reference left is ours: Python appends in place, and does not copy all of them
    classes += f" {value}"
    attributes[key] = classes.lstrip()
