"""The small HTML file at a source, for hosts that read no rules.

Its shape is the theme's ``redirect.html``, rendered once with two marks in place of the addresses, since a rendering
for each of 100,000 redirects would take longer than everything else; a stub is that text with the marks replaced.
"""

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html import escape

from ..addresses import below

TARGET = "https://target.invalid/"
CANONICAL = "https://canonical.invalid/"

# Constant, so that one hash in a policy serves every stub. It keeps what a refresh loses: the visitor's query (for a
# target on the same site that has none) and fragment; `replace` leaves no stub for the Back button to return to.
SCRIPT = (
    "const t=new URL(document.links[0].href);"
    "if(t.origin===location.origin&&!t.search)t.search=location.search;"
    "if(!t.hash)t.hash=location.hash;"
    "location.replace(t)"
)
SCRIPT_HASH = f"sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}"

POLICY = (
    f"default-src 'none'; img-src data:; script-src '{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)
"""What a stub needs of a Content-Security-Policy: its script, and the empty icon that keeps browsers from asking.

A refresh is not subject to a policy (Chromium 156, Firefox 153).
"""

MARKS = {"target": TARGET, "canonical": CANONICAL, "script": SCRIPT, "policy": POLICY}
"""What the template ``redirect.html`` is given."""


def writer(shape: str, site_url: str) -> Callable[[str], bytes]:
    """Return the function that makes the stub for one target from the rendered template."""
    kept: dict[str, bytes] = {}

    def stub(target: str) -> bytes:
        if target not in kept:
            if len(kept) > 1000:  # many redirects to one page are common, many targets are not to fill the memory
                kept.clear()
            url = below(site_url, target)
            kept[target] = shape.replace(TARGET, escape(url)).replace(CANONICAL, escape(url.partition("#")[0])).encode()
        return kept[target]

    return stub
