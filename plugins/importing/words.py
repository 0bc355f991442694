"""The words of a page before an import and after it: what a reader saw there, and what one sees now."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ..markup import RAW_TEXT, VOID, scan

_WORD = re.compile(r"[\w@]+(?:['’.\-‐]\w+)*")
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BLOCKS = frozenset(
    "address article aside blockquote br dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol option p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SHOWN = ("alt", "title")  # attributes that say something


class PageWords(NamedTuple):
    """One own page: its file in the checkout, its address, how many words it had, and those that are lost."""

    source: str
    address: str
    before: int
    lost: tuple[str, ...] = ()


def words(html: str) -> Iterator[str]:
    """Yield the words of HTML as a reader sees them, however they are set: without case, ligatures, curled quotes."""
    parts: list[str] = []
    for token in scan(html):
        if token.kind == "text" and token.name not in RAW_TEXT:
            parts.append(token.text)
        elif token.kind == "start" and ("alt" in token.source or "title" in token.source):
            parts += [f" {value} " for name, value in token.attributes.items() if name in _SHOWN]
        if token.name in _BLOCKS:
            parts.append(" ")
    text = unicodedata.normalize("NFKC", "".join(parts).replace("\u00ad", "")).casefold()
    yield from _WORD.findall(text.replace("’", "'").replace("‐", "-"))


def lost_words(before: str, after: str) -> tuple[int, tuple[str, ...]]:
    """Return how many words some HTML has, and those of them that other HTML lacks or has fewer of, in their order."""
    old = list(words(before))
    missing = Counter(old) - Counter(words(after))
    lost = []
    for word in old:
        if missing[word]:
            missing[word] -= 1
            lost.append(word)
    return len(old), tuple(lost)


class Shown:
    """What a finished page shows, as a whole or at an anchor."""

    def __init__(self, html: str) -> None:
        self.html = html

    def at(self, anchor: str) -> str:
        """Return the HTML of the element with an anchor; of a heading, all that follows; of none, the main part."""
        start, end = self._elements.get(anchor) or self._elements.get("main") or (0, len(self.html))
        return self.html[start:end]

    @cached_property
    def _elements(self) -> dict[str, tuple[int, int]]:
        """Where each element with an ``id`` begins and ends."""
        found: dict[str, tuple[int, int]] = {}
        opened: list[tuple[str, str, int]] = []
        names: Counter[str] = Counter()  # of what is open, so that an end tag that ends nothing costs nothing
        for token in scan(self.html):
            if token.kind == "start" and token.name not in VOID:
                anchor = token.attributes.get("id", "") if "id" in token.source.lower() else ""
                opened.append((token.name, anchor, token.position))
                names[token.name] += 1
            elif token.kind == "end" and names[token.name]:
                name = ""
                while name != token.name:
                    name, anchor, start = opened.pop()
                    names[name] -= 1
                    end = len(self.html) if name in _HEADINGS else token.position + len(token.source)
                    if anchor:
                        found.setdefault(anchor, (start, end))
        return found
