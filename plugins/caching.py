"""How long browsers may keep a file: for a year if its name holds a hash of its content, else only while it is current.

Used for every host alike: as a header rule where hosts read rules, as metadata where each object carries its own.
"""

import re

REVALIDATE = "public, max-age=0, must-revalidate"
IMMUTABLE = "public, max-age=31536000, immutable"

# Eight or more hexadecimal digits, at least one of them a letter: `20240131` is a date. RE2 has no look-ahead, so each
# place that the first letter may have is written out.
_HASH = "|".join([*(f"[0-9]{{{n}}}[a-f][0-9a-f]{{{7 - n},}}" for n in range(7)), "[0-9]{7,}[a-f][0-9a-f]*"])

HASHED = rf"(?:\.(?:{_HASH})|portrait-[0-9a-f]{{10}}(?:-[0-9]+x)?)\.[A-Za-z0-9]+$"
"""The end of a name that holds a hash of the content: `app.0a1b2c3d.css`, `portrait-0123456789-2x.webp`.

In PCRE and RE2 alike. A dash does not introduce a hash elsewhere: the last part of a UUID looks like one.
"""

_HASHED = re.compile(HASHED)


def is_hashed(path: str) -> bool:
    """Whether a file's name holds a hash of its content, so that the file never changes."""
    return _HASHED.search(path) is not None


def cache_control(path: str) -> str:
    """Return the ``Cache-Control`` header of a file."""
    return IMMUTABLE if is_hashed(path) else REVALIDATE
