"""One Profile → every vocabulary that machines read about a person.

Search engines read JSON-LD, link previews OpenGraph, address books vCard, CV tools JSON Resume; the microformats are in
the sidebar's own markup. All say the same, and a test holds them against each other.
"""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ..markup import paragraphs
from .inline import to_text
from .links import Link
from .names import parts_of_name
from .profile import Profile

_NO_ABBREVIATION = r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\bProf)(?<!\b[A-Z])(?<!e\.g)(?<!i\.e)(?<! al)"
MOST_DESCRIBED = 200  # characters; search results show about 160, previews up to 200


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a vocabulary must know of a page. ``url`` is absolute where the site's address is known, else "/path"."""

    url: str
    title: str
    description: str
    site: str
    kind: str = "website"  # OpenGraph's type where the page is not its author's own
    modified: str = ""  # ISO 8601


def is_absolute(url: str) -> bool:
    """Tell whether an address holds wherever it is read."""
    return "://" in url


# --- Search engines --------------------------------------------------------------------------------------------


def profile_page(page: PageFacts, profile: Profile) -> dict[str, Any]:
    """Return schema.org's ProfilePage about the author, as Google documents it.

    https://developers.google.com/search/docs/appearance/structured-data/profile-page
    """
    orcid = profile.orcid
    person = {
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
        "sameAs": [url for url in profile.urls() if is_absolute(url) and url.rstrip("/") != page.url.rstrip("/")],
    }
    whole = {"@type": "ProfilePage", "dateModified": page.modified, "mainEntity": _filled(person)}
    return {"@context": "https://schema.org", **_filled(whole)}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def script_text(data: dict[str, Any]) -> Markup:
    """Return JSON that may stand inside ``<script>``: nothing in it ends the element or begins a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704  (JSON without a single angle bracket)


# --- Link previews ----------------------------------------------------------------------------------------------


def open_graph(page: PageFacts, profile: Profile | None, *, own: bool) -> Iterator[tuple[str, str]]:
    """Yield OpenGraph's properties (https://ogp.me) and the Twitter card's; what must be absolute only if it is.

    ``own`` says that the page is the author's own: its type is then ``profile``.
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


def describe(*candidates: str) -> str:
    """Return the first of the texts that says something, cut at a word's end where it is long."""
    for candidate in candidates:
        text = " ".join(candidate.split())
        if text:
            if len(text) <= MOST_DESCRIBED:
                return text
            cut = text[: MOST_DESCRIBED - 1]
            return cut[: cut.rfind(" ") if cut.rfind(" ") > MOST_DESCRIBED // 2 else None].rstrip(" ,;:–—-") + "…"
    return ""


def first_sentence(content: str) -> str:
    """Return the first sentence of a page's HTML: of its first paragraph that says something."""
    for text in paragraphs(content):
        if len(text) >= 20:  # shorter ones are buttons and captions
            end = re.search(rf".{{30,}}?{_NO_ABBREVIATION}[.!?](?=\s)|.{{12,}}?[。！？]", text)
            return end[0] if end else text
    return ""


# --- Address books ---------------------------------------------------------------------------------------------


def vcard(profile: Profile, home: str, *, phone: bool, address: bool) -> str:
    """Return vCard 4.0 (RFC 6350, with RFC 9554's SOCIALPROFILE and PRONOUNS); CRLF, folded at 75 octets."""
    given, family = parts_of_name(profile.name)
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual", f"FN:{_text(profile.name)}"]
    lines.append(f"N:{_text(family)};{_text(given)};;;{_text(profile.post_nominals)}")
    if profile.native_name:
        lines.append(f"NICKNAME:{_text(profile.native_name)}")
    if is_absolute(home):
        lines += [f"UID:{home}", f"URL:{home}"]
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
        lines += _card_lines(link, phone=phone)
    if address and profile.address:
        lines.append(f"ADR:;;{_text(', '.join(profile.address))};;;;")
    lines.append("END:VCARD")
    return "".join(_folded(line) + "\r\n" for line in lines)


def _card_lines(link: Link, *, phone: bool) -> Iterator[str]:
    if link.key == "email" and link.url:
        yield f"EMAIL:{_text(link.label)}"
    elif link.key == "phone":
        if phone and link.url:
            yield f"TEL;VALUE=uri:{link.url}"
    elif link.rel == "me" and is_absolute(link.url):
        known = link.id and re.fullmatch(r"[\w .+-]+", link.label)
        yield f'SOCIALPROFILE;SERVICE-TYPE="{link.label}":{link.url}' if known else f"URL:{link.url}"


def _text(value: str) -> str:
    """Escape a vCard text value (RFC 6350, 3.4)."""
    return re.sub(r"([\\,;])", r"\\\1", value).replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a line so that none is longer than 75 octets, and no character is parted (RFC 6350, 3.2)."""
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


def resume(profile: Profile, home: str, *, phone: bool, address: bool) -> dict[str, Any]:
    """Return JSON Resume (https://jsonresume.org/schema)."""
    emails = [link.label for link in profile.links if link.key == "email" and link.url]
    phones = [link.label for link in profile.links if link.key == "phone"]
    place = {"address": "\n".join(profile.address) if address else "", "city": to_text(profile.location)}
    basics = {
        "name": profile.name,
        "label": to_text(profile.role),
        "image": profile.portrait.largest if profile.portrait and is_absolute(profile.portrait.largest) else "",
        "email": emails[0] if emails else "",
        "phone": phones[0] if phone and phones else "",
        "url": home if is_absolute(home) else "",
        "summary": profile.bio_text,
        "location": _filled(place),
        "profiles": [
            _filled({"network": link.label, "username": link.id, "url": link.url})
            for link in profile.links
            if link.rel == "me" and is_absolute(link.url) and link.url != home
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
