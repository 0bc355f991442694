"""One header policy, as plain data; each writer in this package says it its host's way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

HASHED = r"(?:\.[0-9a-f]{8,64}|portrait-[0-9a-f]{10}(?:-[0-9]+x)?)\.[A-Za-z0-9]+$"
"""What the name of a file ends on that holds its content's hash: `app.0a1b2c3d.css`, or a portrait's.

In PCRE and RE2 alike.
"""

REVALIDATE = "public, max-age=0, must-revalidate"
IMMUTABLE = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Headers:
    """Header name → value for every answer of the site, the 404 page included.

    ``Cache-Control`` is none of them: files whose name ends on their hash (``hashed``: their paths, with a leading
    slash) never change, and everything else is asked for anew each time.
    """

    everywhere: Mapping[str, str] = field(default_factory=dict)
    hashed: tuple[str, ...] = ()


def is_hashed(path: str) -> bool:
    """Tell whether a file's name holds its content's hash."""
    return re.search(HASHED, path) is not None
