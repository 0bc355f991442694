"""A Profile → the vocabularies in which machines read about a person.

Search engines read JSON-LD, link previews OpenGraph, address books vCard, CV tools JSON Resume; the microformats are in
the sidebar's own markup. All contain the same facts; a test compares them.
"""

import base64
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote

from markupsafe import Markup

from ..markup import to_text
from .links import Link
from .names import parts_of_name
from .profile import Profile

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
"""A value that JSON can represent."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the vocabularies state about a page. ``url`` is absolute if the site's address is known, else "/path"."""

    url: str
    title: str
    description: str
    site: str
    kind: str = "website"  # OpenGraph's type, unless the page is about its author
    modified: str = ""  # ISO 8601


def is_absolute(url: str) -> bool:
    """Return whether an address means the same wherever it is read."""
    return "://" in url


# --- Search engines --------------------------------------------------------------------------------------------


def profile_page(page: PageFacts, profile: Profile) -> Mapping[str, Json]:
    """Return schema.org's ProfilePage about the author, as Google documents it.

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
    whole: dict[str, Json] = {"@type": "ProfilePage", "dateModified": page.modified, "mainEntity": _filled(person)}
    return {"@context": "https://schema.org", **_filled(whole)}


def _own_places(profile: Profile) -> Iterator[Link]:
    """Yield the links to the author's other places on the web."""
    return (link for link in profile.links if link.rel == "me" and is_absolute(link.url))


def _filled(values: Mapping[str, Json]) -> dict[str, Json]:
    """Return a JSON object without its empty values."""
    return {key: value for key, value in values.items() if value}


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
    yield "og:type", "profile" if own else page.kind
    yield "og:title", page.title
    if page.site != page.title:
        yield "og:site_name", page.site
    if page.description:
        yield "og:description", page.description
    if is_absolute(page.url):
        yield "og:url", page.url
    if own and profile:
        given, family = parts_of_name(profile.name)
        if given and family:
            yield "profile:first_name", given
            yield "profile:last_name", family
    yield "twitter:card", "summary"
    if profile:
        handle = next((link.id for link in profile.links if link.key == "twitter" and link.id), "")
        if handle:
            yield "twitter:creator", f"@{handle}"
        if profile.portrait and is_absolute(profile.portrait.largest):
            yield "og:image", profile.portrait.largest
            yield "og:image:alt", profile.avatar.alt if profile.avatar else profile.name


# --- Address books ---------------------------------------------------------------------------------------------


def vcard(profile: Profile, contacts: Collection[str] = ()) -> str:
    """Return vCard 4.0 (RFC 6350, with RFC 9554's SOCIALPROFILE and PRONOUNS); CRLF, folded at 75 octets.

    ``contacts`` are the contact details to include beside the e-mail address: ``phone``, ``address``.
    """
    given, family = parts_of_name(profile.name)
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual", f"FN:{_text(profile.name)}"]
    lines.append(f"N:{_text(family)};{_text(given)};;;{_text(profile.post_nominals)}")
    if profile.native_name:
        lines.append(f"NICKNAME:{_text(profile.native_name)}")
    if is_absolute(profile.home):
        lines += [f"UID:{profile.home}", f"URL:{profile.home}"]
    if profile.portrait:
        if is_absolute(profile.portrait.largest):
            lines.append(f"PHOTO:{profile.portrait.largest}")
        else:
            file = profile.portrait.files[-1]
            lines.append(f"PHOTO:data:{file.type};base64,{base64.b64encode(file.data).decode()}")
    lines += [f"ORG:{_text(at.text)}" for at in profile.affiliations]
    if profile.role:
        lines.append(f"TITLE:{_text(to_text(profile.role))}")
    if profile.pronouns:
        lines.append(f"PRONOUNS:{_text(profile.pronouns)}")
    if profile.bio:
        lines.append(f"NOTE:{_text(profile.bio_text)}")
    if profile.interests:
        lines.append("CATEGORIES:" + ",".join(_text(to_text(interest)) for interest in profile.interests))
    for link in profile.links:
        lines += _card_lines(link, contacts)
    if "address" in contacts and profile.address:
        lines.append(f"ADR:;;{_text(', '.join(profile.address))};;;;")
    lines.append("END:VCARD")
    return "".join(_folded(line) + "\r\n" for line in lines)


def _card_lines(link: Link, contacts: Collection[str]) -> Iterator[str]:
    if link.key == "email" and link.url:
        yield f"EMAIL:{_text(_mail_address(link))}"
    elif link.key == "phone":
        if "phone" in contacts and link.url:
            yield f"TEL;VALUE=uri:{link.url}"
    elif link.rel == "me" and is_absolute(link.url):
        known = link.id and re.fullmatch(r"[\w .+-]+", link.label)
        yield f'SOCIALPROFILE;SERVICE-TYPE="{link.label}":{link.url}' if known else f"URL:{link.url}"


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


def resume(profile: Profile, contacts: Collection[str] = ()) -> Mapping[str, Json]:
    """Return JSON Resume (https://jsonresume.org/schema). ``contacts`` as for ``vcard``."""
    emails = [_mail_address(link) for link in profile.links if link.key == "email" and link.url]
    phones = [link.label for link in profile.links if link.key == "phone"]
    address = "\n".join(profile.address) if "address" in contacts else ""
    basics: dict[str, Json] = {
        "name": profile.name,
        "label": to_text(profile.role),
        "image": profile.portrait.largest if profile.portrait and is_absolute(profile.portrait.largest) else "",
        "email": emails[0] if emails else "",
        "phone": phones[0] if "phone" in contacts and phones else "",
        "url": profile.home if is_absolute(profile.home) else "",
        "summary": profile.bio_text,
        "location": _filled({"address": address, "city": to_text(profile.location)}),
        "profiles": [
            _filled({"network": link.label, "username": link.id, "url": link.url})
            for link in _own_places(profile)
            if link.url != profile.home
        ],
    }
    role = to_text(profile.role)
    return _filled(
        {
            "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
            "basics": _filled(basics),
            "work": [_filled({"name": at.text, "position": role, "url": at.url}) for at in profile.affiliations],
            "interests": [{"name": to_text(interest)} for interest in profile.interests],
        }
    )
