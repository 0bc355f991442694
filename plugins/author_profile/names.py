"""A person's name → initials, given and family name, and the monogram that replaces a missing portrait."""

import hashlib
import unicodedata
from itertools import takewhile

from markupsafe import Markup

from ..scripts import has_cjk

# Words inside a name that are not part of the initials: "Ludwig van Beethoven" is LB.
PARTICLES = frozenset(
    "af al and av bin da dal das de del della den der des di dos du e el la las le les lo los of ter the und van von y "
    "zu zum zur".split()
)
TITLES = frozenset(
    "dr dr. prof prof. professor mr mr. mrs mrs. ms ms. sir dame phd ph.d. msc md jr jr. sr sr. ii iii iv".split()
)


def initials(name: str) -> str:
    """Return one or two letters for a name; one for a name in Han, Kana or Hangul; "" if it has no letters.

    ``Yuhang Song`` → YS, ``Ludwig van Beethoven`` → LB, ``Plato`` → P, ``宋宇航`` → 宋, ``(Jane) Doe`` → JD.
    """
    words = [word for part in name.split(",")[0].split() if (word := _letters(part))]
    named = [word for word in words if word.casefold() not in PARTICLES | TITLES] or words
    letters = [_initial(word) for word in (*named[:1], *named[1:][-1:])]
    return letters[0] if letters and has_cjk(letters[0]) else "".join(letters)


def _letters(word: str) -> str:
    """Return a word from its first letter on, without the emoji, quotes and brackets around it."""
    start = next((place for place, letter in enumerate(word) if unicodedata.category(letter)[0] == "L"), None)
    return "" if start is None else word[start:].rstrip("()[]\"'“”‘’")


def _initial(word: str) -> str:
    """Return the first letter with its combining marks, in capitals."""
    end = 1 + sum(1 for _ in takewhile(unicodedata.combining, word[1:]))
    return word[:end].upper()[:end]


def monogram(name: str) -> Markup:
    """Return the initials as an SVG, on rosettes as on a banknote, which the name alone decides.

    A name without initials has a head and shoulders.
    """
    outer, inner = rosette_axes(name)
    rings = _rosette("o", *outer) + _rosette("i", *inner)
    inside = Markup('<path d="M40 34a9 9 0 1 1 0 18 9 9 0 0 1 0-18M24 66a16 12 0 0 1 32 0z"/>')
    if letters := initials(name):
        text = Markup('<text x="40" y="50" dy=".35em" text-anchor="middle" font-size="{}">{}</text>')
        inside = text.format(21 if len(letters) > 1 else 26, letters)
    start = Markup('<svg class="monogram" viewBox="0 0 80 100" aria-hidden="true"><g class="engraving">{}</g>').format(
        rings
    )
    return start + Markup('<circle cx="40" cy="50" r="21"/>') + inside + Markup("</svg>")


def rosette_axes(name: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return half the axes of the ellipses of which the outer and the inner rosette of a name are made."""
    wide, high, inner_wide, inner_high = hashlib.sha256(name.encode()).digest()[:4]
    return (46 + wide % 12, 21 + high % 12), (31 + inner_wide % 8, 13 + inner_high % 9)


def _rosette(ring: str, wide: int, high: int) -> Markup:
    """Return sixteen ellipses around the centre: each line doubles what is before it, turned by half the angle."""
    drawn = f'<ellipse id="m{ring}0" cx="40" cy="50" rx="{wide}" ry="{high}"/>'
    for level, angle in enumerate((90, 45, 22.5, 11.25)):
        drawn = f'<g id="m{ring}{level + 1}">{drawn}<use href="#m{ring}{level}" transform="rotate({angle} 40 50)"/></g>'
    return Markup(drawn)  # noqa: S704  (numbers)


def parts_of_name(name: str) -> tuple[str, str]:
    """Return given and family name: the last word and the particles before it are the family name.

    ``Ludwig van Beethoven`` → Ludwig, van Beethoven; ``Song, Yuhang`` → Yuhang, Song. A name of one word is a
    given name; so is one in Han, Kana or Hangul, whose order is unknown.
    """
    if "," in name:
        family, given = (part.strip() for part in name.split(",", 1))
        if given and given.casefold().rstrip(".") not in {title.rstrip(".") for title in TITLES}:
            return given, family
        name = family
    words = name.split()
    if len(words) < 2 or has_cjk(name):
        return name, ""
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])
