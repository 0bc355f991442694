"""The headers of a site, as plain data; the modules of each host write them in its form."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..addresses import slashed
from ..caching import is_hashed


class Headers(NamedTuple):
    """Header name → value for every answer of the site, the 404 page included.

    ``Cache-Control`` is not among them: the files whose names hold a hash (``hashed``: their paths, with a leading
    slash) never change, and everything else is revalidated on each request.
    """

    everywhere: Mapping[str, str] = {}
    hashed: tuple[str, ...] = ()


def make_headers(files: Iterable[str], custom: Mapping[str, str], transport_security: str) -> Headers:
    """Return the headers that are right for every file, an author's own HTML included, and those of the settings.

    What may load is said by the policy inside each generated page; a header says only what a `<meta>` cannot: who may
    frame a page (Content Security Policy Level 3, W3C, section 3.3). ``files`` are the names of the site's files;
    ``custom`` is the setting ``HEADERS``, ``transport_security`` the setting ``STRICT_TRANSPORT_SECURITY``.
    """
    everywhere = {
        "Content-Security-Policy": "frame-ancestors 'self'",
        "X-Content-Type-Options": "nosniff",
        **custom,
    }
    if transport_security:
        everywhere["Strict-Transport-Security"] = transport_security
    return Headers(everywhere, tuple(sorted(slashed(name) for name in files if is_hashed(name))))
