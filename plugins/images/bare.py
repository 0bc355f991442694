"""A picture's bytes → the same picture without what its camera and programs wrote into it.

Where a photograph was taken, with which camera, by whom: nobody means to publish it. The pixels stay as they are,
bit for bit, and so do colour profile and, in a few bytes of Exif, the side that is up.
"""

import struct
from collections.abc import Callable, Iterator

Bytes = bytes | memoryview
Spans = Iterator[Bytes | None]
"""The parts of a file in their order; None for one that is left out."""

_ORIENTATION = 0x0112


def bare(data: Bytes) -> bytes | None:
    """Return a JPEG, PNG or WebP without private metadata; None if it has none, or is something else or broken."""
    spans = _reader(bytes(data[:16]))
    if spans is None:
        return None
    try:
        parts = list(spans(memoryview(data)))
    except (struct.error, IndexError, ValueError):
        return None  # not for us to mend: it is published as it is
    if all(part is not None for part in parts):
        return None
    whole = b"".join(part for part in parts if part is not None)
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:] if whole[:4] == b"RIFF" else whole


def tells(data: Bytes) -> bool:
    """Tell whether a picture has private metadata; of a large one only the beginnings of its parts are read."""
    spans = _reader(bytes(data[:16]))
    try:
        return spans is not None and any(part is None for part in spans(memoryview(data)))
    except (struct.error, IndexError, ValueError):
        return False


def _reader(start: bytes) -> Callable[[memoryview], Spans] | None:
    if start.startswith(b"\xff\xd8\xff"):
        return _jpeg
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return _webp
    return None


def _jpeg(data: memoryview) -> Spans:
    """Yield a JPEG's segments (ITU T.81, B.1.1): of the applications' own stay JFIF, the colour profile and Adobe's."""
    yield data[:2]
    place, cut = 2, False
    while True:
        marker, size = struct.unpack_from(">xBH", data, place)
        segment = data[place : place + 2 + size]
        if marker == 0xDA:  # the picture itself begins
            break
        body = bytes(segment[4:16])
        kept = marker < 0xE0 or (marker > 0xEF and marker != 0xFE) or marker in (0xE0, 0xEE)
        if kept or (marker == 0xE2 and body.startswith(b"ICC_PROFILE")):
            yield segment
        else:
            cut = True
            yield None
            turned = _turned(segment[10:]) if body.startswith(b"Exif\0\0") else None
            if turned:
                yield b"\xff\xe1" + struct.pack(">H", len(turned) + 8) + b"Exif\0\0" + turned
        place += 2 + size
    end = _end_of_jpeg(data, place) if cut else len(data)  # phones put further pictures behind the first
    yield data[place:end]


def _end_of_jpeg(data: memoryview, place: int) -> int:
    """Return where a JPEG ends: its scans are followed to the marker that says so."""
    whole = bytes(data)
    while True:
        if whole[place : place + 2] == b"\xff\xd9":
            return place + 2
        place += 2 + struct.unpack_from(">H", whole, place + 2)[0]
        while True:  # the scan's own bytes: an FF in them is followed by 00 or a restart's D0–D7
            place = whole.index(b"\xff", place)
            if whole[place + 1] not in (0, 0xFF, *range(0xD0, 0xD8)):
                break
            place += 1 if whole[place + 1] == 0xFF else 2
        while whole[place + 1] not in (0xDA, 0xD9):  # tables between scans
            place += 2 + struct.unpack_from(">H", whole, place + 2)[0]


def _png(data: memoryview) -> Spans:
    """Yield a PNG's chunks (PNG, third edition, 5.3); texts, times and Exif are left out."""
    yield data[:8]
    place = 8
    while True:
        size, name = struct.unpack_from(">I4s", data, place)
        chunk = data[place : place + 12 + size]
        if len(chunk) != 12 + size:
            raise ValueError("cut off")
        if name in (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"):
            yield None
            turned = _turned(chunk[8:-4]) if name == b"eXIf" else None
            if turned:
                import zlib

                yield struct.pack(">I", len(turned)) + name + turned + struct.pack(">I", zlib.crc32(name + turned))
        else:
            yield chunk
        place += 12 + size
        if name == b"IEND":
            return


def _webp(data: memoryview) -> Spans:
    """Yield a WebP's chunks (RFC 9649); Exif and XMP are left out, and the header says so."""
    yield data[:12]
    place = 12
    chunks: list[tuple[bytes, memoryview]] = []
    while place + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, place)
        end = place + 8 + size + size % 2
        chunks.append((name, data[place:end]))
        place = end
    turned = next((_turned(chunk[8:]) for name, chunk in chunks if name == b"EXIF"), None)
    for name, chunk in chunks:
        if name == b"VP8X":
            flags = chunk[8] & ~(0x08 | 0x04) | (0x08 if turned else 0)
            yield bytes(chunk[:8]) + bytes([flags]) + bytes(chunk[9:])
        elif name in (b"EXIF", b"XMP "):
            yield None
        else:
            yield chunk
    if turned:
        yield b"EXIF" + struct.pack("<I", len(turned)) + turned


def _turned(exif: Bytes) -> bytes | None:
    """Return an Exif block that says only which side is up; None where the picture stands upright."""
    tiff = bytes(exif).removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return None
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for entry in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * entry)
            if tag == _ORIENTATION and 2 <= value <= 8:
                return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
    except struct.error:
        pass
    return None
