"""The author's picture → a small portrait in modern formats. An edge: reads the picture and keeps what it made.

AVIF, WebP and a JPEG (a PNG where something is transparent), each at one and two pixels per CSS pixel, cut to the
shape, turned upright, in sRGB, and without anything that a camera or a program wrote into the file. What was made is
kept in a folder by the picture's content and the settings, so that the next build reads six small files.
"""

import hashlib
import io
import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .profile import Portrait, PortraitFile

if TYPE_CHECKING:
    from PIL.Image import Image

RECIPE = 1  # raise it when what is made changes, so that what is kept is made anew
MOST_PIXELS = 200_000_000  # a larger one is a mistake, or meant to fill the memory
SCALES = (1, 2)
FORMATS = (  # tried by browsers in this order; the options are the encoders' own
    ("avif", "image/avif", {"quality": 52, "speed": 6, "max_threads": 1}),
    ("webp", "image/webp", {"quality": 72, "method": 6}),
    ("jpg", "image/jpeg", {"quality": 72, "optimize": True, "progressive": True}),
)
PNG = ("png", "image/png", {"optimize": True})


class PictureError(ValueError):
    """The file cannot become a portrait: message and hint."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep what a problem needs."""
        super().__init__(message)
        self.message, self.hint = message, hint


def make_portrait(picture: bytes, cache: Path, size: int, shape: str) -> tuple[Portrait, str]:
    """Return the portrait of a picture, and a warning or "".

    ``size`` is the longer side in CSS pixels; ``shape`` is ``square``, ``circle`` (cut alike; the styles round it) or
    ``whole`` (not cut). Raises PictureError.
    """
    if _is_svg(picture):
        name = f"portrait-{_digest(picture)}.svg"
        return Portrait(size, size, shape, (PortraitFile(name, "image/svg+xml", 1, picture),)), ""
    recipe = f"{RECIPE} {size} {'whole' if shape == 'whole' else 'square'} {_pillow()}"
    kept = cache / hashlib.sha256(picture + recipe.encode()).hexdigest()[:32]
    made = _kept(kept)
    if made is None:
        made = _make(picture, size, shape)
        _keep(kept, made)
    width, height, files, warning = made
    return Portrait(width, height, shape, tuple(PortraitFile(*file) for file in files)), warning


Made = tuple[int, int, list[tuple[str, str, int, bytes]], str]  # width, height, (name, type, scale, data) …, warning


def _pillow() -> str:
    import importlib.metadata

    return importlib.metadata.version("pillow")  # without importing it: a portrait that is kept needs no Pillow


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:10]


def _is_svg(picture: bytes) -> bool:
    start = picture[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and b"<svg" in start


def _kept(folder: Path) -> Made | None:
    """Return what was made before; None if it was not, or is not whole."""
    try:
        width, height, names, warning = json.loads((folder / "made.json").read_bytes())
        files = [(name, kind, scale, (folder / name).read_bytes()) for name, kind, scale in names]
    except (OSError, ValueError):
        return None
    return width, height, files, warning


def _keep(folder: Path, made: Made) -> None:
    """Keep what was made; a folder that cannot be written costs time at the next build, and nothing else."""
    width, height, files, warning = made
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, _, _, data in files:
            (folder / name).write_bytes(data)
        names = [(name, kind, scale) for name, kind, scale, _ in files]
        (folder / "made.json").write_text(json.dumps([width, height, names, warning]))  # last: it says all is here
    except OSError:
        return


def _make(picture: bytes, size: int, shape: str) -> Made:
    from PIL import features

    image, warning = _opened(picture, size)
    image = _cut(image) if shape != "whole" else image
    longer = max(image.size)
    width, height = (max(1, round(side * size / longer)) for side in image.size)
    fallback = PNG if image.mode == "RGBA" else FORMATS[-1]
    formats = [*(row for row in FORMATS[:-1] if features.check(row[0])), fallback]
    files = []
    for scale in SCALES:
        if scale > 1 and longer <= size * (scale - 1):
            break  # the picture has no more to show
        wanted = size * scale / longer
        pixels = image.size if wanted >= 1 else tuple(max(1, round(side * wanted)) for side in image.size)
        small = image if pixels == image.size else image.resize(pixels, resample=3, reducing_gap=3)  # 3: bicubic
        for ending, kind, options in formats:
            data = _encoded(small, ending, options)
            files.append((f"portrait-{_digest(data)}-{scale}x.{ending}", kind, scale, data))
    return width, height, files, warning


def _opened(picture: bytes, size: int) -> tuple["Image", str]:
    """Return the picture upright, in RGB or, where something is transparent, RGBA."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(picture))
            pixels = image.width * image.height
            if pixels > MOST_PIXELS:
                raise PictureError(f"has {pixels // 1_000_000} million pixels", "save it with fewer than 200 million")
            frames = getattr(image, "n_frames", 1)
            image.draft(None, (size * 4, size * 4))  # a JPEG is decoded at a fraction of its size where that is enough
            image.load()
            image = _in_srgb(ImageOps.exif_transpose(image))
    except PictureError:
        raise
    except Image.DecompressionBombError:
        raise PictureError("has too many pixels", "save it with fewer than 200 million") from None
    except Exception as error:  # decoders raise whatever a broken file makes them raise
        if isinstance(error, UnidentifiedImageError):
            raise PictureError("is no picture that can be read", "save it as JPEG or PNG") from None
        raise PictureError("is a broken picture", "save it anew as JPEG or PNG") from None
    return image, "moves; only its first picture is shown" if frames > 1 else ""


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
            pass  # a profile that fits nothing: the plain numbers are the best guess
    clean = Image.new("RGB", image.size)
    clean.paste(image.convert("RGB"))  # a new image: nothing of the old one's metadata comes along
    if alpha is not None:
        clean.putalpha(alpha)
    return clean


def _cut(image: "Image") -> "Image":
    """Return the largest square of an image; of a tall one, from nearer its top, where a face is."""
    side = min(image.size)
    left = (image.width - side) // 2
    top = (image.height - side) * 3 // 10
    return image.crop((left, top, left + side, top + side))


def _encoded(image: "Image", ending: str, options: dict[str, Any]) -> bytes:
    if ending == "png":
        image = image.quantize(256, method=2)  # 2: fast octree, the one that keeps transparency
    file = io.BytesIO()
    image.save(file, {"jpg": "jpeg"}.get(ending, ending), **options)
    return file.getvalue()
