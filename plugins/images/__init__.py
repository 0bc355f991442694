"""An image's bytes → the same image without the metadata that a camera or a program wrote into it.

Where, with which camera and by whom a photograph was taken is private, and few authors know that the file holds it. The
pixels stay the same bit for bit, and so do the colour profile and, in a minimal Exif block, the orientation.
"""

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress

Bytes = bytes | memoryview
Parts = Iterator[Bytes | None]
"""The parts of a file in order; None for one that is left out."""

_ORIENTATION = 0x0112
_BROKEN = (struct.error, IndexError, ValueError)


def strip_metadata(data: Bytes) -> bytes | None:
    """Return a JPEG, PNG or WebP without metadata; None if it has none, is of another type, or is broken."""
    try:
        parts = list(_parts(memoryview(data)))
    except _BROKEN:
        return None  # a broken image is published as it is
    if None not in parts:
        return None
    whole = b"".join(part for part in parts if part is not None)
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:] if whole[:4] == b"RIFF" else whole


def has_metadata(data: Bytes) -> bool:
    """Return whether an image has metadata, broken ones included; of a large file only each part's start is read."""
    with suppress(*_BROKEN):
        return any(part is None for part in _parts(memoryview(data)))
    return False


def _parts(data: memoryview) -> Parts:
    """Return the parts of an image; none of a file of another type."""
    start = bytes(data[:16])
    if start.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(data)
    return _webp(data) if start[:4] == b"RIFF" and start[8:12] == b"WEBP" else iter(())


def _jpeg(data: memoryview) -> Parts:
    """Yield a JPEG's segments (ITU T.81, B.1.1); of the application segments JFIF, ICC and Adobe stay."""
    yield data[:2]
    position, cut = 2, False
    while True:
        marker, size = struct.unpack_from(">xBH", data, position)
        segment = data[position : position + 2 + size]
        if marker == 0xDA:  # the first scan begins
            break
        body = bytes(segment[4:16])
        kept = marker < 0xE0 or (marker > 0xEF and marker != 0xFE) or marker in (0xE0, 0xEE)
        if kept or (marker == 0xE2 and body.startswith(b"ICC_PROFILE")):
            yield segment
        else:
            cut = True
            yield None
            if body.startswith(b"Exif\0\0") and (oriented := _orientation_of(segment[10:])):
                yield b"\xff\xe1" + struct.pack(">H", len(oriented) + 8) + b"Exif\0\0" + oriented
        position += 2 + size
    end = _end_of_jpeg(data, position) if cut else len(data)  # phones append further images
    yield data[position:end]


def _end_of_jpeg(data: memoryview, position: int) -> int:
    """Return the position behind a JPEG's end marker, found by walking through its scans."""
    whole = bytes(data)
    while True:
        if whole[position : position + 2] == b"\xff\xd9":
            return position + 2
        position += 2 + struct.unpack_from(">H", whole, position + 2)[0]
        while True:  # in a scan, FF is followed by 00, D0–D7 (a restart) or FF (a fill byte)
            position = whole.index(b"\xff", position)
            if whole[position + 1] not in (0, 0xFF, *range(0xD0, 0xD8)):
                break
            position += 1 if whole[position + 1] == 0xFF else 2
        while whole[position + 1] not in (0xDA, 0xD9):  # tables between scans
            position += 2 + struct.unpack_from(">H", whole, position + 2)[0]


def _png(data: memoryview) -> Parts:
    """Yield a PNG's chunks (PNG, third edition, 5.3) without text, time and Exif."""
    yield data[:8]
    position = 8
    while True:
        size, name = struct.unpack_from(">I4s", data, position)
        chunk = data[position : position + 12 + size]
        if name in (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"):
            yield None
            if name == b"eXIf" and (oriented := _orientation_of(chunk[8:-4])):
                crc = zlib.crc32(name + oriented)
                yield struct.pack(">I", len(oriented)) + name + oriented + struct.pack(">I", crc)
        else:
            yield chunk
        position += 12 + size
        if name == b"IEND":
            return


def _webp(data: memoryview) -> Parts:
    """Yield a WebP's chunks (RFC 9649) without Exif and XMP, and clear their flags in the header."""
    yield data[:12]
    position = 12
    chunks: list[tuple[bytes, memoryview]] = []
    while position + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, position)
        start, position = position, position + 8 + size + size % 2
        chunks.append((name, data[start:position]))
    oriented = next((_orientation_of(chunk[8:]) for name, chunk in chunks if name == b"EXIF"), None)
    for name, chunk in chunks:
        if name == b"VP8X":
            flags = chunk[8] & ~(0x08 | 0x04) | (0x08 if oriented else 0)
            yield bytes(chunk[:8]) + bytes([flags]) + bytes(chunk[9:])
        elif name in (b"EXIF", b"XMP "):
            yield None
        else:
            yield chunk
    if oriented:
        yield b"EXIF" + struct.pack("<I", len(oriented)) + oriented


def _orientation_of(exif: Bytes) -> bytes | None:
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
