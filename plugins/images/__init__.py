"""An image's bytes → the same image without the metadata that a camera or a program wrote into it.

Where, with which camera and by whom a photograph was taken is private, and few authors know that the file holds it. The
first bytes of a file decide what it is, not its name. The pixels stay the same bit for bit, and so do the colour
profile and the orientation. What cannot be cleaned is published as it is, with a warning.
"""

import re
import struct
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from contextlib import suppress

from ..problems import InvalidValueError
from ..svg import clean_svg, has_script, holds_more, is_svg
from .boxes import boxes
from .raster import Bytes, Parts, gif, jpeg, png, webp
from .tiff import tiff

__all__ = ["START", "has_metadata", "is_image", "strip_metadata"]

START = 64  # bytes that decide what a file is
_BROKEN = (struct.error, IndexError, ValueError, OverflowError)


def strip_metadata(data: Bytes) -> tuple[bytes, str]:
    """Return a file without metadata, and "" or a warning; the same bytes where nothing is to be removed."""
    data = memoryview(data)
    try:
        parts = list(_parts(data))
    except InvalidValueError as error:
        return bytes(data), str(error)
    except _BROKEN:
        return bytes(data), "is damaged, and may hold where, with what and by whom it was made; save it again"
    whole = b"".join(part for part in parts if part is not None) if None in parts else bytes(data)
    if None in parts and whole[:4] == b"RIFF":
        whole = whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]
    scripted = _is_text(bytes(data[:START])) and is_svg(whole) and has_script(whole)
    return whole, "holds a script, and whatever is noted in it; remove it if nobody is to read that" if scripted else ""


def has_metadata(data: Bytes) -> bool:
    """Return whether an image has metadata or is damaged; of a large file only each part's start is read."""
    try:
        return any(part is None for part in _parts(memoryview(data)))
    except (InvalidValueError, *_BROKEN):
        return True


def is_image(start: bytes) -> bool:
    """Return whether a file that begins like this, with ``START`` bytes, may be an image of a kind that is cleaned."""
    return _is_text(start) or any(begins.match(start) for begins, _ in _KINDS)


def _parts(data: memoryview) -> Parts:
    """Return the parts of an image; none of a file of another kind."""
    start = bytes(data[:START])
    if _is_text(start):
        return _drawing(data)
    return next((parts(data) for begins, parts in _KINDS if begins.match(start)), iter(()))


def _is_text(start: bytes) -> bool:
    """Return whether a file may be an SVG; in UTF-16, every other byte is 0."""
    return start.lstrip(BOM_UTF8 + BOM_UTF16_LE + b"\0 \t\r\n")[:1] in (b"<", b"")


def _drawing(data: memoryview) -> Parts:
    """Yield an SVG anew if it holds more than what is drawn; nothing of another text."""
    text: Bytes = data
    if bytes(data[:2]) in (BOM_UTF16_LE, BOM_UTF16_BE):
        text = re.sub(r"<\?xml.*?\?>", "", str(data, "utf-16"), count=1).encode()
    if is_svg(text) and (holds_more(text) or has_script(text)):
        yield None
        yield clean_svg(bytes(text), lambda picture: strip_metadata(picture)[0])


def _compressed(data: memoryview) -> Parts:
    """Yield nothing; raise InvalidValueError for a compressed SVG."""
    start = b""
    with suppress(zlib.error):
        start = zlib.decompressobj(31).decompress(bytes(data[:4096]), 4096)
    if is_svg(start):
        raise InvalidValueError("is a compressed drawing, which is not cleaned", "save it as plain SVG")
    yield from ()


def _raw(data: memoryview) -> Parts:
    """Raise InvalidValueError: what a camera or a program saves for itself."""
    raise InvalidValueError("may hold where, with what and by whom it was made", "save it as JPEG, PNG or WebP")
    yield  # a generator, as the others are


_KINDS: tuple[tuple[re.Pattern[bytes], Callable[[memoryview], Parts]], ...] = tuple(
    (re.compile(begins, re.DOTALL), parts)
    for begins, parts in (
        (rb"\xff\xd8\xff", jpeg),
        (rb"\x89PNG\r\n\x1a\n", png),
        (rb"RIFF....WEBP", webp),
        (rb"GIF8[79]a", gif),
        (rb"....ftypcrx ", _raw),  # Canon
        (rb"....ftyp(?:....)*?(?:avi[fs]|hei[cmsx]|hev[cmsx]|mif[12]|msf1)", boxes),
        (rb"\0\0\0\x0c(?:JXL |jP  )\r\n\x87\n", boxes),
        (rb"II\*\0|MM\0\*|II\+\0|MM\0\+", tiff),
        (rb"8BPS|gimp xcf|FUJIFILMCCD-RAW|II[UR][\0OS]|MMOR", _raw),
        (rb"\x1f\x8b", _compressed),
    )
)
