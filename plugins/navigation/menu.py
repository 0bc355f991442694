"""Which pages a site's menu names, in which order.

First match wins:

1. ``main`` of ``content/navigation.yml``, academicpages' ``_data/navigation.yml`` as it is: a list of titles and urls;
2. the pages whose front matter has ``menu``: ``true`` (the page's heading), a label, a number (the place in the order),
   or a mapping of ``title`` and ``order``; those without a place follow in the order of their files. The home page
   leads, if it does not say otherwise.

A menu of one entry is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from ..problems import Problem

FILE = "content/navigation.yml"
_LAST = 1e9


@dataclass(frozen=True, slots=True)
class Page:
    """What the menu needs of a page: ``url`` as it is linked, without a leading slash; ``menu`` as it is written."""

    path: str
    url: str
    heading: str
    menu: object = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``url`` without a leading slash for a page or file of the site, whole for any other address."""

    label: str
    url: str

    @property
    def outside(self) -> bool:
        """Whether the address is not one of this site."""
        return bool(urlsplit(self.url).scheme)


def from_pages(pages: Sequence[Page], home: str) -> tuple[list[Entry], list[Problem]]:
    """Return the menu that the pages' own keys make; ``home`` is the word for the home page."""
    chosen: list[tuple[float, str, Entry]] = []
    problems: list[Problem] = []
    for page in pages:
        if page.menu is None or page.menu is False:
            continue
        place = _place(page)
        if isinstance(place, Problem):
            problems.append(place)
        else:
            chosen.append((place[0], page.path, Entry(place[1], page.url)))
    if chosen and not any(entry.url == "" for _, _, entry in chosen):
        chosen += [(-_LAST, page.path, Entry(home, "")) for page in pages if page.url == "" and page.menu is None]
    entries = [entry for _, _, entry in sorted(chosen, key=lambda item: item[:2])]
    return (entries if len(entries) > 1 else []), problems


def _place(page: Page) -> tuple[float, str] | Problem:
    """Return the order and the label that a page's ``menu`` gives it."""
    match page.menu:
        case True:
            order, label = _LAST, page.heading
        case str() as label:
            order = _LAST
        case int() | float() as order:
            label = page.heading
        case {"title": str() as label, "order": int() | float() as order}:
            pass
        case {"title": str() as label, **rest} if not rest:
            order = _LAST
        case {"order": int() | float() as order, **rest} if not rest:
            label = page.heading
        case _:
            hint = "write 'menu: true', a label, a number, or a mapping of 'title' and 'order'"
            return Problem(page.path, page.line, "menu", f"{page.menu!r} is no place in a menu", hint)
    if not label.strip():
        return Problem(page.path, page.line, "menu", "has no label, and the page has no title", "write 'menu: Label'")
    return float(order), label.strip()


def from_file(
    values: Mapping[str, Any], lines: Mapping[tuple[str | int, ...], int], known: Mapping[str, str]
) -> tuple[list[Entry], list[Problem]]:
    """Return the menu of ``content/navigation.yml``.

    ``values`` and ``lines`` are what the file holds; ``known`` maps every address of the site (decoded, without slashes
    at its ends) to its link. An entry that leads nowhere is left out, with a warning.
    """
    main = values.get("main")
    if not isinstance(main, list):
        hint = "write 'main:' and below it '- title: CV' and '  url: /cv/'"
        return [], [Problem(FILE, lines.get(("main",), 0), "main", "is no list of pages", hint)] if values else []
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, item in enumerate(main):
        line = lines.get(("main", number, "url"), lines.get(("main", number, "title"), lines.get(("main",), 0)))
        title, url = (item.get("title"), item.get("url")) if isinstance(item, Mapping) else (None, None)
        if not isinstance(title, str | int | float) or not isinstance(url, str) or not url.strip():
            problems.append(Problem(FILE, line, "main", f"{item!r} has no title or no url", "write both"))
            continue
        entry = _entry(str(title), url.strip(), known)
        if entry:
            entries.append(entry)
        else:
            message = f"'{url}' is no page and no file of this site, and is left out"
            problems.append(Problem(FILE, line, "url", message, "write the page, or take the entry out", warning=True))
    return (entries if len(entries) > 1 else []), problems


def _entry(title: str, url: str, known: Mapping[str, str]) -> Entry | None:
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "mailto"):
        return Entry(title, url)
    if parts.scheme or parts.netloc:
        return None
    link = known.get(unquote(parts.path).strip("/").removesuffix("index.html").rstrip("/"))
    if link is None:
        return None
    return Entry(title, link + (f"#{quote(unquote(parts.fragment))}" if parts.fragment else ""))
