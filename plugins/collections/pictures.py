"""The pictures of entries, made as portraits are: in modern formats, without metadata."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from ..pictures import FOLDER, Cache, Picture, make_picture, picture_paths
from ..problems import InvalidValueError, Problems
from .entry import Entry

SIZE = 144  # CSS pixels of the longer side
_ELSEWHERE = re.compile(r"(?i)(?:https?:)?//")


Pictures = Mapping[tuple[str, str], Picture]
"""The picture of each entry that has one, by its collection and anchor."""

NO_PICTURES: Pictures = MappingProxyType({})


def plan_pictures(
    entries: Iterable[Entry], read: Callable[[str], bytes | None], cache: Cache, problems: Problems
) -> Pictures:
    """Return the pictures of entries; ``read`` reads a file by its path below the content.

    One without a file is a warning, and its entry has no picture.
    """
    found: dict[tuple[str, str], Picture] = {}
    for entry in entries:
        if entry.picture and (picture := _picture(entry, read, cache, problems)):
            found[entry.collection, entry.anchor] = picture
    return found


def picture_files(pictures: Pictures) -> dict[str, bytes]:
    """Return the content of the files of pictures, by their names in the output."""
    return {f"{FOLDER}{file.name}": file.data for picture in pictures.values() for file in picture.files}


def _picture(entry: Entry, read: Callable[[str], bytes | None], cache: Cache, problems: Problems) -> Picture | None:
    value, place = entry.picture, entry.place._replace(key="picture")
    if _ELSEWHERE.match(value):
        message = f"{value!r} is on another site, from which every visitor's browser will load it"
        problems.warn(place, message, "put the picture into content/images")
        return Picture(0, 0, "whole", elsewhere=value)
    paths = (*picture_paths(value), f"{entry.collection}/{value}")
    data = next((data for path in paths if (data := read(path)) is not None), None)
    if data is None:
        problems.warn(place, f"{value!r} does not exist", f"put it at content/images/{PurePosixPath(value).name}")
        return None
    try:
        picture = make_picture(data, SIZE, "whole", cache, stem="entry")
    except InvalidValueError as error:
        problems.warn(place, f"{value!r} {error.message}", error.hint)
        return None
    if picture.warning:
        problems.warn(place, f"{value!r} {picture.warning}", "save it as JPEG or PNG")
    return picture._replace(folder=f"/{FOLDER}")
