"""The menu of a site with more than one page: which pages it names, in which order.

First match wins:

1. ``main`` of ``content/navigation.yml``, academicpages' ``_data/navigation.yml`` as it is: a list of titles and urls;
2. the pages whose front matter has ``menu``: ``true`` (the page's heading), a label, a number (the place in the order),
   or a mapping of ``title`` and ``order``; those without a place follow in the order of their files. The home page
   leads, if it does not say otherwise.

A menu of one entry is none.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from ..addresses import answering_file, with_query_of
from ..problems import InvalidValueError, Place, Problems
from ..site import Page, Redirect, StaticFile
from ..yaml_mapping import Reading

FILE = "content/navigation.yml"
_LAST = 1e9


class Entry(NamedTuple):
    """One entry: ``url`` without a leading slash for a page or file of the site, whole for any other address."""

    label: str
    url: str

    @property
    def outside(self) -> bool:
        """Whether the address is not one of this site."""
        return bool(urlsplit(self.url).scheme)


def plan_menu(
    pages: Sequence[Page],
    files: Iterable[StaticFile],
    stubs: Mapping[str, Redirect],
    navigation: Reading | None,
    home: str,
    problems: Problems,
) -> list[Entry]:
    """Return the menu's entries; ``home`` is the word for the home page.

    ``stubs`` are the files at old addresses, which an entry passes; ``navigation`` is what ``content/navigation.yml``
    holds, None where there is no such file.
    """
    if navigation is None:
        entries = from_pages(pages, home, problems)
    else:
        links = {page.save_as: page.url for page in pages}
        links |= {file.save_as: quote(file.save_as) for file in files}
        known = {name.removesuffix("index.html").rstrip("/"): url for name, url in links.items()}
        entries = from_file(navigation, known, stubs, problems)
    return entries if len(entries) > 1 else []


def menu_beside(menu: Sequence[Entry], page: Page) -> Sequence[Entry]:
    """Return the menu of a page whose headings are listed beside it: without the entries that lead to them."""
    others = [entry for entry in menu if not entry.url.startswith(f"{page.url}#")]
    return others if len(others) > 1 else []


def from_pages(pages: Sequence[Page], home: str, problems: Problems) -> list[Entry]:
    """Return the menu that the pages' own keys make."""
    chosen: list[tuple[float, str, Entry]] = []
    for page in pages:
        if page.front_matter.get("menu") in (None, False):
            continue
        with problems.collect(page.place("menu")):
            order, label = _position(page)
            chosen.append((order, page.path, Entry(label, page.url)))
    if chosen and not any(entry.url == "" for _, _, entry in chosen):
        unsaid = [page for page in pages if page.url == "" and page.front_matter.get("menu") is None]
        chosen += [(-_LAST, page.path, Entry(home, "")) for page in unsaid]
    return [entry for _, _, entry in sorted(chosen, key=lambda item: item[:2])]


def _position(page: Page) -> tuple[float, str]:
    """Return the order and the label that a page's ``menu`` gives it."""
    menu = page.front_matter["menu"]
    match menu:
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
            order, label = math.nan, ""
    if isinstance(order, float) and math.isnan(order):
        hint = "write 'menu: true', a label, a number, or a mapping of 'title' and 'order'"
        raise InvalidValueError(f"{menu!r} is not a position in a menu", hint)
    if not label.strip():
        raise InvalidValueError("has no label, and the page has no title", "write 'menu: Label'")
    return order, label.strip()


def from_file(
    navigation: Reading, known: Mapping[str, str], stubs: Mapping[str, Redirect], problems: Problems
) -> list[Entry]:
    """Return the menu of ``content/navigation.yml``.

    ``known`` maps every address of the site (decoded, without slashes at its ends) to its link. An entry that leads
    nowhere is left out, with a warning.
    """
    lines = navigation.lines
    main = navigation.values.get("main")
    if not isinstance(main, list):
        if navigation.values:
            hint = "write 'main:' and below it '- title: CV' and '  url: /cv/'"
            problems.error(Place(FILE, lines.get(("main",), 0), "main"), "is not a list of pages", hint)
        return []
    entries: list[Entry] = []
    for number, item in enumerate(main):
        line = lines.get(("main", number, "url"), lines.get(("main", number, "title"), lines.get(("main",), 0)))
        title, url = (item.get("title"), item.get("url")) if isinstance(item, Mapping) else (None, None)
        title = navigation.written.get(("main", number, "title"), title)
        if not isinstance(title, str) or not isinstance(url, str) or not url.strip():
            problems.error(Place(FILE, line, "main"), f"{item!r} has no title or no url", "write both")
        elif entry := _entry(title, url.strip(), known, stubs):
            entries.append(entry)
        else:
            message = f"'{url}' is neither a page nor a file of this site, and is left out"
            problems.warn(Place(FILE, line, "url"), message, "write the page, or remove the entry")
    return entries


def _entry(title: str, url: str, known: Mapping[str, str], stubs: Mapping[str, Redirect]) -> Entry | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme in ("http", "https", "mailto"):
        return Entry(title, url)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path).strip("/").removesuffix("index.html").rstrip("/")
    link = known.get(path)
    if link is None:
        if (stub := answering_file(f"/{path}", stubs)) is None:
            return None
        link = stubs[stub].target.removeprefix("/")
    return Entry(title, with_query_of(f"#{quote(unquote(parts.fragment))}", link))
