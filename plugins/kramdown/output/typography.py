"""Refinements of the finished tree: emoji by name, and Typogrify's small capitals, ampersands and joined last words.

They apply to text that a reader reads and to nothing else: not to code, math, scripts or attributes. Last words are not
joined in Chinese, Japanese or Korean, where lines break between any two characters.
"""

import re
from functools import cache
from xml.etree.ElementTree import Element

from ...scripts import has_cjk

_UNTOUCHED = frozenset(
    "pre code kbd samp tt var script style math textarea svg title head iframe object option".split()
)
_KEEPS_LAST_WORDS = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd".split())

# Two or more capitals, digits allowed among them: NASA is one, H2O is not. Initials, J.P., stay capitals: small ones
# would be lower than the first letter of the name after them.
_CAPS = r"(?<![\w.&/@#:-])[A-Z](?:[A-Z0-9]*[A-Z][A-Z0-9]*)(?![\w/@]|\.\w)"
_AMPERSAND = r"(?<=[ \u00a0])&(?=[ \u00a0])"
_SPECIAL = re.compile(f"({_CAPS}|{_AMPERSAND})")
_EMOJI = re.compile(r":([a-z0-9+_-]+):")  # GitHub's names, as Jekyll's plugin `jemoji` has them
_WORDS = 6  # fewer fit on one line, where nothing needs joining
_LETTERS = 15  # a longer last word fills enough of its line
_LAST_SPACE = re.compile(r"(?<=\S)[ \n]+(?=[^\s<>]+\s*$)")


def refine(root: Element, *, emoji: bool, typogrify: bool) -> None:
    """Refine a document in place."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        children = list(element)
        if typogrify and element.tag in _KEEPS_LAST_WORDS:
            _join_last_words(element)
        _refine_texts(element, children, emoji=emoji, typogrify=typogrify)
        waiting.extend(child for child in children if child.tag not in _UNTOUCHED)


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


def _join_last_words(element: Element) -> None:
    """Put a no-break space before a short last word, if the block ends with text and is long enough to wrap."""
    last = element[-1] if len(element) else None
    text = (element.text if last is None else last.tail) or ""
    words = text.rsplit(None, 1)
    if not words or len(words[-1]) > _LETTERS or has_cjk(text):
        return
    if len(" ".join(element.itertext()).split(None, _WORDS - 1)) < _WORDS:
        return
    joined = _LAST_SPACE.sub("\u00a0", text, count=1)
    if last is None:
        element.text = joined
    else:
        last.tail = joined
