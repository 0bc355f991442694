"""Links from the root, in a site that lives below a path: ``/images/x.png`` → ``/website/images/x.png``.

Jekyll leaves ``/images/x.png`` as it is, so that on ``https://name.github.io/website`` a browser looks for it outside
the site. Authors who noticed wrote ``/website/images/x.png`` or ``{{ site.baseurl }}/images/x.png``. The rule, first
match wins:

1. ``//host/…``, and what does not begin with a slash, stays;
2. an address that begins with the path, and whose rest is a file of the site, has the path already, and stays;
3. an address that is a file of the site gets the path;
4. any other stays: it may lead to another site on the same host.

So nothing changes that leads to a file of the site, and a link to a site beside it stays one unless this site has a
file of the same address.
"""

import re
from collections.abc import Container
from urllib.parse import unquote, urlsplit

from .addresses import answering_file, encode
from .markup import LINKS, scan

_CANDIDATE = re.compile(r"(\A\s*|,\s*)(/[^\s,]*)")  # of a srcset: what begins with a slash


def with_base(html: str, base: str, files: Container[str]) -> str:
    """Return HTML whose links from the root lead into the site, which lives below the path ``base``.

    ``base`` is decoded, begins with a slash and does not end with one; ``files`` are all files of the site.
    """
    parts: list[str] = []
    done = 0
    for token in scan(html):
        if token.kind != "start" or "/" not in token.source:
            continue
        changes: dict[str, str | None] = {}
        for name, value in token.attributes.items():
            if name in LINKS:
                new = address_below(value.strip(), base, files)
            elif name == "srcset":
                new = _CANDIDATE.sub(lambda found: found[1] + address_below(found[2], base, files), value)
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
