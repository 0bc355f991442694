"""Overwriting parts of a file in place."""

from collections.abc import Iterable
from typing import NamedTuple

from .raster import Parts


class Edit(NamedTuple):
    """What takes the place of the bytes from ``start`` to ``end``, filled up with zeros."""

    start: int
    end: int
    instead: bytes = b""


def edited(data: memoryview, edits: Iterable[Edit]) -> Parts:
    """Yield a file's parts: None, and what takes its place, where something changes. Edits must not overlap."""
    position = 0
    for start, end, instead in sorted(edits):
        if not position <= start <= end <= len(data) or len(instead) > end - start:
            raise ValueError("overlapping edits")
        filled = instead.ljust(end - start, b"\0")
        if filled != data[start:end]:
            yield data[position:start]
            yield None
            yield filled
            position = end
    yield data[position:]
