"""JPEG, PNG, WebP and GIF → their parts, None in the place of each that a camera or a program wrote.

Pixels, colour profiles and, in a minimal Exif block, the orientation stay.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress

Bytes = bytes | memoryview
Parts = Iterator[Bytes | None]
"""The parts of a file in order; None for one that is left out."""

UPRIGHT = b"MM\0*" + struct.pack(">IHI", 8, 0, 0)  # an Exif block without entries
_ORIENTATION = 0x0112
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)  # in a scan; FF there is followed by 00, D0–D7 or FF
_APNG = (b"acTL", b"fcTL", b"fdAT")
_PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf", b"gIFt", b"gIFx")
_WEBP = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP")
_GIF_EXTENSIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")  # repetition, colour profile


def jpeg(data: memoryview) -> Parts:
    """Yield a JPEG's segments (ITU T.81, B.1.1); of the application segments JFIF, ICC and Adobe stay."""
    yield data[:2]
    position, cut = 2, False
    while position < len(data):
        if data[position] != 0xFF:
            raise ValueError("no marker")
        marker = data[position + 1]
        if marker == 0xFF:  # any number may stand before a marker
            position += 1
            continue
        if marker == 0xD9:
            if position + 2 < len(data):  # phones append further images, and films
                yield None
            yield data[position : position + 2]
            return
        if marker == 0xDA and not cut and bytes(data[-2:]) == b"\xff\xd9":  # nothing was found, and nothing is appended
            yield data[position:]
            return
        size = struct.unpack_from(">H", data, position + 2)[0]
        segment = data[position : position + 2 + size]
        position += 2 + size
        replacement = _segment(marker, segment)
        if replacement is None:
            yield segment
        else:
            cut = True
            yield None
            yield replacement
        if marker == 0xDA:
            found = _MARKER.search(data, position)
            end = found.start() if found else len(data)
            yield data[position:end]
            position = end


def _segment(marker: int, segment: memoryview) -> bytes | None:
    """Return what takes the place of a segment, b"" for nothing; None for one that stays as it is."""
    body = bytes(segment[4:18])
    if marker == 0xE0 and body.startswith(b"JFIF\0"):
        thumbnail = len(segment) > 18  # perhaps of what was cut off
        return b"\xff\xe0\0\x10" + body[:12] + b"\0\0" if thumbnail else None
    if marker == 0xE1 and body.startswith(b"Exif\0\0") and (oriented := orientation_of(segment[10:])):
        return b"\xff\xe1" + struct.pack(">H", len(oriented) + 8) + b"Exif\0\0" + oriented
    if (marker == 0xE2 and body.startswith(b"ICC_PROFILE")) or (marker == 0xEE and body.startswith(b"Adobe")):
        return None
    return b"" if 0xE0 <= marker <= 0xEF or marker == 0xFE else None


def png(data: memoryview) -> Parts:
    """Yield a PNG's chunks (PNG, third edition, 5.3) without text, time, Exif and what single programs add."""
    yield data[:8]
    position = 8
    while position < len(data):
        size, name = struct.unpack_from(">I4s", data, position)
        chunk = data[position : position + 12 + size]
        position += 12 + size
        private = name[0] & 0x20 and name[1] & 0x20 and name not in _APNG  # lower case: not needed, not in the standard
        if private or name in _PNG_TEXTS:
            yield None
            if name == b"eXIf" and (oriented := orientation_of(chunk[8:-4])):
                crc = zlib.crc32(name + oriented)
                yield struct.pack(">I", len(oriented)) + name + oriented + struct.pack(">I", crc)
        else:
            yield chunk
        if name == b"IEND":
            if position < len(data):  # what a program did not cut off
                yield None
            return


def webp(data: memoryview) -> Parts:
    """Yield a WebP's chunks (RFC 9649) without Exif, XMP and unknown ones, and clear their flags in the header."""
    yield data[:12]
    position, end = 12, min(len(data), struct.unpack_from("<I", data, 4)[0] + 8)
    chunks: list[tuple[bytes, memoryview]] = []
    while position + 8 <= end:
        name, size = struct.unpack_from("<4sI", data, position)
        start, position = position, position + 8 + size + size % 2
        chunks.append((name, data[start:position]))
    if position < len(data):
        yield None
    oriented = next((orientation_of(chunk[8:]) for name, chunk in chunks if name == b"EXIF"), None)
    for name, chunk in chunks:
        if name == b"VP8X":
            flags = chunk[8] & ~(0x08 | 0x04) | (0x08 if oriented else 0)
            yield bytes(chunk[:8]) + bytes([flags]) + bytes(chunk[9:])
        elif name in _WEBP:
            yield chunk
        else:
            yield None
    if oriented:
        yield b"EXIF" + struct.pack("<I", len(oriented)) + oriented


def gif(data: memoryview) -> Parts:
    """Yield a GIF's blocks (GIF89a) without comments and the data of programs."""
    position = 13 + _colours(data[10])
    yield data[:position]
    while data[position] != 0x3B:  # the trailer
        start, kind = position, data[position]
        if kind == 0x2C:  # an image
            position += 11 + _colours(data[position + 9])
        elif kind == 0x21:  # an extension
            position += 2
        else:
            raise ValueError("no block")
        while size := data[position]:
            position += 1 + size
        position += 1
        label = data[start + 1] if kind == 0x21 else 0
        program = label == 0xFF and bytes(data[start + 3 : start + 14]) not in _GIF_EXTENSIONS
        yield None if label == 0xFE or program else data[start:position]
    if position + 1 < len(data):
        yield None
    yield data[position : position + 1]


def _colours(flags: int) -> int:
    """Return the bytes of a GIF's colour table."""
    return 3 * 2 << (flags & 7) if flags & 0x80 else 0


def orientation_of(exif: Bytes) -> bytes | None:
    """Return an Exif block with the orientation alone; None if the image is upright."""
    tiff = bytes(exif).removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return None
    with suppress(struct.error):
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for entry in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * entry)
            if tag == _ORIENTATION and 2 <= value <= 8:
                return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
    return None
