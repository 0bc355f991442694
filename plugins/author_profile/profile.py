"""The validated facts about one author, as templates and vocabularies read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from ..markup import to_text
from ..problems import Place
from .links import Link
from .portrait import Portrait


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Where the author works: ``name`` is safe inline HTML, ``text`` its words, ``ror`` its URL at ror.org."""

    name: Markup
    text: str
    url: str = ""
    ror: str = ""


@dataclass(frozen=True, slots=True)
class Avatar:
    """The author's picture as written: a path below the content or an address; ``alt`` is its text alternative."""

    value: str
    alt: str
    place: Place


@dataclass(frozen=True, slots=True)
class Profile:
    """The validated facts about one author. Every Markup is safe inline HTML; other texts are still to be escaped.

    ``home`` is the address of the page that is about the author; ``icons`` are those of the facts that are not links.
    """

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
    address: tuple[str, ...] = ()  # its lines
    affiliations: tuple[Affiliation, ...] = ()
    interests: tuple[Markup, ...] = ()
    links: tuple[Link, ...] = ()
    avatar: Avatar | None = None
    portrait: Portrait | None = None
    home: str = ""
    icons: Mapping[str, Markup] = field(default_factory=dict)

    @property
    def bio_text(self) -> str:
        """The biography's words, on one line."""
        return to_text(self.bio)

    @property
    def orcid(self) -> str:
        """The ORCID iD's URL, or ""."""
        return next((link.url for link in self.links if link.key == "orcid" and link.id), "")
