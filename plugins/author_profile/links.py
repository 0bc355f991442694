"""One value of an author's key → the links that it means."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from .keys import CONTACTS, PAGES
from .placeholders import NOTHING, is_example
from .services import SERVICES, RefusedError, plain, read_address, shown, web_address

LONGEST = 2000  # characters of an address; search engines and older browsers read no more
_IMPOSSIBLE = re.compile(r"[<>\"\x00-\x1f\x7f]")  # in no handle, and in an address only escaped
_MAIL = re.compile(r"[^\s@<>\"'(),;:\[\]\\]+@[^\s@<>\"'(),;:\[\]\\.]+(?:\.[^\s@<>\"'(),;:\[\]\\.]+)*\.[^\W\d_]{2,}")
_BETWEEN_MAILS = re.compile(r"\s*[,;|]\s*|\s+(?:and|or|/)\s+|\s*<br ?/?>\s*|\s+(?=\S+@\S+$)")

Warn = Callable[[str, str], None]
"""Takes the message and hint of a warning."""


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the sidebar's list.

    ``url`` is absolute, or "/path" on this site, or "" for what is only shown. ``rel`` is "me" for another place of the
    author's own, else "". ``kind`` is the microformat's class, ``id`` the author's name at the service where it is
    known, ``place`` the file and line that say so, ``svg`` the finished icon.
    """

    key: str
    label: str
    url: str
    icon: str
    rel: str = "me"
    kind: str = "u-url"
    id: str = ""
    place: tuple[str, int] = ("", 0)
    svg: Markup = field(default_factory=Markup)


def links_of(key: str, known: str | None, value: Any, warn: Warn) -> Iterator[Link]:
    """Yield the links of one value of ``key``, whose canonical name is ``known`` (None where nobody knows the key).

    Raises RefusedError for a value that cannot be linked.
    """
    if isinstance(value, Mapping):
        yield _written_out(key, known, value)
        return
    text = plain(str(value).lower() if isinstance(value, bool) else str(value))
    if isinstance(value, bool | list) or text.casefold() in NOTHING:
        raise RefusedError(f"{shown(text)} names nothing", "delete the key, or write an address")
    if len(text) > LONGEST or (known not in CONTACTS and _IMPOSSIBLE.search(text)):
        raise RefusedError(f"{shown(text)} can be no address", _accepted(known), hostile=True)
    if is_example(known or key, text):
        raise RefusedError(f"{shown(text)} is the template's example", "write yours or delete the key")
    if known == "email":
        yield from _emails(text, warn)
    elif known == "phone":
        yield _phone(text, warn)
    elif known in SERVICES:
        service = SERVICES[known]
        address = read_address(service, text)
        if address.doubt:
            warn(address.doubt, service.accepted)
        yield Link(known, service.label, address.url, service.icon or known, id=address.id)
    elif known in PAGES:
        url = _mail(text) or web_address(text) or site_path(text)
        yield Link(known, PAGES[known], url, "website" if known == "uri" else known, "me" if known == "uri" else "")
    elif known == "links":
        url = _mail(text) or web_address(text) or site_path(text)
        yield Link(known, _shorter(url), url, "link")
    else:
        url = _mail(text) or web_address(text, ()) or ""
        if not url:
            raise RefusedError(f"is no key of an author, and {shown(text)} no address", "write an address")
        yield Link(key, _label(key), url, key.casefold())


def site_path(text: str) -> str:
    """Return a path of this site, from its root, escaped. Raises RefusedError for a text that is none."""
    bare = re.sub(r"^(?:\./)+", "", text)
    has_shape = re.fullmatch(r"(?!//)[/\w~%][^:]*", bare) and ("/" in bare or re.search(r"\.\w{2,5}$", bare))
    if not has_shape:
        raise RefusedError(f"{shown(text)} is no address", "write 'https://host/path' or '/path'")
    return "/" + quote(bare.lstrip("/"), safe="/?#&=%~-._+,@!()'")


def _written_out(key: str, known: str | None, value: Mapping[str, Any]) -> Link:
    """Return the link of {label, url, icon}; the key's own label and icon stand in for missing ones."""
    url, label, icon = (
        next((plain(str(value[name])) for name in names if value.get(name)), "")
        for names in (("url", "href", "link"), ("label", "name", "title"), ("icon",))
    )
    if not url:
        raise RefusedError("has no 'url:'", "write 'url:' and 'label:'")
    if len(url) > LONGEST or _IMPOSSIBLE.search(url):
        raise RefusedError(f"{shown(url)} can be no address", "write one that begins with https://", hostile=True)
    found = _mail(url) or web_address(url) or site_path(url)
    icon = icon.removesuffix(".svg") or ("link" if known == "links" else (known or key).casefold())
    return Link(key, label or (_shorter(found) if known == "links" else _label(key)), found, icon)


def _mail(text: str) -> str:
    """Return the ``mailto:`` address that ``text`` is, or ""."""
    address = _bare_mail(text)
    return "mailto:" + quote(address, safe="@+") if _MAIL.fullmatch(address) else ""


def _bare_mail(text: str) -> str:
    return re.sub(r"(?i)^mailto:|[<>]", "", text).strip()


def _emails(text: str, warn: Warn) -> Iterator[Link]:
    """Yield a link for every address in ``text``; one that hides from robots is shown as it is written."""
    for part in _BETWEEN_MAILS.split(text):
        url = _mail(part)
        if url:
            yield Link("email", _bare_mail(part), url, "email", kind="u-email")
        elif part:
            warn(f"{shown(part)} is no address to link; it is shown as it is written", "write name@host")
            yield Link("email", part, "", "email", "", "")


def _phone(text: str, warn: Warn) -> Link:
    """Return a telephone number as it is written, linked by its digits (RFC 3966) where it holds nothing but them."""
    number = text.removeprefix("tel:")
    if not re.fullmatch(r"\+?[\d\s().\-–/]{5,30}", number):
        warn(f"{shown(text)} is no number to link; it is shown as it is written", "write '+44 20 7946 0000'")
        return Link("phone", number, "", "phone", "", "")
    international = number.startswith("+")
    digits = re.sub(r"\D", "", number.replace("(0)", "") if international else number)
    return Link("phone", number, f"tel:{'+' if international else ''}{digits}", "phone", "", "u-tel p-tel")


def _accepted(known: str | None) -> str:
    return SERVICES[known].accepted if known in SERVICES else "write an address that begins with https://"


def _label(key: str) -> str:
    """Return a key that nobody knows as a label."""
    return re.sub(r"[-_\s]+", " ", key).strip() or "Link"


def _shorter(url: str) -> str:
    """Return an address as a label."""
    return re.sub(r"^\w+:(?://(?:www\.)?)?|/$", "", url)
