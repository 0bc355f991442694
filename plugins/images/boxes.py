"""AVIF, HEIC, JPEG XL and JPEG 2000: files of boxes → their parts, with what programs and cameras wrote overwritten.

Items are found by their distance from the start of the file (ISO/IEC 14496-12), so that nothing may move: a box becomes
free space, an item's content an empty block of the same length.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from .edits import Edit, edited
from .raster import UPRIGHT, Parts, orientation_of

_METADATA = (b"uuid", b"udta", b"Exif", b"xml ", b"jumb", b"brob", b"uinf")
_HEADERS = (b"mvhd", b"tkhd", b"mdhd")  # which begin with the times of creation and modification
_INSIDE = (b"moov", b"trak", b"mdia", b"jp2h")
_ITEMS = (b"Exif", b"mime", b"uri ")
_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'


class Box(NamedTuple):
    """A box: its type, where it starts, where its content starts, and where it ends."""

    kind: bytes
    start: int
    content: int
    end: int


def boxes(data: memoryview) -> Parts:
    """Yield a file's parts; what is overwritten as None and what takes its place."""
    return edited(data, _edits(data, 0, len(data)))


def _boxes(data: memoryview, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes of a range."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        content = start + 8
        if size == 1:
            size, content = struct.unpack_from(">Q", data, content)[0], content + 8
        stop = start + size if size else end
        if not content <= stop <= end:
            raise ValueError("a box ends outside")
        yield Box(kind, start, content, stop)
        start = stop


def _edits(data: memoryview, start: int, end: int) -> Iterator[Edit]:
    for box in _boxes(data, start, end):
        if box.kind in _METADATA:
            yield Edit(box.start + 4, box.end, b"free" + bytes(data[box.start + 8 : box.content]))
        elif box.kind in _HEADERS:
            width = 16 if data[box.content] else 8  # by the version
            yield Edit(box.content + 4, box.content + 4 + width)
        elif box.kind in _INSIDE:
            yield from _edits(data, box.content, box.end)
        elif box.kind == b"meta" and start == 0:
            yield from _items(data, box)
        elif box.kind == b"meta":  # of a film
            yield Edit(box.start + 4, box.end, b"free")


def _items(data: memoryview, meta: Box) -> Iterator[Edit]:
    """Yield the edits of a box of items: an image, its tiles, and what is known about it."""
    inside = {box.kind: box for box in _boxes(data, meta.content + 4, meta.end)}
    for box in inside.values():
        if box.kind in _METADATA:
            yield Edit(box.start + 4, box.end, b"free")
    if b"iprp" in inside:
        yield from _properties(data, inside[b"iprp"])
    if not {b"iinf", b"iloc"} <= inside.keys():
        return
    kinds = dict(_kinds(data, inside[b"iinf"]))
    wanted = {number for number, kind in kinds.items() if kind in _ITEMS}
    places = dict(_places(data, inside[b"iloc"], inside.get(b"idat")))
    pixels = [place for number, extents in places.items() if number not in wanted for place in extents]
    for number in wanted & places.keys():
        for start, end in places[number]:
            if any(start < other_end and other_start < end for other_start, other_end in pixels):
                raise ValueError("an item lies in another")
            instead = _empty(bytes(data[start:end])) if kinds[number] == b"Exif" else _XMP.ljust(end - start)
            yield Edit(start, end, instead[: end - start])


def _empty(exif: bytes) -> bytes:
    """Return the beginning of an item of Exif without entries, or with the orientation alone."""
    return bytes(4) + (orientation_of(exif[4 + int.from_bytes(exif[:4], "big") :]) or UPRIGHT)


def _properties(data: memoryview, iprp: Box) -> Iterator[Edit]:
    """Yield the edits of properties: descriptions in words and times."""
    for container in _boxes(data, iprp.content, iprp.end):
        if container.kind == b"ipco":
            for box in _boxes(data, container.content, container.end):
                if box.kind in (b"udes", b"crtt", b"mdft"):
                    yield Edit(box.content + 4, box.end)


def _kinds(data: memoryview, iinf: Box) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the type of each item."""
    first = iinf.content + (6 if data[iinf.content] == 0 else 8)
    for box in _boxes(data, first, iinf.end):
        version = data[box.content]
        if box.kind == b"infe" and version >= 2:
            number, kind = struct.unpack_from(">H2x4s" if version == 2 else ">I2x4s", data, box.content + 4)
            yield number, kind


def _places(data: memoryview, iloc: Box, idat: Box | None) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield the number of each item, and where its parts start and end."""
    version = data[iloc.content]
    position = iloc.content + 4

    def number(size: int) -> int:
        nonlocal position
        position += size
        return int.from_bytes(data[position - size : position], "big")

    sizes = number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    for _ in range(number(2 if version < 2 else 4)):
        item = number(2 if version < 2 else 4)
        method = number(2) & 15 if version else 0
        elsewhere = number(2)
        base = number(base_size)
        extents = []
        for _ in range(number(2)):
            number(index_size if version else 0)
            start = base + number(offset_size) + (idat.content if method == 1 and idat else 0)
            length = number(length_size)
            extents.append((start, start + length if length else len(data)))
        if elsewhere or method > 1 or position > iloc.end or any(end > len(data) for _, end in extents):
            raise ValueError("an item lies elsewhere")
        yield item, extents
