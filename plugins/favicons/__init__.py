"""The author's own icons for browser tabs, which replace the monogram that the theme draws.

First match wins:

1. the setting ``FAVICON``: the path of a file below the content;
2. ``favicon.ico``, ``favicon.png`` and ``favicon.svg`` at the site's root, from ``content/root/``: all that exist.
"""

from pathlib import PurePosixPath
from typing import NamedTuple

from ..addresses import below, encode, slashed
from ..problems import Place, Problems
from ..site import Site

TYPES = {".ico": "", ".png": "image/png", ".svg": "image/svg+xml"}  # of an .ico, browsers read no type
AT_ROOT = ("favicon.ico", "favicon.png", "favicon.svg")


class Favicon(NamedTuple):
    """One icon: its address, its media type, and the sizes that it is for, "" where it fits all."""

    url: str
    type: str
    sizes: str


def find_favicons(site: Site, chosen: str, place: Place, problems: Problems) -> list[Favicon]:
    """Return the site's icons; ``chosen`` is the setting, a path below the content, and stands in ``place``.

    An .ico beside other icons has its size stated, since Chromium otherwise prefers it to an SVG.
    """
    if not chosen:
        existing = {file.save_as for file in site.static_files}
        return [_favicon(site, name, alone=len(existing & {*AT_ROOT}) < 2) for name in AT_ROOT if name in existing]
    path = str(PurePosixPath(chosen.lstrip("/")))
    file = next((file for file in site.static_files if file.path.partition("/")[2] == path), None)
    if file is not None:
        return [_favicon(site, file.save_as, alone=True)]
    problems.error(place, f"{chosen!r} does not exist", f"put the file at content/{path}")
    return []


def _favicon(site: Site, save_as: str, *, alone: bool) -> Favicon:
    suffix = PurePosixPath(save_as).suffix.lower()
    sizes = "" if alone or suffix != ".ico" else "32x32"
    return Favicon(below(site.base, slashed(encode(save_as))), TYPES.get(suffix, ""), sizes)
