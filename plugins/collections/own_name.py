"""Which of an entry's authors is the author of the page: by the parts of the names, never by a piece of one.

``Yuhang Song`` is ``Y. Song``, ``Song, Yu-Hang`` and ``Yuhang Q. Sóng``, but neither ``Jun Song`` nor ``Y. Songbird``.
Accents, case and hyphens do not count; an initial stands for every name that begins with it, and a middle name may be
missing. Where two authors of one entry fit, the better one is meant, and none if both fit alike.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from ..markup import scan
from .entry import Person

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = r"(?:^|(?<=[,;&(、，])|(?<=\band)|(?<=\bund)|(?<=\bet))\s*"
_AFTER = r"(?=\s*(?:$|[,;.&()*†‡#:、，\d]|and\b|und\b|et\b))"
_FULL, _GIVEN, _INITIAL = 3, 2, 1  # how well two given names fit; 0 is not at all


class _Name(NamedTuple):
    """A name as it is compared, in one spelling: ``whole`` are its letters in either order."""

    family: str
    given: tuple[str, ...]
    whole: frozenset[str]


class OwnName:
    """The names of one author: as authors.yml has them, each a person."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = tuple(people)
        self._known: dict[Person, int] = {}
        self._names = [name for person in self.people for name in _spellings(person)]

    def index(self, authors: Sequence[Person]) -> int:
        """Return which of the authors is this one; -1 for none, or for two that fit alike."""
        fits = [self._best_fit(author) for author in authors]
        best = max(fits, default=0)
        return fits.index(best) if best and fits.count(best) == 1 else -1

    def _best_fit(self, author: Person) -> int:
        if author not in self._known:
            fits = (_fit(own, other) for other in _spellings(author) for own in self._names)
            self._known[author] = max(fits, default=0)
        return self._known[author]

    def mark(self, citation: Markup) -> Markup:
        """Return a citation with the author's name in ``<b>``; one with bold text is left as it is."""
        if re.search("<(?:b|strong)[\\s>]", citation) or not self._pattern:
            return citation
        for token in scan(citation):
            found = self._pattern.search(_same_length(token.source)) if token.kind == "text" else None
            if found:
                start, end = found.span(1)
                at = token.position
                return Markup(  # noqa: S704  (the author's own HTML, and a pair of tags)
                    f"{citation[: at + start]}<b>{citation[at + start : at + end]}</b>{citation[at + end :]}"
                )
        return citation

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """What finds a name in the folded text of a citation, where names are not divided."""
        ways = [way for person in self.people for way in _ways(person)]
        return re.compile(f"{_BEFORE}({'|'.join(ways)}){_AFTER}") if ways else None


def _folded(text: str) -> str:
    """Return a text in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return decomposed if decomposed.isascii() else "".join(c for c in decomposed if not unicodedata.combining(c))


def _same_length(text: str) -> str:
    """Return a text in small letters without accents, each letter in its place."""
    return text.lower() if text.isascii() else "".join((_folded(letter) or letter)[0] for letter in text)


def _spellings(person: Person) -> Iterator[_Name]:
    """Yield a name without accents, and as German spells it without them: ``Muller``, ``Mueller``."""
    if not person.literal and len(person.family.rstrip(".")) == 1 < len(person.given):
        person = person._replace(family=person.given, given=person.family)  # "Song Y."
    german = Person(*(text.casefold().translate(_GERMAN) for text in person))
    for each in dict.fromkeys((person, german if german != Person(*map(str.casefold, person)) else person)):
        family = f"{each.particle} {each.family}"
        whole = {_letters(text) for text in (each.literal, f"{each.given}{family}", f"{family}{each.given}")}
        yield _Name(_letters(family), tuple(_given_names(each)), frozenset(whole - {""}))


def _letters(text: str) -> str:
    return "".join(_WORD.findall(_folded(text)))


def _given_names(person: Person) -> Iterator[str]:
    """Yield the given names; of ``JP``, as medicine writes it, each letter."""
    for word in _WORD.findall(person.given):
        if word.isupper() and len(word) <= 3 and not person.family.isupper():
            yield from _folded(word)
        else:
            yield _folded(word)


def _fit(own: _Name, other: _Name) -> int:
    """Return how well two names fit."""
    if not own.whole.isdisjoint(other.whole):
        return _FULL
    if own.family != other.family or not own.given or not other.given:
        return 0
    if "".join(own.given) == "".join(other.given):
        return _FULL
    pairs = list(zip(own.given, other.given, strict=False))
    if not all(one.startswith(two) if len(two) == 1 else two.startswith(one) if len(one) == 1 else one == two
               for one, two in pairs):  # fmt: skip
        return 0
    return _GIVEN if len(pairs[0][0]) > 1 and len(pairs[0][1]) > 1 else _INITIAL


def _ways(person: Person) -> Iterator[str]:
    """Yield the patterns of the ways to write a name in a citation."""
    fold = _same_length
    if person.literal:
        yield re.escape(fold(person.literal))
        return
    family = re.escape(fold(" ".join(filter(None, (person.particle, person.family)))))
    given = [fold(word) for word in _WORD.findall(person.given)]
    if not family or not given:
        return
    first, *others = (rf"(?:{word}|{word[0]}\.?)" if len(word) > 1 else rf"{word}(?:\.|\w*)" for word in given)
    middle = "".join(rf"(?:[\s-]*{word})?" for word in others) if others else r"(?:[\s-]*[a-z]\.)?"
    yield rf"{first}{middle}\s+{family}"
    yield rf"{family},?\s+{first}{middle}"
