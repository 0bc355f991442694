"""TIFF → its parts, with what a camera or a program wrote overwritten: no value may move, since others point to it.

Kept are the pixels, with everything that says how to read them, and what science needs: the coordinates of a map
(GeoTIFF), the axes of a stack of images (ImageJ, OME).
"""

import re
import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..problems import InvalidValueError
from .edits import Edit, edited
from .raster import Parts

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_DESCRIPTION = 270
_AXES = re.compile(rb"ImageJ=|<OME|\s*<\?xml.{0,999}<OME|\{\"shape\"|SI\.|state\.", re.DOTALL)
_DIRECTORIES = frozenset((34665, 34853, 40965))  # Exif, GPS, interoperability: all of them is wiped
_METADATA = _DIRECTORIES | frozenset(
    # names, texts, camera, program, time, author, computer; XMP, copyright, IPTC, Photoshop; Windows' titles; serials
    (269, 270, 271, 272, 285, 305, 306, 315, 316, 700, 33432, 33723, 34377, 37724, *range(40091, 40096), 42033, 42037)
)
_RAW = frozenset((32803, 34892))  # photometric interpretations of what a camera's sensor saw
_PIXELS = ((273, 279), (324, 325))  # strips and tiles: where they start, how long they are
MOST = 100_000  # directories


class Entry(NamedTuple):
    """One entry of a directory: tag, type, number of values, where it stands, and where its values start and end."""

    tag: int
    kind: int
    values: int
    at: int
    start: int
    end: int


class _Tiff:
    """The directories of a file."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.order = "<" if bytes(data[:2]) == b"II" else ">"
        self.big = 43 in data[2:4]
        self.count, self.pointer = ("Q", "Q") if self.big else ("H", "I")
        self.head, self.size, self.inline = (8, 20, 8) if self.big else (2, 12, 4)
        self.wiped: set[int] = set()

    def unpack(self, layout: str, at: int) -> tuple[int, ...]:
        """Return the numbers at a place."""
        return struct.unpack_from(f"{self.order}{layout}", self.data, at)

    def entries(self, at: int) -> list[Entry]:
        """Return the entries of a directory."""
        (count,) = self.unpack(self.count, at)
        if at + self.head + count * self.size > len(self.data):
            raise ValueError("a directory ends outside")
        found = []
        for number in range(count):
            place = at + self.head + number * self.size
            tag, kind, values = self.unpack(f"HH{self.pointer}", place)
            value = place + self.size - self.inline
            length = values * _SIZES.get(kind, 1)
            start = value if length <= self.inline else self.unpack(self.pointer, value)[0]
            if start + length > len(self.data):
                raise ValueError("a value ends outside")
            found.append(Entry(tag, kind, values, place, start, start + length))
        return found

    def numbers(self, entry: Entry) -> tuple[int, ...]:
        """Return the values of an entry that are whole numbers."""
        letter = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}.get(entry.kind)
        if letter is None:
            raise ValueError("not a whole number")
        return self.unpack(f"{entry.values}{letter}", entry.start)

    def edits(self) -> Iterator[Edit]:
        """Yield the edits of all directories."""
        waiting = [*self.unpack(self.pointer, 8 if self.big else 4)]
        seen: set[int] = set()
        kept: list[tuple[int, int]] = []
        wiped: list[Edit] = []
        while waiting:
            at = waiting.pop()
            if not at or at in seen:
                continue
            seen.add(at)
            if len(seen) > MOST:
                raise ValueError("too many directories")
            entries = self.entries(at)
            by_tag = {entry.tag: entry for entry in entries}
            if 50706 in by_tag or (262 in by_tag and self.numbers(by_tag[262])[0] in _RAW):
                raise InvalidValueError(
                    "is a camera's raw picture, with where and by whom it was made", "save it as JPEG"
                )
            stay = [entry for entry in entries if not self._goes(entry)]
            after = at + self.head + len(entries) * self.size
            waiting += self.unpack(self.pointer, after)
            if 330 in by_tag:
                waiting += self.numbers(by_tag[330])
            kept += [(entry.start, entry.end) for entry in stay if entry.end - entry.start > self.inline]
            for starts, lengths in _PIXELS:
                if starts in by_tag and lengths in by_tag:
                    places = zip(self.numbers(by_tag[starts]), self.numbers(by_tag[lengths]), strict=False)
                    kept += [(start, start + length) for start, length in places]
            if len(stay) < len(entries):
                table = b"".join(bytes(self.data[entry.at : entry.at + self.size]) for entry in stay)
                end = bytes(self.data[after : after + self.inline])
                head = struct.pack(f"{self.order}{self.count}", len(stay))
                wiped.append(Edit(at, after + self.inline, head + table + end))
                for entry in set(entries) - set(stay):
                    wiped += self._wipe(entry)
        if wiped:
            _check(wiped, kept)
        yield from dict.fromkeys(wiped)

    def _goes(self, entry: Entry) -> bool:
        axes = entry.tag == _DESCRIPTION and _AXES.match(self.data, entry.start, entry.end)
        return entry.tag in _METADATA and not axes

    def _wipe(self, entry: Entry) -> Iterator[Edit]:
        """Yield the edits that wipe an entry's values where they stand elsewhere, and the directory it points to."""
        if entry.end - entry.start > self.inline:
            yield Edit(entry.start, entry.end)
        if entry.tag in _DIRECTORIES:
            for at in self.numbers(entry):
                if at in self.wiped:
                    continue
                self.wiped.add(at)
                inside = self.entries(at)
                yield Edit(at, at + self.head + len(inside) * self.size + self.inline)
                for each in inside:
                    yield from self._wipe(each)


def _check(wiped: list[Edit], kept: Iterable[tuple[int, int]]) -> None:
    """Raise ValueError if something that stays lies in what is wiped."""
    places = sorted((edit.start, edit.end) for edit in wiped)
    for start, end in kept:
        before = bisect_left(places, (end, 0)) - 1  # the last one that starts before the end
        if before >= 0 and places[before][1] > start:
            raise ValueError("a value that stays lies in one that goes")


def tiff(data: memoryview) -> Parts:
    """Yield a file's parts; what is overwritten as None and what takes its place."""
    return edited(data, _Tiff(data).edits())
