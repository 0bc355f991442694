"""Jekyll's filters for addresses, ``relative_url``, ``absolute_url`` and ``strip_index``.

They are ``Jekyll::Filters::URLFilters``, with as much of ``Addressable::URI#normalize`` as addresses on the web need.
"""

import re
import unicodedata
from urllib.parse import quote, unquote

_PARTS = re.compile(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_SAFE = "!$&'()*+,;=:@~"  # what RFC 3986 allows in a segment, beside letters, digits and `-._`
_DEFAULT_PORT = {"http": "80", "https": "443"}


def relative_url(baseurl: str, value: str) -> str:
    """Return a path below ``baseurl``; an address with a scheme stays as it is."""
    if _PARTS.fullmatch(value)[1]:  # type: ignore[index]  # it matches every text
        return value
    return normalized(_slashed(baseurl.removesuffix("/")) + _slashed(value))


def absolute_url(url: str, baseurl: str, value: str) -> str:
    """Return the whole address of a path below ``baseurl``, or the path where there is no ``url``."""
    relative = relative_url(baseurl, value)
    return relative if not url or (relative == value and _PARTS.fullmatch(value)[1]) else normalized(url + relative)  # type: ignore[index]


def strip_index(value: str) -> str:
    """Return an address without ``index.html`` at its end."""
    return re.sub(r"/index\.html?$", "/", value, count=1, flags=re.MULTILINE)


def normalized(address: str) -> str:
    """Return an address in lower case where case does not count, percent-encoded, without ``.`` and ``..``."""
    scheme, authority, path, query, fragment = _PARTS.fullmatch(address).groups()  # type: ignore[union-attr]
    result = ""
    if scheme:
        result = f"{scheme.lower()}:"
    if authority is not None:
        user, _, place = authority.rpartition("@")
        host, _, port = place.partition(":")
        if not host.isascii():
            host = unicodedata.normalize("NFKC", host).encode("idna").decode()
        shown_port = f":{port}" if port and port != _DEFAULT_PORT.get((scheme or "").lower()) else ""
        result += f"//{user}@" if user else "//"
        result += host.lower() + shown_port
        path = path or "/"
    result += _without_dots("/".join(_encoded(segment, _SAFE) for segment in path.split("/")))
    if query is not None:
        result += "?" + "&".join(_encoded(pair, _SAFE.replace("&", "") + "/?", keep="%2B") for pair in query.split("&"))
    if fragment is not None:
        result += "#" + _encoded(fragment, _SAFE + "/?")
    return result


def _slashed(path: str) -> str:
    return path if not path or path.startswith("/") else f"/{path}"


def _encoded(text: str, safe: str, keep: str = "") -> str:
    if keep and keep in text.upper():
        return keep.join(_encoded(part, safe) for part in re.split(keep, text, flags=re.IGNORECASE))
    decoded = unicodedata.normalize("NFC", unquote(text, errors="surrogateescape"))
    return quote(decoded, safe=safe, errors="surrogateescape")


def _without_dots(path: str) -> str:
    """Return a path without its ``.`` and ``..`` segments (RFC 3986, 5.2.4); empty segments stay."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
