"""One value as an author wrote it → clean text, or an address."""

import re
import unicodedata
from urllib.parse import quote

from ..problems import InvalidValueError

# Marks that nobody types on purpose; they come along in copied text.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SCHEME = re.compile(r"(?i)\s*([a-z][a-z0-9+.-]*):(?=//|[^\s\d])")
_HOST = re.compile(r"(?:\w(?:[\w-]*\w)?\.)+[^\x00-@\[-`{-\xa0]{2,}(?::\d+)?")  # ends in letters, ASCII or any other
_MAIL = re.compile(r"[^\s@<>\"'(),;:\[\]\\]+@[^\s@<>\"'(),;:\[\]\\.]+(?:\.[^\s@<>\"'(),;:\[\]\\.]+)*\.[^\W\d_]{2,}")


class RejectedValueError(InvalidValueError):
    """A value that ends the build, such as a script; any other invalid value is left out with a warning."""


def cleaned(value: str) -> str:
    """Return a value without outer whitespace and the invisible marks that come along in copied text."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", value)).strip()


def quoted(value: str) -> str:
    """Return a value as a problem quotes it: printable, on one line, at most 80 characters."""
    text = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in value)
    return f"'{text if len(text) <= 80 else text[:79] + '…'}'"


def web_address(text: str, hosts: tuple[str, ...] = (r".+",)) -> str | None:
    """Return ``text`` as an http or https address, with or without a scheme; None if it is not one.

    Without a scheme only an address on one of ``hosts`` (patterns without ``www.``) counts. Raises RejectedValueError
    for a scheme that can run or read something, and InvalidValueError for an address without a host.
    """
    text = text.replace(" ", "%20")
    if scheme := re.match(r"(?i)(https?):/*", text):
        rest = text[scheme.end() :]
        if not _HOST.match(rest.split("@")[-1] if "@" in rest.split("/", 1)[0] else rest):
            raise InvalidValueError(f"{quoted(text)} has no host", "write 'https://host/path'")
        return f"{scheme[1].lower()}://" + _escaped(rest)
    other = _SCHEME.match(text)
    if other and other[1].lower() in ("javascript", "data", "vbscript", "file", "blob", "about", "ftp"):
        raise RejectedValueError(f"{quoted(text)} is not a web address", "write one that begins with https://")
    rest = re.sub(r"^//", "", text)
    host = _HOST.match(rest)
    if host and (len(host[0]) == len(rest) or rest[host.end()] in "/?#"):
        name = host[0].lower().removeprefix("www.")
        if any(re.fullmatch(pattern, name) for pattern in hosts):
            return "https://" + _escaped(rest)
    return None


def _escaped(rest: str) -> str:
    """Escape what an address cannot contain in what follows its scheme."""
    return quote(rest, safe="/:?#[]@!$&'()*+,;=%~-._")


def site_path(text: str) -> str:
    """Return ``text`` as a path of this site, from its root, escaped. Raises InvalidValueError if it is not one."""
    path = re.sub(r"^(?:\./)+", "", text)
    if not re.fullmatch(r"(?!//)[/\w~%][^:]*", path) or not ("/" in path or re.search(r"\.\w{2,5}$", path)):
        raise InvalidValueError(f"{quoted(text)} is not an address", "write 'https://host/path' or '/path'")
    return "/" + quote(path.lstrip("/"), safe="/?#&=%~-._+,@!()'")


def any_address(text: str) -> str:
    """Return ``text`` as an e-mail address, a web address or a path of this site. Raises InvalidValueError."""
    return mail_url(text) or web_address(text) or site_path(text)


def mail_url(text: str) -> str:
    """Return the ``mailto:`` URL of an e-mail address; "" if ``text`` is not one."""
    address = mail_address(text)
    return "mailto:" + quote(address, safe="@+") if _MAIL.fullmatch(address) else ""


def mail_address(text: str) -> str:
    """Return an e-mail address without ``mailto:`` and angle brackets."""
    return re.sub(r"(?i)^mailto:|[<>]", "", text).strip()
