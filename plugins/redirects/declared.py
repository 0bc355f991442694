"""What pages and tables declare → redirects and problems: one entry or many, percent-encoding undone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..problems import Problem
from . import address

PERMANENT = 301
STATUSES = (PERMANENT, 302, 307, 308)


class Place(NamedTuple):
    """Where an author declared something: file, line from 1 (0: no line), key."""

    path: str
    line: int
    key: str

    def __str__(self) -> str:
        """Return ``path:line``."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def problem(self, message: str, hint: str = "", *, warning: bool = False) -> Problem:
        """Return a problem of this place."""
        return Problem(self.path, self.line, self.key, message, hint, warning)


class Redirect(NamedTuple):
    """One old address and where it leads.

    ``written`` is the source as the author wrote it, with a leading slash; ``source`` the same decoded; ``target``
    percent-encoded: `/path?query#fragment` on this site, or a full URL; ``status`` 301, 302, 307 or 308.
    """

    source: str
    target: str
    place: Place
    written: str
    status: int = PERMANENT


class Page(NamedTuple):
    """What this plugin must know of one page: its file, address (`/about/`, encoded), front matter, the keys' lines."""

    path: str
    url: str
    front_matter: Mapping[str, Any]
    lines: Mapping[str, int]


def declared(pages: Iterable[Page]) -> tuple[list[Redirect], list[Problem]]:
    """Return all that the pages' ``redirect_from`` and ``redirect_to`` declare, and what of it cannot be read."""
    redirects: list[Redirect] = []
    problems: list[Problem] = []
    for page in pages:
        if "redirect_from" in page.front_matter:
            place = Place(page.path, page.lines.get("redirect_from", 0), "redirect_from")
            for text in entries(page.front_matter["redirect_from"], place, problems):
                source = understood(address.source, text, place, problems)
                if source is not None:
                    redirects.append(Redirect(source, page.url, place, address.slashed(text)))
        if "redirect_to" in page.front_matter:
            place = Place(page.path, page.lines.get("redirect_to", 0), "redirect_to")
            for text in entries(page.front_matter["redirect_to"], place, problems):
                target = understood(address.target, text, place, problems)
                if target is not None:
                    source = address.decode(page.url)
                    redirects.append(Redirect(source, target, place, source))
                break  # of several targets the first counts, as in Jekyll
    return redirects, problems


def tabled(table: Any, place: Callable[[str], Place]) -> tuple[list[Redirect], list[Problem]]:
    """Return what a table of sources declares, for addresses that belong to no page.

    Each source leads to a target, or to a mapping of ``target`` and ``status`` (301, 302, 307 or 308). ``place`` gives
    the place of a source in its table; of "" that of the table itself.
    """
    if not isinstance(table, Mapping):
        return [], [place("").problem(f"{table!r} is {kind(table)}, not a table", "write {'/old/': '/new/'}")]
    redirects: list[Redirect] = []
    problems: list[Problem] = []
    for text, value in table.items():
        here = place(text)
        details = value if isinstance(value, Mapping) else {"target": value}
        target, status = details.get("target"), details.get("status", PERMANENT)
        unknown = [key for key in details if key not in ("target", "status")]
        if unknown:
            problems.append(here.problem(f"{unknown[0]!r} is no part of a redirect", "write 'target' and 'status'"))
        elif type(status) is not int or status not in STATUSES:
            problems.append(here.problem(f"{status!r} is no status of a redirect", "write 301, 302, 307 or 308"))
        elif not isinstance(target, str) or not target.strip():
            problems.append(here.problem(f"{target!r} is no target", "write a path such as '/new/' or a full URL"))
        elif not isinstance(text, str) or not text.strip():
            problems.append(here.problem(f"{text!r} is no path", "write a path such as '/old/'"))
        else:
            source = understood(address.source, text, here, problems)
            url = understood(address.target, target, here, problems)
            if source is not None and url is not None:
                redirects.append(Redirect(source, url, here, address.slashed(text), status))
    return redirects, problems


def understood(read: Callable[[str], str], text: str, place: Place, problems: list[Problem]) -> str | None:
    """Return what ``read`` makes of a text; None, and a problem of this place, if it is no address."""
    try:
        return read(text)
    except address.AddressError as error:
        problems.append(place.problem(f"{text!r} {error.why}", error.hint))
        return None


def entries(value: Any, place: Place, problems: list[Problem]) -> Iterator[str]:
    """Yield the texts of a key that takes one text, a list of texts, or nothing.

    Empty entries are left out, as Jekyll does. A date, number or truth value that YAML made of a bare `2020` is a
    problem, and so is anything nested: the author meant a text, and only the author knows which.
    """
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, str):
            if entry and not entry.isspace():
                yield entry
        elif entry is not None:
            problems.append(place.problem(f"{entry!r} is {kind(entry)}, not a path", "write a path such as '/old/'"))


def kind(value: Any) -> str:
    """Return what YAML or Python made of a value, in an author's words."""
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return "a text" if isinstance(value, str) else "nothing" if value is None else "a date"
