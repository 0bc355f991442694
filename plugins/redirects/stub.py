"""The small HTML file at a source, for hosts that read no rules: where it lies, and what it holds.

The theme's ``redirect.html`` is rendered once, with two placeholders for the addresses, since a rendering for each of
100,000 redirects would take longer than everything else; a stub is that text with the placeholders replaced.
"""

from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from html import escape
from urllib.parse import urlsplit

from ..addresses import below, is_html, local

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
"""The Content-Security-Policy of a stub: its script, and the empty icon that keeps browsers from asking for one.

A refresh is not subject to a policy (Chromium 156, Firefox 153).
"""

TEMPLATE_VARIABLES = {"target": TARGET, "canonical": CANONICAL, "script": SCRIPT, "policy": POLICY}
"""The variables of the template ``redirect.html``."""

LONGEST_NAME = 255  # bytes of one file name, on the disks in use


def stub_files(path: str) -> tuple[str, ...]:
    """Return the files, relative to the output, at which a stub answers for a decoded address; the chief one first.

    - `/a/` → `a/index.html`; `/a.html` → `a.html`; `/a` → `a.html`, as jekyll-redirect-from 0.16 puts them.
    - `/a` also → `a/index.html`: most servers find only that one.
    - `/a.php` → `a.php/index.html` where jekyll-redirect-from writes `a.php`: every server measured sends such a file
      as a download or not as HTML, and answers for the folder with the page.
    """
    file = path[1:]
    if path.endswith("/"):
        return (f"{file}index.html",)
    name = path.rpartition("/")[2].lstrip(".")
    if is_html(name):
        return (file,)
    folder = f"{file}/index.html"
    if "." in name or len(f"{name}.html".encode()) > LONGEST_NAME:
        return (folder,)
    return (f"{file}.html", folder)


def stub_writer(html: str, site_url: str) -> Callable[[str], bytes]:
    """Return the function that makes the stub for one target.

    ``html`` is the template rendered with ``TEMPLATE_VARIABLES``. The target is a path from the root, so that a stub
    works under any name of the site and its script keeps the query; only the canonical address is whole. ``site_url``
    is "" where the site does not know its own address.
    """
    base = urlsplit(site_url).path

    @lru_cache(maxsize=1000)  # many redirects to one page are common; many targets must not fill the memory
    def stub(target: str) -> bytes:
        url = below(base, target) if target.startswith("/") else local(site_url, target)
        canonical = below(site_url, target).partition("#")[0]
        return html.replace(TARGET, escape(url)).replace(CANONICAL, escape(canonical)).encode()

    return stub
