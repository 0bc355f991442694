"""Entries → what a template prints of them, finished."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from markupsafe import Markup, escape

from ..markup import scan, to_text
from ..pictures import Picture
from .entry import Detail, Entry, EntryLink, PartialDate, Person
from .keys import FIELDS
from .kinds import KINDS
from .own_name import OwnName
from .pictures import NO_PICTURES, Pictures

_NO_BREAK = "\N{NO-BREAK SPACE}"
_INITIAL = re.compile(r"(?<=\b[^\W\d_]\.) (?=[^\W\d_])|(?<=\b[A-Z]) (?=[A-Z][^\W\d_])")
_LOCATION = "location"  # the detail that stands beside the venue
_SHORT = 300  # characters of a text that is shown where nothing else says what an entry is
_EVIDENT = frozenset(("manuscripts", "conferences", "books"))  # academicpages' own, of which the venue says more


class Style(NamedTuple):
    """What the entries of one page share: the theme's words, whose page it is, the ``ids`` that the page has.

    ``pictures`` are those of all entries; ``bibtex`` says whether each has its BibTeX beside it; ``theme`` is equal as
    long as the templates are.
    """

    words: Mapping[str, str]
    own: OwnName
    ids: set[str]
    pictures: Pictures = NO_PICTURES
    bibtex: bool = True
    theme: object = None


class Shown(NamedTuple):
    """One entry as it is shown. ``anchor`` is "" where the page has its ``id`` already.

    ``facts`` is the line below the title: authors, venue, date, award. ``text`` is shown, ``abstract`` and ``more``
    are folded, all HTML of blocks.
    """

    anchor: str
    title: Markup
    url: str
    facts: Markup
    links: tuple[EntryLink, ...]
    text: Markup
    abstract: Markup
    more: Markup
    bibtex: str
    picture: Picture | None
    entry: Entry


def show(entry: Entry, style: Style, *, category: bool = True) -> Shown:
    """Return an entry as it is shown; ``category`` says whether it has to name its category itself."""
    written_by = bool(entry.authors or entry.citation)
    abstract, more, text = entry.abstract, entry.body, Markup()
    if not abstract and written_by:
        abstract, more = more, Markup()
    elif not written_by and 0 < len(to_text(abstract or more)) <= _SHORT:
        text, abstract, more = (abstract, Markup(), more) if abstract else (more, Markup(), Markup())
    facts = _sentences(_facts(entry, style, category=category))
    if entry.authors and entry.citation and _says_more(entry.citation, entry.title_html + facts):
        more = Markup("<p>{}</p>{}").format(entry.citation, more)
    return Shown(
        anchor="" if entry.anchor in style.ids else entry.anchor,
        title=entry.title_html,
        url=entry.url,
        facts=facts,
        links=entry.links,
        text=text,
        abstract=abstract,
        more=more,
        bibtex=entry.bibtex if style.bibtex else "",
        picture=style.pictures.get((entry.collection, entry.anchor)),
        entry=entry,
    )


def _says_more(citation: Markup, facts: Markup) -> bool:
    """Return whether a citation has a word or a number that the facts in its place have not."""
    words = partial(re.findall, r"\d+|[^\W\d_]{3,}")
    return not {*words(to_text(citation).casefold())} <= {*words(to_text(facts).casefold())}


def _facts(entry: Entry, style: Style, *, category: bool) -> Iterator[Markup]:
    """Yield what stands below the title, one sentence after another."""
    if entry.authors:
        yield Markup('<span class="p-author">{}</span>').format(names(entry, style))
    elif entry.citation:
        yield style.own.mark(tied(entry.citation))
    yield Markup(", ").join(filter(None, _where_and_when(entry, style.words)))
    if entry.award:
        yield Markup('<strong class="award">{}</strong>').format(entry.award)
    if (entry.authors or entry.citation) and entry.kind and entry.kind not in KINDS:
        yield escape(humanized(entry.kind))
    if category and entry.category and entry.category not in _EVIDENT:
        yield escape(humanized(entry.category))
    for detail in entry.details:
        if detail.key != _LOCATION:
            yield labelled(detail)


def _where_and_when(entry: Entry, words: Mapping[str, str]) -> Iterator[Markup]:
    """Yield kind, venue, pages, location and date; what a citation says already is not said again."""
    said = to_text(entry.citation) if entry.citation and not entry.authors else ""
    written_by = bool(entry.authors or entry.citation)
    if not written_by and entry.kind not in KINDS:
        yield escape(entry.kind)
    if entry.venue and (not said or to_text(entry.venue) not in said):
        venue = Markup('<i class="p-publication">{}</i>').format(entry.venue) if written_by else entry.venue
        volume, pages = _volume_and_pages(entry)
        yield Markup("{}\u00a0{}").format(venue, volume) if volume else venue
        yield escape(pages)
    yield from (detail.html for detail in entry.details if detail.key == _LOCATION)
    date = date_text(entry.date, words, year_only=written_by)
    if date and (not said or date not in said):
        yield dated(entry.date, date)


def _volume_and_pages(entry: Entry) -> tuple[str, str]:
    """Return ``3(4)`` of an article and ``1–12``, "" for what is not known or is one of the details."""
    said = {FIELDS.get(detail.key) for detail in entry.details}
    volume, number, pages = (
        "" if name in said else entry.fields.get(name, "") for name in ("volume", "number", "pages")
    )
    if entry.kind != "article":
        return "", pages
    return f"{volume}({number})" if number else volume, pages


def labelled(detail: Detail) -> Markup:
    """Return one detail with its label."""
    return Markup("{}: {}").format(detail.label, detail.html) if detail.label else detail.html


def _sentences(parts: Iterable[Markup]) -> Markup:
    """Join parts, each of which ends like a sentence."""
    found = [part.strip() for part in parts if part]
    return Markup(" ").join(part if re.search(r"[.!?。](?:</\w+>)*\Z", part) else part + "." for part in found)


def names(entry: Entry, style: Style) -> Markup:
    """Return the names of an entry's authors in one line, that of the page's author in ``<b>``."""
    index = style.own.index(entry.authors)
    parts = [name(author, is_own=number == index) for number, author in enumerate(entry.authors)]
    return Markup(", ").join([*parts, escape(style.words["others"])] if entry.others else parts)


@lru_cache(maxsize=4096)  # the same people write most of a list
def name(person: Person, *, is_own: bool = False) -> Markup:
    """Return a name whose initials stay with the family name, and its marks."""
    text = escape(_INITIAL.sub(_NO_BREAK, str(person)))
    text = Markup('<a href="{}">{}</a>').format(person.url, text) if person.url else text
    text = Markup("<b>{}</b>").format(text) if is_own else text
    return Markup("{}<sup>{}</sup>").format(text, person.marks) if person.marks else text


def tied(html: Markup) -> Markup:
    """Return a citation in which initials stay together and with the name that follows."""
    pieces = (_INITIAL.sub(_NO_BREAK, each.source) if each.kind == "text" else each.source for each in scan(str(html)))
    return Markup("".join(pieces))  # noqa: S704  (only spaces change)


def date_text(date: PartialDate, words: Mapping[str, str], *, year_only: bool = False) -> str:
    """Return a date as a reader of a language writes it, as far as it is known; ``2 March 2020``."""
    if date.text:
        return date.text
    if year_only or not date.month:
        return str(date.year) if date.year else ""
    month = words["months"].split()[date.month - 1]
    return words["day" if date.day else "month"].format(day=date.day, month=month, year=date.year)


def dated(date: PartialDate, text: str) -> Markup:
    """Return a date's text in ``<time>``, which machines read; a year alone says all that is printed."""
    if not date.year:
        return escape(text)
    if text == str(date.year):
        return Markup('<time class="dt-published">{}</time>').format(text)
    iso = "-".join([f"{date.year:04}", *(f"{part:02}" for part in (date.month, date.month and date.day) if part)])
    return Markup('<time class="dt-published" datetime="{}">{}</time>').format(iso, text)


def humanized(text: str) -> str:
    """Return the name of a category or a collection as words: ``under_review`` → ``Under review``."""
    words = " ".join(re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]+", " ", text).split())
    return words[:1].upper() + re.sub(r" [A-Z](?=[a-z])", lambda found: found[0].lower(), words[1:])


def plain(text: str) -> str:
    """Return the letters and digits of a text, in small letters: titles are compared so."""
    return "".join(filter(str.isalnum, text.casefold()))
