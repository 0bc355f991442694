"""An author's accent colour → one for each scheme, if both can be read. Imported only where an accent is set.

An accent is read as text on the theme's paper and on its tinted ground: it needs a contrast of 4.5 (WCAG 2.2, 1.4.3)
in each scheme that the site shows. One colour serves both: dark gets the same hue, its lightness mirrored. Two colours,
``("#8c1d18", "#f0a090")``, are for light and for dark.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from coloraide import Color

from ..problems import InvalidValueError

MIN_CONTRAST = 4.5
GROUNDS = ("--paper", "--wash")  # the custom properties of the colours that the accent is read on
_MIRROR, _MUTE = 1.195, 0.72  # the theme's own pair: 42.5 % ↔ 77 %, and less chroma on a dark ground
_STEP = 0.005
_EXAMPLE = "write '#8c1d18', 'oklch(45% .13 27)' or two of them, for light and for dark"
_SRGB = frozenset({"srgb", "hsl", "hwb"})

Pair = Mapping[str, Color]
"""Scheme → its colour."""


def accents(written: object, schemes: Iterable[str], tokens: str) -> Pair:
    """Return the accent of the light and of the dark scheme; ``tokens`` is the text of ``tokens.css``.

    Raises InvalidValueError for what is not a colour, or cannot be read in one of ``schemes``.
    """
    colours = parse(written)
    read_on = {scheme: grounds(tokens, scheme) for scheme in schemes}

    def worst(pair: Pair) -> dict[str, float]:
        return {
            scheme: min((contrast(pair[scheme], ground) for ground in read_on[scheme]), default=21.0)
            for scheme in read_on
            if scheme in pair
        }

    def passes(pair: Pair) -> bool:
        return all(ratio >= MIN_CONTRAST for ratio in worst(pair).values())

    pair = _pair(*colours)
    if passes(pair):
        return pair
    ratios = [f"{ratio:.2f}:1 in the {scheme} scheme" for scheme, ratio in worst(pair).items() if ratio < MIN_CONTRAST]
    if len(colours) == 1:
        near = css(nearest(colours[0], lambda colour: passes(_pair(colour))))
    else:
        near = "', '".join(
            css(nearest(colour, lambda colour, scheme=scheme: passes({scheme: colour})))  # type: ignore[misc]
            for scheme, colour in pair.items()
        )
    hint = f"{MIN_CONTRAST}:1 is needed; the nearest is '{near}'"
    raise InvalidValueError(f"has a contrast of only {' and '.join(ratios)}", hint)


def parse(written: object) -> Sequence[Color]:
    """Return the one or two opaque CSS colours that the setting names; anything else raises InvalidValueError."""
    texts = written if isinstance(written, list | tuple) else [written]
    colours = [colour for text in texts if isinstance(text, str) and (colour := _colour(text))]
    if len(texts) != len(colours) or len(colours) not in (1, 2):
        raise InvalidValueError("is not a colour", _EXAMPLE)
    return colours


def css(colour: Color) -> str:
    """Return a colour as CSS takes it: ``#rrggbb`` for one that was written in sRGB, else OKLCH."""
    if colour.space() == "srgb":
        return colour.to_string(hex=True, fit="clip")
    return colour.to_string(percent=[True, False, False], precision=4)


def hexadecimal(colour: Color) -> str:
    """Return ``#rrggbb``, clipped to what sRGB has."""
    return css(colour.convert("srgb"))


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours as a screen shows them, from 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    return one.convert("srgb").clip().contrast(other.convert("srgb").clip())


def _colour(text: str) -> Color | None:
    match = Color.match(text.strip(), fullmatch=True)
    if not match or match.color.alpha(nans=False) < 1 or match.color.convert("oklch")["lightness"] > 1.001:
        return None
    colour = match.color.normalize(nans=False)
    return colour.convert("srgb" if colour.space() in _SRGB else "oklch")


def grounds(tokens: str, scheme: str, names: Iterable[str] = GROUNDS) -> list[Color]:
    """Return the colours that ``tokens.css`` gives a scheme, by its ``light-dark()`` pairs."""
    pairs = [re.search(rf"{name}:\s*light-dark\(([^,;]+),([^;]+)\);", tokens) for name in names]
    written = [pair["light dark".split().index(scheme) + 1] for pair in pairs if pair]
    return [colour for text in written if (colour := _colour(text))]


def _pair(light: Color, dark: Color | None = None) -> Pair:
    return {"light": light, "dark": dark or mirrored(light)}


def mirrored(colour: Color) -> Color:
    """Return a light scheme's colour as the dark scheme has it."""
    return _with(colour, lambda lightness: _MIRROR - lightness, _MUTE)


def _with(colour: Color, lightness: Callable[[float], float], chroma: float = 1.0) -> Color:
    """Return a colour of the same hue and notation with another lightness, and its chroma multiplied."""
    changed = colour.convert("oklch")
    changed["lightness"] = min(max(lightness(changed["lightness"]), 0.0), 1.0)
    changed["chroma"] *= chroma
    return changed.convert(colour.space())


def nearest(colour: Color, passes: Callable[[Color], bool]) -> Color:
    """Return the colour of the same hue whose lightness is least far away and that passes as it is written."""
    own = colour.convert("oklch")["lightness"]
    steps = sorted((step * _STEP for step in range(int(1 / _STEP) + 1)), key=lambda step: abs(step - own))
    candidates = [colour, *(_with(colour, lambda _, step=step: step) for step in steps)]  # type: ignore[misc]
    return next(near for near in candidates if passes(Color(css(near))))
