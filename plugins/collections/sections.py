"""The setting ``SECTIONS`` and the entries → sections; a section → what a template prints of it, finished."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import NamedTuple

from ..problems import InvalidValueError, Place, Problems
from ..settings import FILE
from .articles import ARTICLES
from .entry import Entry, PartialDate
from .shown import Shown, Style, humanized, show

FOLDED = 40  # entries; of a longer section the older years are folded
WITH_BIBTEX = 30  # entries; in a longer section it would take the page over its first round trip: the file has it
OPEN = 10  # entries that stay open there at least
GROUPS = ("year", "category", "none")
CATEGORIES = ("manuscripts", "conferences", "books")  # academicpages' own, in its order
_HINT = 'write ["publications", "talks"] or {"publications": "Papers"}'


class Section(NamedTuple):
    """One section: the ``name`` of its collection, its title, "" for the theme's word, and its entries.

    ``group`` is one of `GROUPS`; ``categories`` are the titles of categories that the owner gave, in their order. A
    section that is not ``listed`` is shown only where a page places it. ``files`` are the names of the files about
    its entries.
    """

    name: str
    title: str = ""
    group: str = "year"
    categories: Mapping[str, str] = {}
    listed: bool = True
    entries: Sequence[Entry] = ()
    files: Sequence[str] = ()


class Heading(NamedTuple):
    """A section's heading. ``title`` is "" for one that the page has already, ``id`` for the title of the page."""

    level: int
    id: str
    title: str


class Group(NamedTuple):
    """Entries under one heading, "" for none; a year's stands in the margin."""

    title: str
    entries: Sequence[Shown]

    @property
    def is_year(self) -> bool:
        """Whether the heading is the number of a year."""
        return self.title.isdigit()


class View(NamedTuple):
    """One section as a template prints it, finished; entries that stand alone have no ``heading``.

    ``folded`` follow ``groups`` in a part that is closed at first, called ``summary``. ``files`` are the names
    of the files about the entries.
    """

    words: Mapping[str, str]
    heading: Heading | None
    groups: Sequence[Group]
    folded: Sequence[Group] = ()
    summary: str = ""
    files: Sequence[str] = ()


def read_sections(wanted: object, collections: Sequence[str], problems: Problems) -> list[Section]:
    """Return a section for each collection, still empty: first those that ``SECTIONS`` lists, by default all.

    That of the articles is only listed where it is named.

    It is a list of names, or a mapping of names to titles or to what a section has beside its title:
    ``{"publications": {"title": "Papers", "group": "category"}}``. ``group`` may be a mapping too: the categories in
    their order, each with its title.
    """
    place = Place(FILE, 0, "SECTIONS")
    if isinstance(wanted, str) or not isinstance(wanted, list | tuple | dict):
        problems.error(place, f"{wanted!r} is not a list of sections", _HINT)
        wanted = ()
    collections = (*collections, ARTICLES)
    found: dict[str, Section] = {}
    for name in wanted:
        value = wanted[name] if isinstance(wanted, dict) else ""
        if name not in collections:
            near = get_close_matches(str(name), collections, n=1)
            hint = f"write {near[0]!r}" if near else f"write some of {', '.join(collections)}, or add it to COLLECTIONS"
            problems.error(place, f"{name!r} is not one of the COLLECTIONS", hint)
        elif name in found:
            problems.error(place, f"{name!r} is there twice", "write it once")
        else:
            with problems.collect(place, value):
                found[name] = _section(name, value)
    left = [name for name in collections if name not in found]
    return [*found.values(), *(Section(name, listed=not wanted and name != ARTICLES) for name in left)]


def _section(name: str, written: object) -> Section:
    """Return what ``SECTIONS`` says of one section."""
    if isinstance(written, str):
        return Section(name, written)
    if not isinstance(written, dict) or not set(written) <= {"title", "group"}:
        raise InvalidValueError("is neither a title nor a mapping", 'write {"title": "Papers", "group": "category"}')
    title, group = written.get("title", ""), written.get("group", "year")
    if not isinstance(title, str):
        raise InvalidValueError("has a title that is not a text", 'write {"title": "Papers"}')
    if isinstance(group, dict) and all(isinstance(part, str) for pair in group.items() for part in pair):
        return Section(name, title, "category", group)
    if group not in GROUPS:
        raise InvalidValueError(f"has the group {group!r}", f"write one of {', '.join(GROUPS)}")
    return Section(name, title, group)


def plan_sections(
    entries: Sequence[Entry], wanted: Sequence[Section], files: Mapping[str, Sequence[str]]
) -> list[Section]:
    """Return those of the sections that have entries, with these; ``files`` are those about each collection."""
    of: dict[str, list[Entry]] = {}
    for entry in entries:
        of.setdefault(entry.collection, []).append(entry)
    return [
        section._replace(entries=newest_first(of[section.name]), files=files.get(section.name, ()))
        for section in wanted
        if section.name in of
    ]


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries with the forthcoming ones first, then by date, then those without one.

    Those of one day follow the names of their files backwards, as in Jekyll, and the order within a file.
    """
    by_file = sorted(entries, key=lambda entry: entry.place.path, reverse=True)
    return sorted(by_file, key=lambda entry: (is_forthcoming(entry.date), *entry.date[:3]), reverse=True)


def is_forthcoming(date: PartialDate) -> bool:
    """Return whether a date says that it is still to come: "in press"."""
    return bool(date.text) and not date.year


def section_title(section: Section, words: Mapping[str, str]) -> str:
    """Return a section's title: 1. the owner's, 2. the theme's word, 3. the name of the collection."""
    return section.title or words.get(section.name) or humanized(section.name)


def open_entries(section: Section) -> Sequence[Entry]:
    """Return the entries that are not folded: of a long section the selected ones, else the newest years."""
    entries = section.entries
    if section.group != "year" or len(entries) <= FOLDED:
        return entries
    if selected := [entry for entry in entries if entry.selected]:
        return selected
    year = entries[OPEN - 1].date.year
    return [entry for number, entry in enumerate(entries) if number < OPEN or entry.date.year == year]


def make_view(section: Section, style: Style, heading: Heading) -> View:
    """Return what a template prints of a section."""
    words, shown = style.words, open_entries(section)
    style = _of_length(style, len(section.entries))
    folded: list[Group] = []
    if section.group == "category":
        groups = _by_category(section, style)
    elif section.group == "none":
        groups = [_group("", shown, style)]
    elif len(shown) == len(section.entries):
        groups = _by_year(shown, style)
    else:
        groups = [_group(words["selected"], shown, style)] if shown[0].selected else _by_year(shown, style)
        places = {entry.anchor for entry in shown}
        folded = _by_year([entry for entry in section.entries if entry.anchor not in places], style)
    return View(words, heading, groups, folded, _summary(folded, words) if folded else "", section.files)


def loose_view(entries: Sequence[Entry], style: Style) -> View:
    """Return what a template prints of entries that stand alone, in their order."""
    return View(style.words, None, [_group("", entries, _of_length(style, len(entries)))])


def _of_length(style: Style, count: int) -> Style:
    return style._replace(bibtex=count <= WITH_BIBTEX)


def _group(title: str, entries: Sequence[Entry], style: Style, *, category: bool = True) -> Group:
    return Group(title, [show(entry, style, category=category) for entry in entries])


def _by_year(entries: Sequence[Entry], style: Style) -> list[Group]:
    """Return entries, the newest first, by year; without a heading where none has a date."""
    words = style.words

    def title(entry: Entry) -> str:
        return str(entry.date.year or "") or words["forthcoming" if entry.date.text else "undated"]

    if not any(entry.date.year for entry in entries):
        return [_group("", entries, style)]
    return [_group(year, list(listed), style) for year, listed in groupby(entries, title)]


def _by_category(section: Section, style: Style) -> list[Group]:
    """Return entries by category: those that the owner names, then academicpages' own, then others, as they come."""
    found: dict[str, list[Entry]] = {name: [] for name in (*section.categories, *CATEGORIES)}
    for entry in sorted(section.entries, key=lambda entry: not entry.category):
        found.setdefault(entry.category, []).append(entry)
    words = style.words

    def title(name: str) -> str:
        return section.categories.get(name) or words.get(name) or humanized(name) or words["other"]

    return [_group(title(name), entries, style, category=False) for name, entries in found.items() if entries]


def _summary(groups: Sequence[Group], words: Mapping[str, str]) -> str:
    """Return what folded years are called: ``More: 1998–2021 (50)``."""
    years = [group.title for group in groups if group.is_year]
    span = "–".join(dict.fromkeys(years[-1:] + years[:1]))
    return f"{words['more']}: {span} ({sum(len(group.entries) for group in groups)})"
