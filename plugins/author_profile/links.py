"""One value of an author's key → the links that it means."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup, escape

from ..problems import InvalidValueError, Place, Problems
from ..yaml_mapping import Value
from .keys import CONTACTS, NOTHING, PAGES, is_example
from .services import SERVICES, read_address
from .values import RejectedValueError, any_address, cleaned, mail_address, mail_url, quoted, web_address

NOWHERE = Place("")  # of links that no author wrote
LONGEST = 2000  # characters of an address; search engines and older browsers read no more
_IMPOSSIBLE = re.compile(r"[<>\"\x00-\x1f\x7f]")  # in no handle, and in an address only escaped
_BETWEEN_MAILS = re.compile(r"\s*[,;|]\s*|\s+(?:and|or|/)\s+|\s*<br ?/?>\s*|\s+(?=\S+@\S+$)")


class Link(NamedTuple):
    """One line of the sidebar's list.

    ``url`` is absolute, or "/path" on this site, or "" for text without a link. ``rel`` is "me" for another place of
    the author's own, else "". ``kind`` is the microformat's class, ``id`` the author's name at the service where it is
    known, ``place`` where it is written, ``svg`` the finished icon.
    """

    key: str
    label: str
    url: str
    icon: str
    rel: str = "me"
    kind: str = "u-url"
    id: str = ""
    place: Place = NOWHERE
    svg: Markup = Markup()

    @property
    def label_html(self) -> Markup:
        """The label; an e-mail address with the places where it may break: at its ``@`` and its dots."""
        if self.key != "email":
            return escape(self.label)
        parts = re.split(r"(?<=[@.])(?=.)", self.label)
        return Markup("<wbr>").join(Markup("<span>{}</span>").format(part) if "-" in part else part for part in parts)

    @property
    def short(self) -> str:
        """The address as paper shows it, without its scheme, ``www.`` and last slash; "" where the label says it."""
        return "" if self.key in ("email", "phone") else _label_of_url(self.url)


def read_links(key: str, value: Value, place: Place, problems: Problems) -> Iterator[Link]:
    """Yield the links of one value of a canonical key; ``place`` names the key as written. Report what is doubtful.

    Raises InvalidValueError for a value that cannot be linked.
    """
    if isinstance(value, dict):
        yield _from_mapping(key, value, place)
        return
    text = cleaned(str(value).lower() if isinstance(value, bool) else str(value))
    if isinstance(value, bool | list) or text.casefold() in NOTHING:
        raise InvalidValueError(f"{quoted(text)} is not an address", "delete the key, or write an address")
    if len(text) > LONGEST or (key not in CONTACTS and _IMPOSSIBLE.search(text)):
        hint = SERVICES[key].accepted if key in SERVICES else "write an address that begins with https://"
        raise RejectedValueError(f"{quoted(text)} cannot be an address", hint)
    if is_example(key, text):
        raise InvalidValueError(f"{quoted(text)} is the template's example", "write yours or delete the key")
    if key == "email":
        yield from _emails(text, place, problems)
    elif key == "phone":
        yield _phone(text, place, problems)
    elif service := SERVICES.get(key):
        address = read_address(service, text)
        if address.warning:
            problems.warn(place, address.warning, service.accepted)
        yield Link(key, service.label, address.url, service.icon or key, id=address.id, place=place)
    elif key in PAGES:
        rel = "me" if key == "uri" else ""
        yield Link(key, PAGES[key], any_address(text), "website" if key == "uri" else key, rel, place=place)
    elif key == "links":
        url = any_address(text)
        yield Link(key, _label_of_url(url), url, "link", place=place)
    else:
        url = mail_url(text) or web_address(text, ()) or ""
        if not url:
            raise InvalidValueError(f"is not a known key, and {quoted(text)} is not an address", "write an address")
        yield Link(key, _label_of_key(key), url, key.casefold(), place=place)


def _from_mapping(key: str, value: dict[str, Value], place: Place) -> Link:
    """Return the link of {label, url, icon}; the key's own label and icon replace missing ones."""
    url, label, icon = (
        next((cleaned(str(value[name])) for name in names if value.get(name)), "")
        for names in (("url", "href", "link"), ("label", "name", "title"), ("icon",))
    )
    if not url:
        raise InvalidValueError("has no 'url:'", "write 'url:' and 'label:'")
    if len(url) > LONGEST or _IMPOSSIBLE.search(url):
        raise RejectedValueError(f"{quoted(url)} cannot be an address", "write one that begins with https://")
    url = any_address(url)
    label = label or (_label_of_url(url) if key == "links" else _label_of_key(place.key))
    icon = icon.removesuffix(".svg") or ("link" if key == "links" else key.casefold())
    return Link(key, label, url, icon, place=place)


def _emails(text: str, place: Place, problems: Problems) -> Iterator[Link]:
    """Yield a link for every address in ``text``; an obfuscated one is shown as written."""
    for part in _BETWEEN_MAILS.split(text):
        if url := mail_url(part):
            yield Link("email", mail_address(part), url, "email", kind="u-email", place=place)
        elif part:
            message = f"{quoted(part)} is not an e-mail address; it is shown as written, without a link"
            problems.warn(place, message, "write name@host")
            yield Link("email", part, "", "email", "", "", place=place)


def _phone(text: str, place: Place, problems: Problems) -> Link:
    """Return a telephone number as written, linked by its digits (RFC 3966) if it contains nothing else."""
    number = text.removeprefix("tel:")
    if not re.fullmatch(r"\+?[\d\s().\-–/]{5,30}", number):
        message = f"{quoted(text)} is not a telephone number; it is shown as written, without a link"
        problems.warn(place, message, "write '+44 20 7946 0000'")
        return Link("phone", number, "", "phone", "", "", place=place)
    international = number.startswith("+")
    digits = re.sub(r"\D", "", number.replace("(0)", "") if international else number)
    return Link("phone", number, f"tel:{'+' if international else ''}{digits}", "phone", "", "u-tel p-tel", place=place)


def _label_of_key(key: str) -> str:
    return re.sub(r"[-_\s]+", " ", key).strip() or "Link"


def _label_of_url(url: str) -> str:
    """Return an address without its scheme, ``www.`` and last slash."""
    return re.sub(r"^\w+:(?://(?:www\.)?)?|/$", "", url)
