"""Addresses inside the site, in the HTML of its pages: from the root of the host, whatever name the host is called by.

An address that begins with ``SITEURL``, as Liquid's ``{{ site.url }}`` makes them, loses the scheme and the host: under
``www.``, on a preview or at a second name the page's policy would block a picture from elsewhere.

In a site below a path, links from the root get the path: ``/images/x.png`` → ``/website/images/x.png``. Jekyll leaves
them as they are, so that on ``https://name.github.io/website`` a browser looks outside the site. Authors who noticed
wrote ``/website/images/x.png`` or ``{{ site.baseurl }}/images/x.png``. The rule, first match wins:

1. ``//host/…``, and what does not begin with a slash, stays;
2. an address that begins with the path, and whose rest is a file of the site, has the path already, and stays;
3. an address that is a file of the site gets the path;
4. any other stays: it may lead to another site on the same host.

So nothing changes that leads to a file of the site, and a link to a site beside it stays one unless this site has a
file of the same address.

A link to an old address leads to its target, so that nobody who is on the site passes a redirect.
"""

import re
from collections.abc import Callable, Container, Mapping
from urllib.parse import unquote, urljoin, urlsplit

from .addresses import answering_file, below, encode, local, with_query_of
from .markup import LINKS, scan
from .site import Redirect

_CANDIDATE = re.compile(r"(\A\s*|,\s*)(/[^\s,]*|https?://[^\s,]+)")  # of a srcset


def from_root(
    html: str, site_url: str, files: Container[str], stubs: Mapping[str, Redirect] = {}, page: str = ""
) -> str:
    """Return HTML whose links into the site, which lives at ``site_url``, are relative to the root of its host.

    ``files`` are all files of the site, ``stubs`` those of them that only redirect; ``page`` is the page's address,
    without a leading slash.
    """
    base = unquote(urlsplit(site_url).path)

    def moved(address: str) -> str:
        address = local(site_url, address)
        address = address_below(address, base, files) if base else address
        return past_stub(address, f"{encode(base)}/{page}", base, files, stubs) if stubs else address

    return with_addresses(html, moved) if site_url or stubs else html


def absolute(html: str, site_url: str) -> str:
    """Return HTML whose links from the root are whole addresses, as feeds need them."""
    origin = urljoin(site_url, "/")[:-1]
    return with_addresses(html, lambda url: origin + url if url.startswith("/") and not url.startswith("//") else url)


def with_addresses(html: str, moved: Callable[[str], str]) -> str:
    """Return HTML with each address of a link or a picture as ``moved`` returns it."""
    parts: list[str] = []
    done = 0
    for token in scan(html):
        if token.kind != "start" or "/" not in token.source:
            continue
        changes: dict[str, str | None] = {}
        for name, value in token.attributes.items():
            if name in LINKS:
                new = moved(value.strip())
            elif name == "srcset":
                new = _CANDIDATE.sub(lambda found: found[1] + moved(found[2]), value)
            else:
                continue
            if new != value.strip():
                changes[name] = new
        if changes:
            parts += [html[done : token.position], token.edited(changes)]
            done = token.position + len(token.source)
    return "".join(parts) + html[done:]


def address_below(address: str, base: str, files: Container[str]) -> str:
    """Return one address by the rule above."""
    if not address.startswith("/") or address.startswith("//"):
        return address
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return address
    if (path == base or path.startswith(f"{base}/")) and answering_file(path.removeprefix(base) or "/", files):
        return address
    return encode(base) + address if answering_file(path, files) else address


def past_stub(address: str, page: str, base: str, files: Container[str], stubs: Mapping[str, Redirect]) -> str:
    """Return where the stub leads that answers at an address on a page; the address itself where none does."""
    if address.startswith(("https:", "http:", "#")):  # most links: need not be taken apart
        return address
    try:
        whole = urlsplit(urljoin(page, address))
    except ValueError:
        return address
    path = unquote(whole.path)
    if whole.scheme or whole.netloc or not path.startswith(f"{base}/"):
        return address
    file = answering_file(path.removeprefix(base), files)
    if file is None or file not in stubs:
        return address
    return with_query_of(address, below(encode(base), stubs[file].target))
