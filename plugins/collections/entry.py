"""One publication, talk or course, whatever it was read from: what all modules of this package share."""

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from ..problems import Place


class Person(NamedTuple):
    """One author: a person's name in its parts, or ``literal``, the name of a group or one that cannot be divided.

    ``particle`` stands before the family name (``van der``), ``suffix`` after it (``Jr.``). ``marks`` are the signs
    behind the name as the author wrote them: ``*`` for an equal contribution, ``†``, ``✉``. ``url`` is where the author
    linked the name, "" for nowhere.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""
    marks: str = ""
    url: str = ""

    def __str__(self) -> str:
        """Return the name as it is printed, without the marks."""
        name = " ".join(filter(None, (self.given, self.particle, self.family)))
        return self.literal or (f"{name}, {self.suffix}" if self.suffix else name)


class PartialDate(NamedTuple):
    """What is known of a date: ``year``, ``month`` and ``day`` from 1, each 0 where it is not known.

    ``text`` is what is printed instead where the author wrote something else: "forthcoming", "Spring 2021".
    """

    year: int = 0
    month: int = 0
    day: int = 0
    text: str = ""


class EntryLink(NamedTuple):
    """One of an entry's links: ``kind`` is ``pdf``, ``doi``, ``arxiv``, ``code``, ``slides``, … or "" for any other."""

    kind: str
    label: str
    url: str


class Detail(NamedTuple):
    """What an entry says beside the facts that have a field of their own: ``label``, such as "Location", and HTML."""

    key: str
    label: str
    html: Markup


class Entry(NamedTuple):
    """One publication, talk or course; shown in a section of a page, with ``anchor`` as its ``id``.

    ``place`` is where it is written. ``title`` is plain text, ``title_html`` the same with emphasis and math; ``url``
    is where the title leads, "" for nowhere. ``authors`` are empty where only ``citation``, HTML, names them;
    ``others`` says that there are more ("et al."). ``abstract`` and ``body`` are HTML of blocks, "" for none;
    ``bibtex`` is the text of a BibTeX entry. ``picture`` is the path or address that the author wrote. ``fields`` are
    those of BibTeX without a place on the page (``volume``, ``pages``, ``publisher``), as text.

    Addresses are as the author wrote them: ``permalink`` is that of the entry's own page on the old site, "" where that
    had none, ``redirect_from`` those that led to it.
    """

    collection: str
    anchor: str
    place: Place
    title: str
    title_html: Markup
    url: str = ""
    authors: tuple[Person, ...] = ()
    others: bool = False
    citation: Markup = Markup()
    venue: Markup = Markup()
    date: PartialDate = PartialDate()
    kind: str = ""
    category: str = ""
    award: str = ""
    links: tuple[EntryLink, ...] = ()
    details: tuple[Detail, ...] = ()
    abstract: Markup = Markup()
    body: Markup = Markup()
    bibtex: str = ""
    picture: str = ""
    doi: str = ""
    selected: bool = False
    fields: Mapping[str, str] = {}
    permalink: str = ""
    redirect_from: tuple[str, ...] = ()
