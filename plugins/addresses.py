"""Addresses of this site: decoded and percent-encoded, relative to a root, and the files that answer them.

The program keeps a path **decoded**: `/old path/ü`, never `/old%20path/%C3%BC`. Whatever leaves the program is encoded.
"""

import re
import unicodedata
from collections.abc import Container, Iterator
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

from .problems import InvalidValueError

HTML = (".html", ".htm", ".shtml")  # the extensions that every server measured sends as text/html
UNENCODED = "/!$&'()*+,;=:@~"  # what browsers and RFC 3986 leave unencoded in a path, beside letters, digits, `-._`
_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*")
_INVALID = re.compile(r"[\x00-\x1f\x7f\\]|//|/\.\.?(?:/|\Z)")


def decode(text: str) -> str:
    """Return ``text`` with its percent-encoding undone; raise InvalidValueError if the bytes are not UTF-8."""
    try:
        return unquote_to_bytes(text.encode()).decode() if "%" in text else text.encode().decode()
    except UnicodeError:
        raise InvalidValueError("is not UTF-8 once decoded", "write the letter itself") from None


def encode(path: str) -> str:
    """Return a decoded path as browsers send it: percent-encoded ASCII with upper-case hex."""
    return path if _PLAIN.fullmatch(path) else quote(path, safe=UNENCODED)


def slashed(path: str) -> str:
    """Return ``path`` beginning with a slash."""
    return path if path.startswith("/") else f"/{path}"


def below(root: str, address: str) -> str:
    """Return an address of this site below ``root``: its URL, or the path at which it is served. Other URLs stay.

    ``address`` begins with a slash; a slash at the end of ``root`` does not count.
    """
    return root.rstrip("/") + address if address.startswith("/") else address


def local(site_url: str, address: str) -> str:
    """Return an address of this site without its scheme and host, so that it leads into the site under any name."""
    if site_url and (address == site_url or address.startswith(f"{site_url}/")):
        return address.removeprefix(urljoin(site_url, "/")[:-1]) or "/"
    return address


def with_query_of(passed: str, end: str) -> str:
    """Return ``end`` with the query and fragment of the target before it, where it has none of its own."""
    before, after = urlsplit(passed), urlsplit(end)
    return after._replace(query=after.query or before.query, fragment=after.fragment or before.fragment).geturl()


def fold(path: str) -> str:
    """Return the form that paths share if a disk or a host that ignores case takes them for one."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def is_html(path: str) -> bool:
    """Whether servers send a file of this name as HTML."""
    return path.lower().endswith(HTML)


class Candidate(NamedTuple):
    """A file, relative to the output, that may answer a request.

    ``redirects`` is true where the host first redirects to the same path with a slash at its end.
    """

    file: str
    redirects: bool = False


def candidates(path: str) -> Iterator[Candidate]:
    """Yield the files that may answer a decoded path; the first that exists does, on GitHub Pages, Netlify, Cloudflare.

    ===========  ==========================================
    ``/a/``      ``a/index.html``
    ``/a``       1. ``a``
                 2. ``a.html``
                 3. ``a/index.html``, by a redirect to ``/a/``
    ===========  ==========================================

    A path that could leave the site has none: no slash in front, an empty, ``.`` or ``..`` part, a backslash or a
    control character.
    """
    if not path.startswith("/") or _INVALID.search(path):
        return
    name = path[1:]
    if path.endswith("/"):
        yield Candidate(f"{name}index.html")
        return
    yield Candidate(name)
    yield Candidate(f"{name}.html")
    yield Candidate(f"{name}/index.html", redirects=True)


def answering_file(path: str, files: Container[str]) -> str | None:
    """Return the one of ``files``, relative to the output, that answers a decoded path; None where none does."""
    return next((candidate.file for candidate in candidates(path) if candidate.file in files), None)
