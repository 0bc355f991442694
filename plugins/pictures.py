"""A picture of the author's → small ones in modern formats: the portrait, and those of entries.

AVIF, WebP and a JPEG (a PNG where something is transparent), each at one and two pixels per CSS pixel, cut to the
shape around the face, which in an ordinary photograph is in its upper third, turned upright, in sRGB, and without
anything that a camera or a program wrote into the file. A finished picture is kept in a cache by its content and the
settings, so that the next build does not need Pillow.
"""

import hashlib
import importlib.metadata
import io
import json
import re
import unicodedata
import warnings
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from .problems import InvalidValueError
from .svg import clean_svg, is_svg

if TYPE_CHECKING:
    from PIL.Image import Image

RECIPE = 3  # increase it when pictures are made or kept in another way, so that cached ones are made again
FOLDER = "images/"  # below the content: where pictures are; in the output: where those that are shown are
MOST_PIXELS = 200_000_000  # a larger picture is a mistake, or meant to exhaust the memory
SCALES = (1, 2)
PLATE = 5 / 4  # the height of a plate, in widths
Focus = tuple[float, float]
FACE: Focus = (0.5, 1 / 3)  # where a face is in most photographs
_ABOVE_MIDDLE = 0.42
FORMATS = (  # tried by browsers in this order; the options are the encoders' own
    ("avif", "image/avif", {"quality": 50, "speed": 6, "max_threads": 1}),
    ("webp", "image/webp", {"quality": 66, "method": 6}),
    ("jpg", "image/jpeg", {"quality": 66, "optimize": True, "progressive": True}),
)
PNG = ("png", "image/png", {"optimize": True})


class PictureFile(NamedTuple):
    """One file of a picture: its name, media type, pixels per CSS pixel, and content."""

    name: str
    type: str
    scale: int
    data: bytes


class Picture(NamedTuple):
    """A picture as it is shown: width and height in CSS pixels, and its files, the best format first.

    ``folder`` is the address of the folder of the files, with a slash at its end. ``elsewhere`` is the address of a
    picture on another site, which has no files here. ``warning`` states what the author should know about the picture.
    """

    width: int
    height: int
    shape: str
    files: tuple[PictureFile, ...] = ()
    folder: str = ""
    elsewhere: str = ""
    warning: str = ""

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The media type and ``srcset`` of every format, the best first; all browsers know the last one."""
        by_type: dict[str, list[str]] = {}
        for file in self.files:
            by_type.setdefault(file.type, []).append(f"{self.folder}{file.name} {file.scale}x")
        return [(type_, ", ".join(parts)) for type_, parts in by_type.items()]

    @property
    def src(self) -> str:
        """The address for browsers that know one format and no densities."""
        return self.elsewhere or self.folder + [file for file in self.files if file.scale == 1][-1].name

    @property
    def src_2x(self) -> str:
        """The same at two pixels per CSS pixel; "" if the picture is too small."""
        return next((self.folder + file.name for file in reversed(self.files) if file.scale == 2), "")

    @property
    def largest(self) -> str:
        """The address of the largest picture in a format that everything can read."""
        return self.elsewhere or self.folder + self.files[-1].name


class Cache(NamedTuple):
    """A store of finished pictures: ``load`` returns what was stored under a name, or None."""

    load: Callable[[str], bytes | None]
    store: Callable[[str, bytes], object]


def picture_paths(value: str) -> Iterator[str]:
    """Yield the paths below the content that a picture may mean, by its spelling and its folder."""
    path = value if value.startswith("..") else re.sub(r"^(?:\.?/)+", "", value)
    for spelling in dict.fromkeys(
        unicodedata.normalize(form, each) for each in (path, unquote(path)) for form in ("NFC", "NFD")
    ):
        yield f"{FOLDER}{spelling}"
        yield spelling


def make_picture(
    picture: bytes, size: int, shape: str, cache: Cache, focus: Focus = FACE, stem: str = "portrait"
) -> Picture:
    """Return a picture as it is shown; the names of its files begin with ``stem``.

    ``size`` is the longer side in CSS pixels; ``shape`` is ``plate`` (4:5 where the picture is high enough, else as
    high as it is, but no wider than a square), ``square``, ``circle`` (cut alike; the styles round it) or ``whole``
    (not cut). ``focus`` is the point of the picture to keep, as fractions of its width and height. Raises
    InvalidValueError for a file that is not a picture.
    """
    if is_svg(picture):
        picture = clean_svg(picture, passive=True)
        name = f"{stem}-{_digest(picture)}.svg"
        return Picture(size, size, shape, (PictureFile(name, "image/svg+xml", 1, picture),))
    pillow = importlib.metadata.version("pillow")  # without importing it: a cached portrait does not need Pillow
    cut = "square" if shape == "circle" else shape
    recipe = f"{RECIPE} {stem} {size} {cut} {focus} {pillow}"
    key = hashlib.sha256(picture + recipe.encode()).hexdigest()[:32]
    made = _unpacked(cache.load(key))
    if made is None:
        made = _make(picture, size, shape, focus, stem)
        cache.store(key, _packed(made))
    return made._replace(shape=shape)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:10]


def _packed(picture: Picture) -> bytes:
    files = [(file.name, file.type, file.scale, b64encode(file.data).decode()) for file in picture.files]
    return json.dumps([picture.width, picture.height, picture.warning, files]).encode()


def _unpacked(data: bytes | None) -> Picture | None:
    """Return the picture that ``_packed`` made bytes of; None if there is none, or it is damaged."""
    try:
        width, height, warning, files = json.loads(data or b"")
        unpacked = tuple(
            PictureFile(name, type_, scale, b64decode(text, validate=True)) for name, type_, scale, text in files
        )
    except (ValueError, TypeError):
        return None
    return Picture(width, height, "", unpacked, warning=warning)


def _make(picture: bytes, size: int, shape: str, focus: Focus, stem: str) -> Picture:
    from PIL import features

    image, warning = _opened(picture, size)
    image = _cut(image, PLATE if shape == "plate" else 1, focus) if shape != "whole" else image
    longer = max(image.size)
    width, height = (max(1, round(side * size / longer)) for side in image.size)
    fallback = PNG if image.mode == "RGBA" else FORMATS[-1]
    formats = [*(row for row in FORMATS[:-1] if features.check(row[0])), fallback]
    files = []
    for scale in SCALES:
        if scale > 1 and longer <= size * (scale - 1):
            break  # the picture has no more pixels
        wanted = size * scale / longer
        pixels = image.size if wanted >= 1 else tuple(max(1, round(side * wanted)) for side in image.size)
        small = image if pixels == image.size else image.resize(pixels, resample=3, reducing_gap=3)  # 3: bicubic
        for ending, type_, options in formats:
            data = _encoded(small, ending, options)
            files.append(PictureFile(f"{stem}-{_digest(data)}-{scale}x.{ending}", type_, scale, data))
    return Picture(width, height, shape, tuple(files), warning=warning)


def _opened(picture: bytes, size: int) -> tuple["Image", str]:
    """Return the picture upright, in RGB or, where something is transparent, RGBA; and a warning or ""."""
    from PIL import Image, ImageOps, UnidentifiedImageError
    from PIL.Image import open as decoded

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image: Image.Image = decoded(io.BytesIO(picture))
            pixels = image.width * image.height
            if pixels > MOST_PIXELS:
                raise InvalidValueError(
                    f"has {pixels // 1_000_000} million pixels", "save it with fewer than 200 million"
                )
            frames = getattr(image, "n_frames", 1)
            image.draft(None, (size * 4, size * 4))  # a JPEG is decoded at a fraction of its size where that is enough
            image.load()
            image = _in_srgb(ImageOps.exif_transpose(image))
    except InvalidValueError:
        raise
    except Image.DecompressionBombError:
        raise InvalidValueError("has too many pixels", "save it with fewer than 200 million") from None
    except UnidentifiedImageError:
        raise InvalidValueError("is not a picture that can be read", "save it as JPEG or PNG") from None
    except Exception:  # a damaged file can make a decoder raise anything
        raise InvalidValueError("is a damaged picture", "save it again as JPEG or PNG") from None
    return image, "is animated; only its first frame is shown" if frames > 1 else ""


def _in_srgb(image: "Image") -> "Image":
    """Return an image of any mode and colour profile in sRGB, with an alpha channel only where it is needed."""
    from PIL import Image, ImageCms

    if image.mode.startswith("I"):  # 16 bits of grey: Pillow would clip them to white
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    alpha = None
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        alpha = image.convert("RGBA").getchannel("A")
        image = image.convert("RGBA").convert("RGB") if image.mode != "LA" else image.convert("L")
        if alpha.getextrema()[0] == 255:
            alpha = None
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
        except ImageCms.PyCMSError:
            pass  # the profile does not fit the picture: its plain numbers are the best guess
    clean = Image.new("RGB", image.size)
    clean.paste(image.convert("RGB"))  # into a new image, which has none of the old one's metadata
    if alpha is not None:
        clean.putalpha(alpha)
    return clean


def _cut(image: "Image", ratio: float, focus: Focus) -> "Image":
    """Return the largest part of an image that is no wider than high, and at most ``ratio`` times as high as wide.

    The focus comes to lie in the middle of its width, and a little above the middle of its height.
    """
    width = min(image.width, image.height)
    height = min(image.height, round(width * ratio))
    left = min(max(round(image.width * focus[0] - width / 2), 0), image.width - width)
    top = min(max(round(image.height * focus[1] - height * _ABOVE_MIDDLE), 0), image.height - height)
    return image.crop((left, top, left + width, top + height))


def _encoded(image: "Image", ending: str, options: Mapping[str, int]) -> bytes:
    if ending == "png":
        image = image.quantize(256, method=2)  # 2: fast octree, the one that keeps transparency
    file = io.BytesIO()
    image.save(file, {"jpg": "jpeg"}.get(ending, ending), **options)
    return file.getvalue()
