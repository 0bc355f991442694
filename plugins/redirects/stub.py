"""The small HTML file at a source, for hosts that read no rules.

Its shape is the theme's ``redirect.html``, rendered once with two marks in place of the addresses, since a rendering
for each of 100,000 redirects would take longer than everything else; a stub is that text with the marks replaced.
"""

from collections.abc import Callable
from html import escape

TARGET = "https://target.invalid/"
CANONICAL = "https://canonical.invalid/"


def absolute(target: str, site_url: str) -> str:
    """Return a target as a stub names it: on this site below ``site_url``, which is "" or has no slash at its end."""
    return f"{site_url}{target}" if target.startswith("/") else target


def writer(shape: str, site_url: str) -> Callable[[str], bytes]:
    """Return the function that makes the stub for one target from the rendered template."""
    kept: dict[str, bytes] = {}

    def stub(target: str) -> bytes:
        if target not in kept:
            if len(kept) > 1000:  # many redirects to one page are common, many targets are not to fill the memory
                kept.clear()
            url = absolute(target, site_url)
            kept[target] = shape.replace(TARGET, escape(url)).replace(CANONICAL, escape(url.partition("#")[0])).encode()
        return kept[target]

    return stub
