"""Facts about one author → the Profile that the sidebar shows, and what is wrong with them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup

from plugins.author_profile.authors import Facts
from plugins.author_profile.inline import lost_tags, to_html, to_text
from plugins.author_profile.names import monogram
from plugins.author_profile.services import SERVICES, RefusedError, plain, read_address, shown, web_address
from plugins.problems import Problem


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the sidebar's list; ``url`` is "" for one that is only shown. ``kind`` is the h-card class."""

    key: str
    label: str
    url: str
    icon: str
    kind: str = "u-url"
    svg: Markup = field(default_factory=Markup)


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Where the author works; ``name`` may hold inline HTML that is safe."""

    name: Markup
    text: str
    url: str = ""


@dataclass(slots=True)
class Profile:
    """The validated facts about one author. Every Markup in it is safe; every other text is to be escaped."""

    name: str
    display: Markup
    home: str = ""
    pronouns: str = ""
    bio: Markup = field(default_factory=Markup)
    location: Markup = field(default_factory=Markup)
    affiliations: list[Affiliation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    portrait: str = ""
    monogram: Markup = field(default_factory=Markup)
    icons: dict[str, Markup] = field(default_factory=dict)


PLACEHOLDERS: dict[str, re.Pattern[str]] = {
    key: re.compile(pattern, re.IGNORECASE)
    for key, pattern in {
        "name": r"your (?:sidebar )?name",
        "bio": r"short biography for the left-hand sidebar",
        "employer": r"red brick university",
        "email": r"none@example\.(?:org|com)|your?[._-]?e?mail.*",
        "github": r"(?:https?://github\.com/)?academicpages/?",
        "orcid": r".*yourorcidurl.*|.*0000-0000-0000-0000.*|.*xxxx.*",
        "googlescholar": r".*PS_CX0AAAAAJ.*|.*yourscholarurl.*",
        "pubmed": r".*john(?:\+|%20| )snow.*",
        "bluesky": r"(?:https://bsky\.app/profile/)?bsky\.app",
    }.items()
}
TEXT_KEYS = ("avatar", "name", "pronouns", "bio", "location", "employer", "uri", "email")
KNOWN_KEYS = frozenset((*TEXT_KEYS, *SERVICES, "links"))


def make_profile(name: str, facts: Facts) -> tuple[Profile, list[Problem]]:
    """Return the profile of the author called ``name``, and every problem and warning of the facts. Touches no disk."""
    reader = _Reader(facts)
    display = to_html(reader.text("name") or name, markdown=False)
    profile = Profile(name=to_text(display), display=display, pronouns=to_text(reader.markup("pronouns")))
    profile.bio = reader.markup("bio")
    profile.location = reader.markup("location")
    employer = reader.markup("employer")
    profile.affiliations = [Affiliation(employer, to_text(employer))] if employer else []
    profile.monogram = monogram(profile.name)
    for key in facts:
        profile.links += reader.links(key)
    return profile, reader.problems


class _Reader:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.problems: list[Problem] = []

    def say(self, key: str, message: str, hint: str, *, warning: bool = True) -> None:
        fact = self.facts[key]
        self.problems.append(Problem(fact.path, fact.line, key, message, hint, warning))

    def text(self, key: str) -> str:
        """Return a key's value as text; "" for an empty one, one that is hidden or no text, and a placeholder."""
        value = self.facts[key].value if key in self.facts else None
        if value is None or value is False:
            return ""
        if isinstance(value, dict | list | bool):
            what = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "'true'"
            self.say(key, f"is {what}, and one text belongs here", "write one text", warning=False)
            return ""
        text = plain(str(value))
        placeholder = PLACEHOLDERS.get(key)
        if placeholder and placeholder.fullmatch(text):
            self.say(
                key, f"{shown(text)} is the template's own example and is left out", "write yours or delete the key"
            )
            return ""
        return text

    def markup(self, key: str) -> Markup:
        """Return a key's text as safe inline HTML."""
        text = self.text(key)
        lost = lost_tags(text)
        if lost:
            tags = ", ".join(f"<{tag}>" for tag in lost)
            self.say(key, f"{tags} cannot stand in the sidebar and is left out", "write text, <br>, <b>, <i> or <a>")
        return to_html(text)

    def links(self, key: str) -> Iterator[Link]:
        """Yield the links of one key."""
        if key in ("name", "pronouns", "bio", "location", "employer", "avatar"):
            return
        text = self.text(key)
        if not text:
            return
        try:
            if key == "email":
                yield from self.emails(text)
            elif key in SERVICES:
                service = SERVICES[key]
                address = read_address(service, text)
                if address.doubt:
                    self.say(key, address.doubt, service.accepted)
                yield Link(key, service.label, address.url, service.icon or key)
            elif key == "uri":
                yield Link(key, "Website", web_address(text) or site_path(text), "website")
            elif url := web_address(text, ()):
                yield Link(key, key.replace("_", " "), url, "link")
            else:
                self.say(
                    key, f"is no key of an author, and {shown(text)} no address", "write an address, or another key"
                )
        except RefusedError as error:
            ending = "" if error.hostile else " and is left out"
            self.say(key, error.message + ending, error.hint, warning=not error.hostile)

    def emails(self, text: str) -> Iterator[Link]:
        """Yield a link for every address; what hides one from robots is shown as it is written."""
        for part in re.split(r"\s*[,;]\s*|\s+(?:and|or|/|\|)\s+|\s+(?=\S+@\S+$)", text):
            address = re.sub(r"(?i)^mailto:|[<>]", "", part).strip()
            if re.fullmatch(r"[^\s@<>\"'()]+@[^\s@<>\"'()]+\.[^\s@<>\"'().]{2,}", address):
                yield Link("email", address, "mailto:" + quote(address, safe="@+"), "email", "u-email")
            elif part:
                self.say(
                    "email", f"{shown(part)} is no address to link and is shown as it is written", "write name@host"
                )
                yield Link("email", part, "", "email", "")


def site_path(text: str) -> str:
    """Return a path of this site, escaped."""
    if not text.startswith("/") or text.startswith("//"):
        raise RefusedError(f"{shown(text)} is no address", "write 'https://host/path' or '/path/'")
    return quote(text, safe="/?#&=%~-._+")
