"""The validated facts about one author, as templates and vocabularies read them."""

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from ..markup import to_text
from ..problems import Place
from .links import Link
from .portrait import Portrait


class Affiliation(NamedTuple):
    """Where the author works: ``name`` is safe inline HTML, ``text`` its words, ``ror`` its URL at ror.org."""

    name: Markup
    text: str
    url: str = ""
    ror: str = ""


class Avatar(NamedTuple):
    """The author's picture as written: a path below the content or an address; ``alt`` is its text alternative."""

    value: str
    alt: str
    place: Place


class Profile(NamedTuple):
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
    role: Markup = Markup()
    bio: Markup = Markup()
    location: Markup = Markup()
    address: tuple[str, ...] = ()  # its lines
    affiliations: tuple[Affiliation, ...] = ()
    interests: tuple[Markup, ...] = ()
    links: tuple[Link, ...] = ()
    avatar: Avatar | None = None
    portrait: Portrait | None = None
    home: str = ""
    icons: Mapping[str, Markup] = {}

    @property
    def bio_text(self) -> str:
        """The biography's words, on one line."""
        return to_text(self.bio)

    @property
    def orcid(self) -> str:
        """The ORCID iD's URL, or ""."""
        return next((link.url for link in self.links if link.key == "orcid" and link.id), "")
