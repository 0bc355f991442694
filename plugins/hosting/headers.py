"""The headers of a site, as plain data; the modules of each host write them in its form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..addresses import slashed
from ..caching import is_hashed
from .policy import Policy, needs_of, policy_for


@dataclass(frozen=True, slots=True)
class Headers:
    """Header name → value for every answer of the site, the 404 page included.

    ``Cache-Control`` is not among them: the files whose names hold a hash (``hashed``: their paths, with a leading
    slash) never change, and everything else is revalidated on each request.
    """

    everywhere: Mapping[str, str] = field(default_factory=dict)
    hashed: tuple[str, ...] = ()


def make_headers(
    policies: Iterable[Policy] | None,
    stub_html: str,
    static_files: Iterable[str],
    base: str,
    custom: Mapping[str, str],
    transport_security: str,
) -> Headers:
    """Return the headers for all pages: one policy that allows what any of them needs, and those of the settings.

    ``policies`` are those of the pages that were printed, None where nobody knows them: then no policy is sent.
    ``static_files`` are the names of the copied files; ``stub_html`` is "" where there are no stubs. ``custom`` is the
    setting ``HEADERS``, ``transport_security`` the setting ``STRICT_TRANSPORT_SECURITY``, "" for none.
    """
    joined = Policy()
    for policy in policies or ():
        joined.join(policy)
    if stub_html:
        joined.join(Policy(policy_for(needs_of(stub_html)).sources, joined.scripts))
    everywhere = {"X-Content-Type-Options": "nosniff", **custom}
    if policies is not None:
        everywhere = {"Content-Security-Policy": f"{joined}; frame-ancestors 'none'", **everywhere}
    if transport_security:
        everywhere["Strict-Transport-Security"] = transport_security
    files = {slashed(name) for name in static_files} | {path.removeprefix(base) for path in joined.local}
    return Headers(everywhere, tuple(sorted(path for path in files if path.startswith("/") and is_hashed(path))))
