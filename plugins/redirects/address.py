"""Addresses of this site: as authors write them, as files in the output, as browsers send them.

An address is kept **decoded**: `/old path/ü`, never `/old%20path/%C3%BC`; each host encodes it its own way.
"""

import re
import unicodedata
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

# What most authors write. It needs no decoding and none of the checks below; 100,000 addresses are read in one build.
PLAIN = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9_~.-]{0,99}/)*(?:[A-Za-z0-9_~-][A-Za-z0-9_~.-]{0,99})?")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
HTML = ("html", "htm", "shtml")  # the extensions that every server measured sends as text/html
LONGEST_NAME = 255  # bytes of one file name, on the disks in use
LONGEST = 1000  # bytes of an address: paths stay far below PATH_MAX, rules below Cloudflare's 1,000 characters a line

# RFC 3986's pchar, less the apostrophe, so that an encoded address needs no escaping in any quotes.
IN_PATH = "/!$&()*+,;=:@~"
IN_QUERY = IN_PATH + "?%"


A_SOURCE = "write a path such as '/old/'"
A_TARGET = "write a path such as '/new/', or an https address"


class AddressError(ValueError):
    """A text that is no address of this site: ``why`` it is none, and ``hint``, the way out."""

    def __init__(self, why: str, hint: str = A_SOURCE) -> None:
        """Keep both parts."""
        super().__init__(why)
        self.why = why
        self.hint = hint


def decode(text: str) -> str:
    """Return ``text`` with its percent-encoding undone; what is not UTF-8 raises AddressError."""
    try:
        return unquote_to_bytes(text.encode()).decode() if "%" in text else text.encode().decode()
    except UnicodeError:
        raise AddressError("is not UTF-8 once decoded", "write the letter itself") from None


def source(text: str) -> str:
    """Return the decoded address that a ``redirect_from`` entry means: with a leading slash, double slashes single.

    Raises AddressError for what is no path on this site. A query or a fragment is refused: a fragment never reaches a
    host, and most hosts cannot match a query.
    """
    if PLAIN.fullmatch(text) and len(text) <= LONGEST:
        return text
    text = text.strip()
    if SCHEME.match(text) or text.startswith("//"):
        rest = urlsplit(text).path if "//" in text else ""
        raise AddressError("is not a path on this site", f"write {rest!r}" if rest.startswith("/") else A_SOURCE)
    for mark, name in (("?", "query, which no host can match"), ("#", "fragment, which no browser sends")):
        path, found, _ = text.partition(mark)
        if found:
            encoded = quote(mark)
            hint = f"write {slashed(path)!r}, or {encoded!r} for the character itself"
            raise AddressError(f"has a {name}", hint if mark == "#" else f"write {slashed(path)!r}")
    path = slashed(decode(text))
    if any(unicodedata.category(character) == "Cc" for character in path):
        raise AddressError("holds a control character")
    if "\\" in path:
        raise AddressError("holds a backslash, which browsers send as '/'", f"write {path.replace(chr(92), '/')!r}")
    parts = path.split("/")
    if ".." in parts:
        raise AddressError("leaves the site" if leaves(parts) else "climbs with '..', which no browser asks for")
    path = "/" + "/".join(part for part in parts[:-1] if part not in ("", ".")) + "/"
    path = path.replace("//", "/") + (parts[-1] if parts[-1] != "." else "")
    if len(path.encode()) > LONGEST or any(len(part.encode()) > LONGEST_NAME for part in files(path)[0].split("/")):
        raise AddressError("is too long for a file's name")
    return path


def slashed(text: str) -> str:
    """Return ``text`` beginning with a slash, as Jekyll reads a path without one."""
    return text if text.startswith("/") else f"/{text}"


def leaves(parts: list[str]) -> bool:
    """Tell whether a path's ``..`` parts ever climb above the site's root."""
    depth = 0
    for part in parts:
        depth += -1 if part == ".." else part not in ("", ".")
        if depth < 0:
            return True
    return False


def files(path: str) -> tuple[str, ...]:
    """Return the files, relative to the output, at which a stub answers for a decoded address; the chief one first.

    - `/a/` → `a/index.html`; `/a.html` → `a.html`; `/a` → `a.html`, as jekyll-redirect-from 0.16 puts them.
    - `/a` also → `a/index.html`: most servers find only that one.
    - `/a.php` → `a.php/index.html` where jekyll-redirect-from writes `a.php`: every server measured sends such a file
      as a download or as no HTML, and answers for the folder with the page.
    """
    below = path[1:]
    if path.endswith("/"):
        return (f"{below}index.html",)
    name = path.rpartition("/")[2].lstrip(".")
    _, dot, extension = name.rpartition(".")
    if dot and extension.lower() in HTML:
        return (below,)
    folder = f"{below}/index.html"
    if dot or len(f"{name}.html".encode()) > LONGEST_NAME:
        return (folder,)
    return (f"{below}.html", folder)


def served(path: str) -> str:
    """Return the one form of an address under which hosts keep it: `/a`, `/a/`, `/a.html` and `/a/index.html` are `/a`.

    Hosts differ in which of these they send on to which other (Netlify, Cloudflare and Firebase among them), so that a
    rule from one form to another can run in a circle.
    """
    if not path.endswith("/"):
        stem, dot, extension = path.rpartition(".")
        if dot and extension.lower() in HTML:
            path = stem
    if path.endswith("/index"):
        path = path[:-5]
    return path.rstrip("/") or "/"


def is_html(path: str) -> bool:
    """Tell whether servers send a file as HTML."""
    return path.rpartition(".")[2].lower() in HTML


def fold(path: str) -> str:
    """Return what two paths share that a disk or a host that ignores case takes for one."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def encode(path: str) -> str:
    """Return a decoded path as browsers send it: percent-encoded ASCII, RFC 3986."""
    return path if PLAIN.fullmatch(path) else quote(path, safe=IN_PATH)


def target(text: str) -> str:
    """Return a target as it goes into HTML and rules: percent-encoded ASCII, on this site with a leading slash.

    `/größe/?a=b#c` → `/gr%C3%B6%C3%9Fe/?a=b#c`; `http:` and `https:` URLs stay, an international host name becomes
    punycode. Raises AddressError for what no host can send anyone to.
    """
    text = text.strip()
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise AddressError("holds a control character", A_TARGET)
    outside = SCHEME.match(text) or text.startswith("//")
    try:
        parts = urlsplit(text if outside else slashed(text))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise AddressError("is no URL that a browser can open", A_TARGET) from None
    tail = (f"?{quote(parts.query, safe=IN_QUERY)}" if parts.query else "") + (
        f"#{quote(parts.fragment, safe=IN_QUERY)}" if parts.fragment else ""
    )
    path = encode(decode(parts.path))
    if not outside:
        pieces = unquote(parts.path).split("/")
        if "\\" in text or leaves(pieces):
            raise AddressError("leaves the site", A_TARGET)
        return path + tail
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise AddressError("is neither a path on this site nor an http or https URL", "")
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        raise AddressError("names a host that does not exist", A_TARGET) from None
    if not re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", ascii_host):
        raise AddressError("names a host that does not exist", A_TARGET)
    if ":" in ascii_host:
        ascii_host = f"[{ascii_host}]"
    return f"{parts.scheme}://{ascii_host}{f':{port}' if port else ''}{path or '/'}{tail}"
