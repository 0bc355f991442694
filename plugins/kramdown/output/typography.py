"""Refinements of the finished tree: emoji by name, and Typogrify's small capitals and ampersands.

They apply to text that a reader reads and to nothing else: not to code, math, scripts or attributes. What is stressed
in an item of a list is a venue or a title there, which keeps its capitals.
"""

import re
from functools import cache
from xml.etree.ElementTree import Element

from ...small_capitals import WORD

_UNTOUCHED = frozenset(
    "pre code kbd samp tt var script style math textarea svg title head iframe object option".split()
)
_STRESSED = frozenset("em i cite".split())

_AMPERSAND = r"(?<=[ \u00a0])&(?=[ \u00a0])"
_SPECIAL = re.compile(f"({WORD}|{_AMPERSAND})")
_EMOJI = re.compile(r":([a-z0-9+_-]+):")  # GitHub's names, as Jekyll's plugin `jemoji` has them


def refine(root: Element, *, emoji: bool, typogrify: bool) -> None:
    """Refine a document in place."""
    waiting = [(root, False, typogrify)]
    while waiting:
        element, in_item, marked = waiting.pop()
        in_item = in_item or element.tag == "li"
        children = list(element)
        marked = marked and not (in_item and element.tag in _STRESSED)
        _refine_texts(element, children, emoji=emoji, typogrify=marked)
        waiting.extend((child, in_item, marked) for child in children if child.tag not in _UNTOUCHED)


def _refine_texts(element: Element, children: list[Element], *, emoji: bool, typogrify: bool) -> None:
    refined: list[Element] = []
    if element.text:
        element.text, marks = _split(element.text, emoji=emoji, typogrify=typogrify)
        refined.extend(marks)
    for child in children:
        refined.append(child)
        if child.tail:
            child.tail, marks = _split(child.tail, emoji=emoji, typogrify=typogrify)
            refined.extend(marks)
    if len(refined) > len(children):
        element[:] = refined


def _split(text: str, *, emoji: bool, typogrify: bool) -> tuple[str, list[Element]]:
    """Return the text up to the first mark, and the marks, each with the text after it as its tail."""
    text = _EMOJI.sub(_emoji, text) if emoji else text
    if not typogrify or (not any(map(str.isupper, text)) and "&" not in text):
        return text, []
    first, *others = _SPECIAL.split(text)
    marks: list[Element] = []
    for special, after in zip(others[::2], others[1::2], strict=True):
        mark = Element("span", {"class": "amp" if special == "&" else "caps"})
        mark.text, mark.tail = special, after
        marks.append(mark)
    return first, marks


def _emoji(match: re.Match[str]) -> str:
    """Return the emoji of this name. The table is loaded only when something looks like a name."""
    return _emoji_by_name().get(match[0], match[0])


@cache
def _emoji_by_name() -> dict[str, str]:
    """Return what `emojize` finds for each name; it goes through the whole table for one that it does not know."""
    from emoji import EMOJI_DATA, STATUS

    signs = [(sign, data) for sign, data in EMOJI_DATA.items() if data["status"] <= STATUS["fully_qualified"]]
    names: dict[str, str] = {}
    for key in ("alias", "en"):
        for sign, data in signs:
            for name in data.get(key, ()) if key == "alias" else (data[key],):
                names.setdefault(name, sign)
    return names
