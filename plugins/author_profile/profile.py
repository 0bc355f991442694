"""Facts about one author → the Profile that the sidebar shows, and what is wrong with them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from markupsafe import Markup

from ..problems import Problem
from .authors import Fact, Facts
from .inline import lost_tags, to_html, to_text
from .keys import TEXTS, canonical
from .links import Link, links_of, site_path
from .names import monogram
from .placeholders import is_example
from .services import RefusedError, plain, shown, web_address


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Where the author works: ``name`` is safe inline HTML, ``text`` its words, ``ror`` its URL at ror.org."""

    name: Markup
    text: str
    url: str = ""
    ror: str = ""


@dataclass(frozen=True, slots=True)
class Avatar:
    """The author's picture as it is written, and where."""

    value: str
    alt: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class PortraitFile:
    """One file of a portrait: its name, media type, pixels per CSS pixel, and content."""

    name: str
    type: str
    scale: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Portrait:
    """The author's picture as it is shown: width and height in CSS pixels, and its files, the best format first."""

    width: int
    height: int
    shape: str
    files: tuple[PortraitFile, ...] = ()
    folder: str = ""  # the address of the folder that the files are in, ending in a slash
    elsewhere: str = ""  # the address of a picture on another site, which has no files here

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The media type and ``srcset`` of every format, the best first; the last one is every browser's."""
        kinds = dict.fromkeys(file.type for file in self.files)
        return [
            (kind, ", ".join(f"{self.folder}{file.name} {file.scale}x" for file in self.files if file.type == kind))
            for kind in kinds
        ]

    @property
    def src(self) -> str:
        """The address for browsers that know one format and no densities."""
        return self.elsewhere or self.folder + [file for file in self.files if file.scale == 1][-1].name

    @property
    def src_2x(self) -> str:
        """The same at two pixels per CSS pixel, or "" where the picture has no more to show."""
        return next((self.folder + file.name for file in reversed(self.files) if file.scale == 2), "")

    @property
    def largest(self) -> str:
        """The address of the largest picture in a format that everybody reads."""
        return self.elsewhere or self.folder + self.files[-1].name


@dataclass(slots=True)
class Profile:
    """The validated facts about one author. Every Markup is safe inline HTML; other texts are still to be escaped."""

    name: str
    display: Markup
    monogram: Markup
    native_name: str = ""
    pronunciation: str = ""
    post_nominals: str = ""
    pronouns: str = ""
    role: Markup = field(default_factory=Markup)
    bio: Markup = field(default_factory=Markup)
    location: Markup = field(default_factory=Markup)
    address: list[str] = field(default_factory=list)  # its lines
    affiliations: list[Affiliation] = field(default_factory=list)
    interests: list[Markup] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    avatar: Avatar | None = None
    portrait: Portrait | None = None
    home: str = ""
    icons: dict[str, Markup] = field(default_factory=dict)  # of the facts that are no links

    @property
    def bio_text(self) -> str:
        """The biography's words, on one line."""
        return to_text(self.bio)

    @property
    def orcid(self) -> str:
        """The ORCID iD's URL, or ""."""
        return next((link.url for link in self.links if link.key == "orcid" and link.id), "")

    def urls(self, *keys: str) -> list[str]:
        """Return the addresses of the links with one of ``keys``; of all that are the author's own without a key."""
        return [link.url for link in self.links if link.url and (link.key in keys if keys else link.rel == "me")]


def make_profile(name: str, facts: Facts) -> tuple[Profile, list[Problem]]:
    """Return the profile of the author called ``name``, and every problem and warning of the facts. Touches no disk.

    What each key may hold is in ``keys.py`` and ``services.py``. An empty value or ``false`` is no key at all.
    """
    reader = _Reader(facts)
    display = reader.markup("name", markdown=False)
    display = display if to_text(display) else to_html(name, markdown=False)
    spoken = to_text(display)
    profile = Profile(spoken, display, monogram(spoken))
    profile.native_name = reader.words("native_name")
    profile.pronunciation = reader.words("pronunciation")
    profile.post_nominals = reader.words("post_nominals")
    profile.pronouns = reader.words("pronouns")
    profile.role = reader.markup("role")
    profile.bio = reader.markup("bio")
    profile.location = reader.markup("location")
    profile.address = [
        to_text(line) for line in re.split(r"<br>|\n", to_html(reader.text("address"), markdown=False)) if line
    ]
    profile.affiliations = list(reader.affiliations())
    profile.interests = [to_html(interest) for interest in reader.items("interests")]
    profile.links = _distinct([link for key in facts for link in reader.links(key)])
    avatar = reader.text("avatar")
    if avatar:
        fact = next(fact for key, fact in facts.items() if canonical(key) == "avatar" and _filled(fact.value))
        profile.avatar = Avatar(avatar, reader.words("avatar_alt") or spoken, fact)
    return profile, reader.problems


def _filled(value: Any) -> bool:
    return value is not None and value is not False and value != "" and value != [] and value != {}


def _distinct(links: list[Link]) -> list[Link]:
    """Return the links, each address once, and those with one label told apart by their id."""
    once: dict[object, Link] = {}
    for link in links:
        once.setdefault(link.url or link, link)
    labels = [link.label for link in once.values()]
    return [
        replace(link, label=f"{link.label} ({link.id})") if link.id and labels.count(link.label) > 1 else link
        for link in once.values()
    ]


class _Reader:
    """Reads one author's facts and gathers what is wrong with them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.problems: list[Problem] = []

    def say(self, key: str, message: str, hint: str, *at: str | int, warning: bool = True) -> None:
        fact = self.facts[key]
        line = next((fact.lines[at[:end]] for end in range(len(at), 0, -1) if at[:end] in fact.lines), fact.line)
        self.problems.append(Problem(fact.path, line, key, message, hint, warning))

    def warn(self, key: str, *at_and_words: Any) -> None:
        *at, message, hint = at_and_words
        self.say(key, message, hint, *at)

    def key_of(self, wanted: str) -> str | None:
        """Return the key that is written for ``wanted`` and filled: by that name, or else by another of its names."""
        named = (key for key in self.facts if canonical(key) == wanted and _filled(self.facts[key].value))
        return wanted if wanted in self.facts and _filled(self.facts[wanted].value) else next(named, None)

    def text(self, wanted: str) -> str:
        """Return a key's text; a list is joined; "" for an empty one and for a placeholder."""
        key = self.key_of(wanted)
        if key is None:
            return ""
        value = self.facts[key].value
        joint = "\n" if wanted in ("bio", "address") else ", "
        parts = value if isinstance(value, list) else [value]
        if any(isinstance(part, Mapping | list | bool) for part in parts):
            what = "'true'" if value is True else "more than one text"
            self.say(key, f"is {what}, and is left out", "write one text")
            return ""
        text = joint.join(plain(str(part)) for part in parts if _filled(part))
        if self.is_example(key, wanted, text):
            return ""
        return text

    def is_example(self, key: str, wanted: str, text: str) -> bool:
        """Tell whether a value is the template's example; that is warned of."""
        found = is_example(wanted, text)
        if found:
            self.say(key, f"{shown(text)} is the template's example and is left out", "write yours or delete the key")
        return found

    def markup(self, wanted: str, *, markdown: bool = True) -> Markup:
        """Return a key's text as safe inline HTML."""
        return self.safe(self.key_of(wanted) or wanted, self.text(wanted), markdown=markdown)

    def safe(self, key: str, text: str, *, markdown: bool = True) -> Markup:
        lost = lost_tags(text)
        if lost:
            tags = ", ".join(f"<{tag}>" for tag in lost)
            self.say(key, f"{tags} cannot stand in the sidebar and is left out", "write text, <br>, <b>, <i> or <a>")
        return to_html(text, markdown=markdown)

    def words(self, wanted: str) -> str:
        """Return the words of a key's text."""
        return to_text(self.markup(wanted))

    def lines(self, wanted: str) -> list[str]:
        """Return the words of a text of several lines."""
        parts = re.split(r"<br ?/?>|\n", self.text(wanted))
        return [words for part in parts if (words := to_text(to_html(part, markdown=False)))]

    def items(self, wanted: str) -> list[str]:
        """Return a list's texts; one text is parted at its commas."""
        key = self.key_of(wanted)
        value = self.facts[key].value if key else None
        parts = value if isinstance(value, list) else re.split(r"\s*[,;]\s*", str(value or ""))
        return [plain(str(part)) for part in parts if _filled(part) and not isinstance(part, Mapping | list)]

    def affiliations(self) -> Iterator[Affiliation]:
        """Yield the organisations of ``affiliation`` and ``employer``: texts or {name, url, ror}, one or many."""
        seen: set[str] = set()
        for key, fact in self.facts.items():
            if canonical(key) not in ("affiliation", "employer") or not _filled(fact.value):
                continue
            parts = fact.value if isinstance(fact.value, list) else [fact.value]
            for place, part in enumerate(parts):
                found = self.affiliation(key, part, *((place,) if isinstance(fact.value, list) else ()))
                if found and found.text not in seen:
                    seen.add(found.text)
                    yield found

    def affiliation(self, key: str, value: Any, *at: str | int) -> Affiliation | None:
        if not _filled(value):
            return None
        given = value if isinstance(value, Mapping) else {"name": value}
        name, url, ror = (plain(str(given.get(part) or "")) for part in ("name", "url", "ror"))
        if not name:
            self.say(key, "has no name, and is left out", "write 'name:' and, if you like, 'url:' and 'ror:'", *at)
            return None
        if self.is_example(key, canonical(key) or key, name):
            return None
        markup = self.safe(key, name)
        number = re.fullmatch(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?", ror)
        if ror and not number:
            self.say(
                key, f"{shown(ror)} is no ROR id and is left out", "write one such as 'https://ror.org/052gg0110'", *at
            )
        try:
            address = (web_address(url) or site_path(url)) if url else ""
        except RefusedError as error:
            address = ""
            self.say(key, error.message, error.hint, *at, warning=not error.hostile)
        return Affiliation(markup, to_text(markup), address, f"https://ror.org/{number[1]}" if number else "")

    def links(self, key: str) -> Iterator[Link]:
        """Yield the links of one key: of one value, or of each of a list."""
        known = canonical(key)
        fact = self.facts[key]
        if known in TEXTS or known == "address" or not _filled(fact.value):
            return
        parts = fact.value if isinstance(fact.value, list) else [fact.value]
        for place, part in enumerate(parts):
            if not _filled(part):
                continue
            at = (place,) if isinstance(fact.value, list) else ()
            try:
                for link in links_of(key, known, part, partial(self.warn, key, *at)):
                    yield replace(link, place=(fact.path, fact.line))
            except RefusedError as error:
                ending = "" if error.hostile else " and is left out"
                self.say(key, error.message + ending, error.hint, *at, warning=not error.hostile)
