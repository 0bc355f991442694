"""What pages declare → redirects and problems: one entry or many, a leading slash added, percent-encoding undone."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from plugins.problems import Problem
from plugins.redirects import address

PERMANENT = 301


class Place(NamedTuple):
    """Where an author declared something: file, line from 1, key."""

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
    """What this plugin must know of one page: its file, address (`/about/`, encoded), output file and front matter."""

    path: str
    url: str
    save_as: str
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
                try:
                    source = address.source(text)
                except address.AddressError as error:
                    problems.append(place.problem(f"{text!r} {error.why}", error.hint))
                else:
                    redirects.append(Redirect(source, page.url, place, address.slashed(text)))
        if (moved := moved_to(page, problems)) is not None:
            redirects.append(moved)
    return redirects, problems


def moved_to(page: Page, problems: list[Problem]) -> Redirect | None:
    """Return the redirect that ``redirect_to`` makes of the whole page; of several targets the first counts."""
    place = Place(page.path, page.lines.get("redirect_to", 0), "redirect_to")
    for text in entries(page.front_matter.get("redirect_to"), place, problems):
        try:
            target = address.target(text)
        except address.AddressError as error:
            problems.append(place.problem(f"{text!r} {error.why}", error.hint))
            return None
        return Redirect(address.decode(page.url), target, place, address.decode(page.url))
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
    """Return what YAML made of a value, in an author's words."""
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, dict):
        return "a mapping"
    return "a list inside the list" if isinstance(value, list) else "a date"
