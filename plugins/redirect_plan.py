"""The plan of a site's redirects, which `plugins.redirects` makes and `plugins.hosting` writes for each host."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .problems import Place

PERMANENT = 301


class Redirect(NamedTuple):
    """One old address and where it leads.

    ``written`` is the source as the author wrote it, with a leading slash; ``source`` the same decoded; ``target``
    percent-encoded: `/path?query#fragment` on this site, or a full URL; ``status`` 301, 302, 307 or 308.
    """

    source: str
    target: str
    place: Place
    written: str
    status: int = PERMANENT


@dataclass(frozen=True, slots=True)
class Plan:
    """The finished redirects: every target is final, and no source is the address of anything else.

    ``redirects`` holds them all; ``rules`` those that may become rules of a host; ``stubs`` maps each output file,
    relative to the output, to the redirect whose stub goes there.
    """

    redirects: tuple[Redirect, ...] = ()
    rules: tuple[Redirect, ...] = ()
    stubs: Mapping[str, Redirect] = field(default_factory=dict)
