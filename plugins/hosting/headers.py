"""The headers of a site, as plain data; the modules of each host write them in its form."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Headers:
    """Header name → value for every answer of the site, the 404 page included.

    ``Cache-Control`` is not among them: the files whose names hold a hash (``hashed``: their paths, with a leading
    slash) never change, and everything else is revalidated on each request.
    """

    everywhere: Mapping[str, str] = field(default_factory=dict)
    hashed: tuple[str, ...] = ()
