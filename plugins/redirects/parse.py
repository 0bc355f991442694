"""Sources and targets as authors write them → addresses."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

from ..addresses import decode, encode, slashed
from ..problems import InvalidValueError
from .stub import LONGEST_NAME, stub_files

# What most authors write. It needs no decoding and none of the checks below; 100,000 addresses are read in one build.
PLAIN = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9_~.-]{0,99}/)*(?:[A-Za-z0-9_~-][A-Za-z0-9_~.-]{0,99})?")
QUERY = re.compile(r"(?:[A-Za-z0-9_.~=&+-]|%[0-9A-Fa-f]{2})+")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
LONGEST = 1000  # bytes of an address: paths stay far below PATH_MAX, rules below Cloudflare's 1,000 characters a line

SOURCE_HINT = "write a path such as '/old/'"
TARGET_HINT = "write a path such as '/new/', or an https address"


def parse_source(text: str) -> str:
    """Return the decoded address that a ``redirect_from`` entry means: with a leading slash, double slashes single.

    Raises InvalidValueError for anything but a path on this site. A query or a fragment is refused: a fragment never
    reaches a host, and for a query see `parse_source_query`.
    """
    if PLAIN.fullmatch(text) and len(text) <= LONGEST:
        return text
    text = text.strip()
    if SCHEME.match(text) or text.startswith("//"):
        rest = re.sub(r"^(?:[^:/]*:)?//[^/?#]*", "", text).partition("?")[0].partition("#")[0] if "//" in text else ""
        raise InvalidValueError("is not a path on this site", f"write {rest!r}" if rest[:1] == "/" else SOURCE_HINT)
    for mark, name in (("?", "query, which stubs cannot match"), ("#", "fragment, which no browser sends")):
        path, found, _ = text.partition(mark)
        if found:
            hint = f"write {slashed(path)!r}, or "
            hint += f"{quote(mark)!r} for the character itself" if mark == "#" else "declare it in redirects.yml"
            raise InvalidValueError(f"has a {name}", hint)
    path = slashed(decode(text))
    if any(unicodedata.category(character) == "Cc" for character in path):
        raise InvalidValueError("holds a control character", SOURCE_HINT)
    if "\\" in path:
        hint = f"write {path.replace(chr(92), '/')!r}"
        raise InvalidValueError("holds a backslash, which browsers send as '/'", hint)
    parts = path.split("/")
    if ".." in parts:
        message = "leaves the site" if leaves_site(parts) else "climbs with '..', which no browser asks for"
        raise InvalidValueError(message, SOURCE_HINT)
    path = "/" + "/".join(part for part in parts[:-1] if part not in ("", ".")) + "/"
    path = path.replace("//", "/") + (parts[-1] if parts[-1] != "." else "")
    if len(path.encode()) > LONGEST or any(
        len(part.encode()) > LONGEST_NAME for part in stub_files(path)[0].split("/")
    ):
        raise InvalidValueError("is too long for a file's name", SOURCE_HINT)
    return path


def parse_source_query(text: str) -> tuple[str, str]:
    """Return the decoded path and the query of a source such as `/?p=123`, in the letters that every host compares.

    Raises InvalidValueError for any other path or query.
    """
    path, _, query = text.strip().partition("?")
    if not (PLAIN.fullmatch(slashed(path)) and QUERY.fullmatch(query) and len(text) <= LONGEST):
        hint = "write one such as '/?p=123', of letters, digits and '_ . ~ - = & + %'"
        raise InvalidValueError("has a query that no host can match", hint)
    return slashed(path), query


def parse_target(text: str) -> str:
    """Return a target as it goes into HTML and rules: percent-encoded ASCII, on this site with a leading slash.

    `/größe/?a=b#c` → `/gr%C3%B6%C3%9Fe/?a=b#c`; `http:` and `https:` URLs stay, an international host name becomes
    punycode. Raises InvalidValueError for anything that a host cannot redirect to.
    """
    text = text.strip()
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise InvalidValueError("holds a control character", TARGET_HINT)
    has_host = SCHEME.match(text) or text.startswith("//")
    try:
        parts = urlsplit(text if has_host else slashed(text))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise InvalidValueError("is not a URL that a browser can open", TARGET_HINT) from None
    tail = (f"?{encode_query(parts.query)}" if parts.query else "") + (
        f"#{encode_query(parts.fragment)}" if parts.fragment else ""
    )
    path = decode(parts.path)
    if not has_host:
        if "\\" in text or path.startswith("//") or leaves_site(path.split("/")):
            raise InvalidValueError("leaves the site", TARGET_HINT)
        return encode_target(path) + tail
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise InvalidValueError("is neither a path on this site nor an http or https URL", TARGET_HINT)
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        ascii_host = ""
    if not re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", ascii_host):
        raise InvalidValueError("names a host that does not exist", TARGET_HINT)
    if ":" in ascii_host:
        ascii_host = f"[{ascii_host}]"
    return f"{parts.scheme}://{ascii_host}{f':{port}' if port else ''}{encode_target(path or '/')}{tail}"


def encode_target(path: str) -> str:
    """Return a decoded path percent-encoded, the apostrophe too, so that it needs no escaping in any quotes."""
    return encode(path).replace("'", "%27")


def encode_query(text: str) -> str:
    """Return the query or fragment of a target in the same way; what is encoded already stays."""
    return quote(text, safe="/!$&()*+,;=:@~?%")


def leaves_site(parts: list[str]) -> bool:
    """Whether a path's ``..`` parts ever climb above the site's root."""
    depth = 0
    for part in parts:
        depth += -1 if part == ".." else part not in ("", ".")
        if depth < 0:
            return True
    return False
