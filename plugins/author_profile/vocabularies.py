"""A Profile → the vocabularies in which machines read about a person.

Search engines read JSON-LD, link previews OpenGraph, address books vCard, CV tools JSON Resume; the microformats are in
the sidebar's own markup. All contain the same facts; a test compares them.
"""

import base64
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from markupsafe import Markup

from ..markup import to_text
from ..site import Json
from .card import SIZE
from .links import Link
from .names import parts_of_name
from .profile import Profile


class PageFacts(NamedTuple):
    """What the vocabularies state about a page. ``url`` is absolute if the site's address is known, else "/path"."""

    url: str
    title: str
    description: str
    site: str
    kind: str = "website"  # OpenGraph's type, unless the page is about its author
    modified: str = ""  # ISO 8601
    picture: str = ""  # of the site, for pages without a portrait


def _absolute(url: str) -> str:
    """Return an address that means the same wherever it is read; "" for one of this site without its host."""
    return url if "://" in url else ""


def _image(profile: Profile) -> str:
    return _absolute(profile.portrait.largest) if profile.portrait else ""


def _own_places(profile: Profile) -> Iterator[Link]:
    """Yield the links to the author's other places on the web."""
    return (link for link in profile.links if link.rel == "me" and _absolute(link.url))


def _filled(values: Mapping[str, Json]) -> dict[str, Json]:
    """Return a JSON object without its empty values."""
    return {key: value for key, value in values.items() if value}


# --- Search engines --------------------------------------------------------------------------------------------


def collection_page(page: PageFacts, works: Sequence[Json]) -> Mapping[str, Json]:
    """Return schema.org's CollectionPage: one that lists works and is not about their author."""
    return {"@context": "https://schema.org", "@type": "CollectionPage", "@id": page.url, "hasPart": works}


def profile_page(page: PageFacts, profile: Profile, works: Sequence[Json] = ()) -> Mapping[str, Json]:
    """Return schema.org's ProfilePage about the author, as Google documents it; ``works`` are those that it lists.

    https://developers.google.com/search/docs/appearance/structured-data/profile-page
    """
    orcid = profile.orcid
    person: dict[str, Json] = {
        "@type": "Person",
        "@id": f"{page.url}#me",
        "name": profile.name,
        "alternateName": profile.native_name,
        "honorificSuffix": profile.post_nominals,
        "jobTitle": to_text(profile.role),
        "description": profile.bio_text,
        "image": profile.portrait.largest if profile.portrait else "",
        "url": page.url,
        "affiliation": [
            _filled({"@type": "Organization", "@id": at.ror, "name": at.text, "url": at.url})
            for at in profile.affiliations
        ],
        "knowsAbout": [to_text(interest) for interest in profile.interests],
        "identifier": {"@type": "PropertyValue", "propertyID": "ORCID", "value": orcid[-19:], "url": orcid}
        if orcid
        else "",
        "sameAs": [link.url for link in _own_places(profile) if link.url.rstrip("/") != page.url.rstrip("/")],
    }
    whole: dict[str, Json] = {
        "@type": "ProfilePage",
        "dateModified": page.modified,
        "mainEntity": _filled(person),
        "hasPart": works,
    }
    return {"@context": "https://schema.org", **_filled(whole)}


def script_text(data: Json) -> Markup:
    """Return JSON that can be put into ``<script>``: nothing in it ends the element or begins a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704  (JSON without a single angle bracket)


# --- Link previews ----------------------------------------------------------------------------------------------


def open_graph(page: PageFacts, profile: Profile | None, *, own: bool) -> Iterator[tuple[str, str]]:
    """Yield OpenGraph's properties (https://ogp.me) and the Twitter card's; addresses only if they are absolute.

    The type of a page that is about the author (``own``) is ``profile``.
    """
    properties = {
        "og:type": "profile" if own else page.kind,
        "og:title": page.title,
        "og:site_name": page.site if page.site != page.title else "",
        "og:description": page.description,
        "og:url": _absolute(page.url),
    }
    if own and profile and all(parts := parts_of_name(profile.name)):
        properties |= zip(("profile:first_name", "profile:last_name"), parts, strict=True)
    card = profile.card if own and profile and (profile.portrait or not page.picture) else ""
    properties["twitter:card"] = "summary_large_image" if card else "summary"
    if profile:
        handle = next((link.id for link in profile.links if link.key == "twitter" and link.id), "")
        properties["twitter:creator"] = handle and f"@{handle}"
    if card and profile:
        width, height = map(str, SIZE)
        properties |= {"og:image": card, "og:image:width": width, "og:image:height": height}
        properties["og:image:alt"] = profile.name
    elif profile and (image := _image(profile)):
        properties |= {"og:image": image, "og:image:alt": profile.avatar.alt if profile.avatar else profile.name}
    else:
        properties["og:image"] = _absolute(page.picture)
    return ((name, content) for name, content in properties.items() if content)


# --- Address books ---------------------------------------------------------------------------------------------


def vcard(profile: Profile, contacts: Collection[str] = ()) -> str:
    """Return vCard 4.0 (RFC 6350, with RFC 9554's SOCIALPROFILE and PRONOUNS); CRLF, folded at 75 octets.

    ``contacts`` are the contact details to include beside the e-mail address: ``phone``, ``address``.
    """
    given, family = parts_of_name(profile.name)
    home = _absolute(profile.home)
    photo = _image(profile)
    if profile.portrait and not photo:
        file = profile.portrait.files[-1]
        photo = f"data:{file.type};base64,{base64.b64encode(file.data).decode()}"
    address = _text(", ".join(profile.address)) if "address" in contacts else ""
    properties = [
        ("BEGIN", "VCARD"),
        ("VERSION", "4.0"),
        ("KIND", "individual"),
        ("FN", _text(profile.name)),
        ("N", f"{_text(family)};{_text(given)};;;{_text(profile.post_nominals)}"),
        ("NICKNAME", _text(profile.native_name)),
        ("UID", home),
        ("URL", home),
        ("PHOTO", photo),
        *(("ORG", _text(at.text)) for at in profile.affiliations),
        ("TITLE", _text(to_text(profile.role))),
        ("PRONOUNS", _text(profile.pronouns)),
        ("NOTE", _text(profile.bio_text)),
        ("CATEGORIES", ",".join(_text(to_text(interest)) for interest in profile.interests)),
        *(_card_property(link, contacts) for link in profile.links),
        ("ADR", address and f";;{address};;;;"),
        ("END", "VCARD"),
    ]
    required = "FN"
    return "".join(_folded(f"{name}:{value}") + "\r\n" for name, value in properties if value or name == required)


def _card_property(link: Link, contacts: Collection[str]) -> tuple[str, str]:
    if link.key == "email":
        return "EMAIL", _text(_mail_address(link))
    if link.key == "phone":
        return "TEL;VALUE=uri", link.url if "phone" in contacts else ""
    known = link.id and re.fullmatch(r"[\w .+-]+", link.label)
    name = f'SOCIALPROFILE;SERVICE-TYPE="{link.label}"' if known else "URL"
    return name, _absolute(link.url) if link.rel == "me" else ""


def _mail_address(link: Link) -> str:
    return unquote(link.url.removeprefix("mailto:"))


def _text(value: str) -> str:
    """Escape a vCard text value (RFC 6350, 3.4)."""
    return re.sub(r"([\\,;])", r"\\\1", value).replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a line after at most 75 octets, never inside a character (RFC 6350, 3.2)."""
    parts: list[str] = []
    length = 0
    for letter in line:
        octets = len(letter.encode())
        if length + octets > (75 if len(parts) < 1 else 74):
            parts.append("\r\n ")
            length = 0
        parts.append(letter)
        length += octets
    return "".join(parts)


# --- CV tools --------------------------------------------------------------------------------------------------


def resume(profile: Profile, contacts: Collection[str] = (), publications: Sequence[Json] = ()) -> Mapping[str, Json]:
    """Return JSON Resume (https://jsonresume.org/schema) with its ``publications``. ``contacts`` as for ``vcard``."""
    role = to_text(profile.role)
    emails = [_mail_address(link) for link in profile.links if link.key == "email" and link.url]
    phones = [link.label for link in profile.links if link.key == "phone" and "phone" in contacts]
    address = "\n".join(profile.address) if "address" in contacts else ""
    basics: dict[str, Json] = {
        "name": profile.name,
        "label": role,
        "image": _image(profile),
        "email": next(iter(emails), ""),
        "phone": next(iter(phones), ""),
        "url": _absolute(profile.home),
        "summary": profile.bio_text,
        "location": _filled({"address": address, "city": to_text(profile.location)}),
        "profiles": [
            _filled({"network": link.label, "username": link.id, "url": link.url})
            for link in _own_places(profile)
            if link.url != profile.home
        ],
    }
    return _filled(
        {
            "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
            "basics": _filled(basics),
            "work": [_filled({"name": at.text, "position": role, "url": at.url}) for at in profile.affiliations],
            "publications": publications,
            "interests": [{"name": to_text(interest)} for interest in profile.interests],
        }
    )
