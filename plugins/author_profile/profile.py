"""The validated facts about one author, as templates and vocabularies read them."""

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from ..markup import to_text
from ..pictures import FACE, Focus, Picture
from ..problems import Place
from ..scripts import has_cjk
from .links import Link

SIZES = (12, 14.5, 18, 21.5, 26)  # ordinary letters that fit on one line of the sidebar, by the theme's sizes
_WIDTHS = {**dict.fromkeys("mw", 1.5), **dict.fromkeys("MW", 1.8), **dict.fromkeys("fijlrtI.,’'-: ", 0.62)}
LONG_BIO = 160  # letters: six lines of the sidebar


class Affiliation(NamedTuple):
    """Where the author works: ``name`` is safe inline HTML, ``text`` its words, ``ror`` its URL at ror.org."""

    name: Markup
    text: str
    url: str = ""
    ror: str = ""


class Avatar(NamedTuple):
    """The author's picture as written: a path below the content or an address; ``alt`` is its text alternative.

    ``focus`` is the point to keep where it is cut.
    """

    value: str
    alt: str
    place: Place
    focus: Focus = FACE


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
    portrait: Picture | None = None
    home: str = ""
    card: str = ""  # the address of the picture for where a link is shared, "" for none
    icons: Mapping[str, Markup] = {}

    @property
    def bio_text(self) -> str:
        """The biography's words, on one line."""
        return to_text(self.bio)

    @property
    def name_size(self) -> int:
        """How small the name is set, from 0: so that one of up to 22 letters stays on one line, and each word does."""
        width = _width(self.name)
        if width > SIZES[-1]:
            width = max(map(_width, self.name.split()))
        return next((size for size, most in enumerate(SIZES) if width <= most), len(SIZES) - 1)

    @property
    def has_long_bio(self) -> bool:
        """Whether the biography would push the links out of sight."""
        return len(self.bio_text) > LONG_BIO

    @property
    def orcid(self) -> str:
        """The ORCID iD's URL, or ""."""
        return next((link.url for link in self.links if link.key == "orcid" and link.id), "")


def _width(text: str) -> float:
    """Return about how wide a text is, in ordinary small letters of a book face."""
    return sum(_WIDTHS.get(letter) or (2 if has_cjk(letter) else 1.25 if letter.isupper() else 1) for letter in text)
