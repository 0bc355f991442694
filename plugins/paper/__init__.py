"""A page on paper: the addresses behind its links, which ink cannot follow; `printer` makes a PDF of it.

Entries of collections are left out: a list of publications has hundreds of links. Theirs that last, such as DOIs, are
printed where they stand, by the print styles.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin

from ..markup import Token, scan

_OMITTED = re.compile(r"^(?:https?://(?:www\.)?|mailto:|tel:)|(?<=[^/])/$", re.IGNORECASE)


def printed(html: str, siteurl: str) -> list[str]:
    """Return the address of each link as a person types it: decoded, without scheme, absolute if ``siteurl`` is set.

    The print styles number the same links: ``a[href]:not([href^="#"])``.
    """
    links = (token.attributes.get("href") for token in _outside_entries(html) if token.name == "a")
    return [_OMITTED.sub("", readable(_joined(siteurl, url))) for url in links if url is not None and url[:1] != "#"]


def _outside_entries(html: str) -> Iterator[Token]:
    """Yield the start tags outside lists of entries."""
    inside = ""  # the name of the element that is such a list
    depth = 0
    for token in scan(html):
        if not inside and token.kind == "start":
            yield token
            inside = token.name if ' class="entries"' in token.source else ""
        if inside and token.name == inside:
            depth += {"start": 1, "end": -1}.get(token.kind, 0)
            inside = inside if depth else ""


def _joined(siteurl: str, url: str) -> str:
    try:
        return urljoin(f"{siteurl}/", url)
    except ValueError:  # such as an unfinished IPv6 address: printed as written
        return url


def readable(url: str) -> str:
    """Decode a percent-encoded address, unless that would give a space, a control character or broken UTF-8."""
    decoded = unquote(url)
    return url if re.search(r"[\s\ufffd\x00-\x1f]", decoded) else decoded
