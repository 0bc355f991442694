"""Colours in OKLCH, and whether one can be read on another."""

import math
import re
from dataclasses import dataclass

_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_OKLCH = re.compile(r"oklch\(\s*([\d.]+%?)\s+([\d.]+)\s+(-?[\d.]+)(?:deg)?\s*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Colour:
    """Lightness 0–1, chroma 0–0.4, hue in degrees; ``hexadecimal`` is how the author wrote it."""

    lightness: float
    chroma: float
    hue: float
    hexadecimal: bool = False

    def __str__(self) -> str:
        """Return the colour as CSS takes it, in the notation it was written in."""
        if self.hexadecimal:
            return "#" + "".join(f"{round(_gamma(part) * 255):02x}" for part in _linear(self))
        return f"oklch({self.lightness * 100:.4g}% {self.chroma:.3g} {self.hue:.4g})"


def parse(text: str) -> Colour | None:
    """Return the colour that ``#a21``, ``#aa2211`` or ``oklch(45% .13 27)`` names, or None."""
    if match := _OKLCH.fullmatch(text.strip()):
        try:
            lightness = float(match[1].rstrip("%")) / (100 if match[1].endswith("%") else 1)
            colour = Colour(lightness, float(match[2]), float(match[3]) % 360)
        except ValueError:
            return None
        return colour if colour.lightness <= 1 and colour.chroma <= 0.5 else None
    if not (match := _HEX.fullmatch(text.strip())):
        return None
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    return _from_linear(*(_ungamma(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4)))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: Colour) -> tuple[float, float, float]:
    """Return linear sRGB, clipped to what a screen shows (Björn Ottosson, “A perceptual color space”, 2020)."""
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return (min(max(red, 0.0), 1.0), min(max(green, 0.0), 1.0), min(max(blue, 0.0), 1.0))


def _from_linear(red: float, green: float, blue: float) -> Colour:
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Colour(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360, hexadecimal=True)


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _ungamma(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
