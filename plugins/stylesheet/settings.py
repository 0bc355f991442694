"""``THEME_SCHEME`` and ``THEME_ACCENT`` → the few rules that stand over the theme's own, or Problems.

An accent is read as text on the theme's paper and on its tinted ground: it needs a contrast of 4.5 (WCAG 2.2, 1.4.3)
in each scheme that the site shows. One colour serves both: dark gets the same hue, its lightness mirrored. Two colours,
``("#8c1d18", "#f0a090")``, are for light and for dark.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..problems import Problem
from .colour import Colour, contrast, parse

SCHEMES = {"auto": ("light", "dark"), "light": ("light",), "dark": ("dark",)}
READABLE = 4.5
GROUNDS = ("--paper", "--wash")  # what the accent is read on
_MIRROR, _MUTE = 1.195, 0.72  # the theme's own pair: 42.5 % ↔ 77 %, and less chroma on a dark ground
_STEP = 0.005

Grounds = Mapping[str, Sequence[Colour]]


def grounds(tokens: str) -> Grounds:
    """Return scheme → the grounds that ``tokens.css`` gives it."""
    pairs = [pair for name in GROUNDS if (pair := _token(name, tokens))]
    return {"light": [light for light, _ in pairs], "dark": [dark for _, dark in pairs]}


def light_accent(accent: object, tokens: str) -> str:
    """Return the light scheme's accent as ``#rrggbb``: the author's, else the theme's own."""
    chosen = _colours(accent)[0] if accent else None
    own = _token("--accent", tokens)
    colour = chosen or (own[0] if own else None)
    return str(replace(colour, hexadecimal=True)) if colour else "#000000"


def _token(name: str, tokens: str) -> tuple[Colour, Colour] | None:
    """Return the ``light-dark()`` pair of one custom property."""
    match = re.search(rf"{name}:\s*light-dark\((oklch\([^)]*\)),\s*(oklch\([^)]*\))\)", tokens)
    light, dark = (parse(match[1]), parse(match[2])) if match else (None, None)
    return (light, dark) if light and dark else None


def rules(scheme: object, accent: object, on: Grounds) -> tuple[str, list[Problem]]:
    """Return the CSS of the two settings (``""`` for their defaults), and what is wrong with them."""
    problems: list[Problem] = []
    if scheme not in SCHEMES:
        problems.append(_wrong("THEME_SCHEME", f"{scheme!r} is no scheme", "write 'auto', 'light' or 'dark'"))
        scheme = "auto"
    declarations = [] if scheme == "auto" else [f"color-scheme:{scheme}"]
    if accent:
        colours = _colours(accent)
        known = [colour for colour in colours if colour]
        if len(known) != len(colours):
            example = "write '#8c1d18', 'oklch(45% .13 27)' or two of them, for light and for dark"
            problems.append(_wrong("THEME_ACCENT", f"{accent!r} is no colour", example))
        else:
            problems += _unreadable(known, SCHEMES[str(scheme)], on)
            light, dark = _pair(known)
            declarations.append(f"--accent:light-dark({light},{dark})")
    return (f"@layer settings{{:root{{{';'.join(declarations)}}}}}" if declarations else ""), problems


def _colours(accent: object) -> list[Colour | None]:
    """Return the one or two colours written, None for what is none."""
    written = [accent] if isinstance(accent, str) else accent
    if not isinstance(written, list | tuple) or len(written) not in (1, 2):
        return [None]
    return [parse(text) if isinstance(text, str) else None for text in written]


def _pair(colours: Sequence[Colour]) -> tuple[Colour, Colour]:
    first = colours[0]
    return first, colours[1] if len(colours) == 2 else replace(
        first, lightness=min(max(_MIRROR - first.lightness, 0.0), 1.0), chroma=first.chroma * _MUTE
    )


def _unreadable(colours: Sequence[Colour], schemes: Sequence[str], on: Grounds) -> list[Problem]:
    """Return a problem if the accent cannot be read in one of the schemes, with the nearest that can."""
    worst = {
        scheme: min((contrast(colour, ground) for ground in on[scheme]), default=21.0)
        for scheme, colour in zip(("light", "dark"), _pair(colours), strict=True)
        if scheme in schemes
    }
    failing = {scheme: ratio for scheme, ratio in worst.items() if ratio < READABLE}
    if not failing:
        return []
    told = " and ".join(f"{ratio:.2f}:1 in the {scheme} scheme" for scheme, ratio in failing.items())
    if len(colours) == 1:
        near = repr(str(_nearest(colours[0], lambda colour: not _unreadable_at([colour], schemes, on))))
    else:
        near = ", ".join(
            repr(str(_nearest(colour, lambda near, at=scheme: _readable(near, on[at]))))  # type: ignore[misc]
            for scheme, colour in zip(("light", "dark"), colours, strict=True)
        )
    written = " and ".join(f"'{colour}'" for colour in colours)
    hint = f"{READABLE}:1 is needed; the nearest is {near}"
    return [_wrong("THEME_ACCENT", f"{written} has a contrast of only {told}", hint)]


def _unreadable_at(colours: Sequence[Colour], schemes: Sequence[str], on: Grounds) -> bool:
    pair = dict(zip(("light", "dark"), _pair(colours), strict=True))
    return not all(_readable(pair[scheme], on[scheme]) for scheme in schemes)


def _readable(colour: Colour, grounds_: Sequence[Colour]) -> bool:
    return all(contrast(colour, ground) >= READABLE for ground in grounds_)


def _nearest(colour: Colour, passes: Callable[[Colour], bool]) -> Colour:
    """Return the colour of the same hue whose lightness is least far away and that passes as it is written."""
    steps = sorted(range(int(1 / _STEP) + 1), key=lambda step: abs(step * _STEP - colour.lightness))
    candidates = [colour, *(replace(colour, lightness=round(step * _STEP, 3)) for step in steps)]
    return next(near for near in candidates if (again := parse(str(near))) and passes(again))


def _wrong(key: str, message: str, hint: str) -> Problem:
    return Problem("pelicanconf.py", 0, key, message, hint)
