"""The picture that a link to the author's page shows where it is shared, and the icon on a telephone's home screen.

Both are drawn with Source Serif, which a package brings, so that they have the same bytes on every machine. It has
Latin, Greek and Cyrillic: words in other scripts are left out, since a box says less than nothing. A finished card is
kept in the cache of the portraits.
"""

import hashlib
import importlib.metadata
import io
import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..pictures import Cache
from .names import initials, rosette_axes

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

RECIPE = 1  # increase it when cards are drawn in another way, so that cached ones are drawn again
SIZE = (1200, 630)  # what OpenGraph's readers show whole
ICON = 180  # pixels of an icon on Apple's home screens
_PLATE = (92, 75, 92 + 384, 75 + 480)  # of the portrait or the engraving: left, top, right, bottom
_FRAME = 9
_SPINE = 572
_TEXT = 636  # where the text begins
_WIDTH = SIZE[0] - _TEXT - 64
_NAME_SIZES = (76, 66, 58, 50, 44)
_INK, _FADED, _RULE = "#1e1a15", "#5c554d", "#d6d0c6"
_FINER = 3  # lines are drawn so many times larger, since Pillow's have no soft edges


class CardFacts(NamedTuple):
    """What a card says: ``lines`` stand below the name, ``site`` at the foot; ``portrait`` is a JPEG or PNG, or b""."""

    name: str
    lines: Sequence[str]
    site: str
    portrait: bytes
    paper: str
    accent: str


def make_card(facts: CardFacts, cache: Cache) -> bytes:
    """Return the card of 1200 × 630 pixels: with a photograph as a JPEG, else, in few colours, as a PNG."""

    def make() -> bytes:
        image = _card(facts)
        if facts.portrait:
            return _encoded(image, "jpeg", quality=86, optimize=True)
        return _encoded(image.quantize(32), "png", optimize=True)

    return _kept(f"card {RECIPE} {facts} {importlib.metadata.version('pillow')}", cache, make)


def make_icon(name: str, accent: str, cache: Cache) -> bytes:
    """Return the author's initials as a PNG of 180 × 180 pixels; without letters that the font has, the engraving."""
    recipe = f"icon {RECIPE} {name} {accent} {importlib.metadata.version('pillow')}"
    return _kept(recipe, cache, lambda: _encoded(_icon(name, accent), "png", optimize=True))


def _kept(recipe: str, cache: Cache, make: Callable[[], bytes]) -> bytes:
    key = hashlib.sha256(recipe.encode()).hexdigest()[:32]
    data = cache.load(key)
    if not data:
        data = make()
        cache.store(key, data)
    return data


def _encoded(image: "Image", kind: str, **options: int | bool) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _card(facts: CardFacts) -> "Image":
    from PIL import Image, ImageDraw

    image = Image.new("RGB", SIZE, facts.paper)
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = _PLATE
    draw.rectangle((left - _FRAME, top - _FRAME, right + _FRAME - 1, bottom + _FRAME - 1), outline=_RULE)
    draw.line((_SPINE, 0, _SPINE, SIZE[1]), fill=_RULE)
    image.paste(_plate(facts), (left, top))
    y = _write(draw, _set_name(shown(facts.name)), _TEXT, top - 6, _INK)
    for text in filter(None, map(shown, facts.lines)):
        font = _font("Regular", 28)
        lines = _wrapped(text, font, most=3)
        if y + 12 + len(lines) * 38 > bottom - 48:
            break
        y = _write(draw, _Lines(lines, font, 38), _TEXT, y + 12, _FADED)
    foot = _font("It", 26)
    draw.text((_TEXT, bottom), _fitting(facts.site, foot), font=foot, fill=facts.accent, anchor="ls")
    return image


def _plate(facts: CardFacts) -> "Image":
    """Return the portrait, or the engraving of the name, as large as the plate."""
    from PIL import ImageOps
    from PIL.Image import open as decoded

    size = (_PLATE[2] - _PLATE[0], _PLATE[3] - _PLATE[1])
    if not facts.portrait:
        return _engraving(facts.name, size, facts.paper, facts.accent)
    picture = decoded(io.BytesIO(facts.portrait)).convert("RGBA")
    fitted = ImageOps.fit(picture, size, method=3, centering=(0.5, 0.3))  # 3: bicubic
    return _on(facts.paper, fitted)


def _on(paper: str, picture: "Image") -> "Image":
    from PIL import Image

    ground = Image.new("RGB", picture.size, paper)
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _engraving(name: str, size: tuple[int, int], paper: str, accent: str) -> "Image":
    """Return the rosettes of the monogram with the initials in the middle, if the font has them."""
    from PIL import Image, ImageDraw

    width, height = size[0] * _FINER, size[1] * _FINER
    scale, x, y = width / 80, width / 2, height / 2  # the monogram is 80 wide
    image = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(image)
    for wide, high in rosette_axes(name):
        for turn in range(16):
            points = _ellipse(x, y, wide * scale, high * scale, turn * math.pi / 16)
            draw.line(list(points), fill=accent, width=_FINER)
    radius = 21 * scale
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=paper, outline=accent, width=2 * _FINER)
    image = image.resize(size, resample=1)  # 1: Lanczos
    letters = initials(shown(name))
    if letters == shown(letters):
        font = _font("Regular", round((21 if len(letters) > 1 else 26) * size[0] / 80))
        ImageDraw.Draw(image).text((size[0] / 2, size[1] / 2), letters, font=font, fill=accent, anchor="mm")
    return image


def _ellipse(x: float, y: float, wide: float, high: float, angle: float) -> Iterable[tuple[float, float]]:
    for step in range(241):
        at = step * math.tau / 240
        along, across = wide * math.cos(at), high * math.sin(at)
        yield (
            x + along * math.cos(angle) - across * math.sin(angle),
            y + along * math.sin(angle) + across * math.cos(angle),
        )


def _icon(name: str, accent: str) -> "Image":
    from PIL import Image, ImageDraw

    letters = initials(shown(name))
    if not letters or letters != shown(letters):
        return _engraving(name, (ICON, ICON), "#ffffff", accent)
    image = Image.new("RGB", (ICON, ICON), accent)
    font = _font("Regular", 92 if len(letters) > 1 else 112)
    ImageDraw.Draw(image).text((ICON / 2, ICON / 2), letters, font=font, fill="#ffffff", anchor="mm")
    return image


# --- Text -----------------------------------------------------------------------------------------------------------


class _Lines(NamedTuple):
    """Lines of text in one font, and the distance from one to the next."""

    texts: Sequence[str]
    font: "FreeTypeFont"
    distance: int


def shown(text: str) -> str:
    """Return a text without the words that the font cannot set."""
    return " ".join(word for word in text.split() if all(map(_is_known, word)))


@cache
def _is_known(letter: str) -> bool:
    """Return whether the font draws something else for a letter than the box for what it has not."""
    font = _font("Regular", 24)
    drawn, box = font.getmask(letter), font.getmask("\uffff")
    return letter.isprintable() and (drawn.size != box.size or bytes(drawn) != bytes(box))


def _set_name(name: str) -> _Lines:
    """Return the name in the largest size in which it fits on two lines."""
    for size in _NAME_SIZES:
        font = _font("Regular", size)
        lines = _wrapped(name, font, most=4)
        if len(lines) <= 2 and all(font.getlength(line) <= _WIDTH for line in lines):
            break
    return _Lines(lines, font, round(size * 1.16))


def _wrapped(text: str, font: "FreeTypeFont", most: int) -> list[str]:
    """Return a text in lines that fit; the last of them ends with an ellipsis where there would be more."""
    lines: list[str] = []
    words = text.split()
    while words:
        count = len(words)
        while count > 1 and font.getlength(" ".join(words[:count])) > _WIDTH:
            count -= 1
        if len(lines) == most - 1 and count < len(words):
            return [*lines, _fitting(" ".join(words), font)]
        lines.append(" ".join(words[:count]))
        words = words[count:]
    return lines


def _fitting(text: str, font: "FreeTypeFont") -> str:
    """Return a text that fits on a line, cut where it must be."""
    if font.getlength(text) <= _WIDTH:
        return text
    while text and font.getlength(f"{text}…") > _WIDTH:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _write(draw: "ImageDraw", lines: _Lines, x: int, y: int, fill: str) -> int:
    """Write lines below each other; return where the next ones begin."""
    for text in lines.texts:
        draw.text((x, y), _fitting(text, lines.font), font=lines.font, fill=fill)
        y += lines.distance
    return y


@cache
def _font(style: str, size: int) -> "FreeTypeFont":
    from importlib.resources import files

    from PIL import ImageFont

    path = files("font_source_serif_pro").joinpath("files", f"SourceSerifPro-{style}.ttf")
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
