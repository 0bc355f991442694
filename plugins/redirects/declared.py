"""What pages and tables declare → redirects: one entry or many, normalised."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from ..addresses import decode, slashed
from ..problems import InvalidValueError, Place, Problems
from ..site import PERMANENT, Page, Redirect
from ..yaml_mapping import Reading, Value
from .parse import SOURCE_HINT, encode_target, parse_source, parse_source_query, parse_target

T = TypeVar("T")
STATUSES = (PERMANENT, 302, 307, 308)
KEYS = ("redirect_from", "redirect_to")
_KINDS: dict[type, str] = {
    **dict.fromkeys((int, float), "a number"),
    **dict.fromkeys((list, tuple), "a list"),
    type(None): "empty",
    bool: "a Boolean",
    str: "a text",
    dict: "a mapping",
}


class Declaration(NamedTuple):
    """One key of a page's front matter, not yet parsed: ``place.key`` names it, ``page`` is the page's decoded path."""

    place: Place
    value: Value
    page: str


def declarations(pages: Iterable[Page]) -> list[Declaration]:
    """Return what the pages declare, sorted by path. A draft's old addresses stay as they are until it is published.

    Small and comparable: if it is equal to that of an earlier build, so are the redirects that ``declare`` returns.
    """
    return [
        Declaration(page.place(key), page.front_matter[key], slashed(decode(page.url)))
        for page in sorted(pages, key=lambda page: page.path)
        if page.status != "draft"
        for key in KEYS
        if key in page.front_matter
    ]


def declare(found: Iterable[Declaration], problems: Problems) -> list[Redirect]:
    """Return the redirects that ``redirect_from`` and ``redirect_to`` mean."""
    redirects: list[Redirect] = []
    for place, value, page in found:
        url = encode_target(page)
        for text in texts(value, place, problems):
            if place.key == "redirect_from":
                source = parsed(parse_source, text, place, problems)
                if source is not None:
                    redirects.append(Redirect(source, url, place, slashed(text)))
                continue
            target = parsed(parse_target, text, place, problems)
            if target is not None:
                redirects.append(Redirect(page, target, place, page))
            break  # of several targets the first counts, as in Jekyll
    return redirects


def moved_pages(redirects: Iterable[Redirect]) -> frozenset[str]:
    """Return the paths of the pages with ``redirect_to``: a stub takes the file of each, so that none is printed."""
    return frozenset(redirect.place.path for redirect in redirects if redirect.place.key == "redirect_to")


def declare_file(reading: Reading | None, path: str, problems: Problems) -> list[Redirect]:
    """Return the redirects of a YAML file, for addresses that belong to no page: `/old/: /new/`; None is no file."""
    if reading is None:
        return []
    return declare_table(
        reading.values, lambda source: Place(path, reading.lines.get((source,), 0), source or "''"), problems
    )


def declare_setting(table: object, file: str, problems: Problems) -> list[Redirect]:
    """Return the redirects of the setting ``REDIRECTS``, which stands in ``file``."""
    return declare_table(
        table, lambda source: Place(file, 0, f"REDIRECTS[{source!r}]" if source else "REDIRECTS"), problems
    )


def declare_table(table: object, place_of: Callable[[str], Place], problems: Problems) -> list[Redirect]:
    """Return the redirects of a table of sources.

    A source is a path, with the whole query of the requests that are meant or without. It leads to a target, or to a
    mapping of ``target`` and ``status`` (301, 302, 307 or 308). ``place_of`` returns the place of a source in its
    table; of "" that of the table itself.
    """
    if not isinstance(table, Mapping):
        problems.error(place_of(""), f"{table!r} is {kind(table)}, not a table", "write {'/old/': '/new/'}")
        return []
    redirects: list[Redirect] = []
    for text, value in table.items():
        if not isinstance(text, str) or not text.strip():
            problems.error(place_of(str(text)), f"{text!r} is not a path", SOURCE_HINT)
            continue
        place = place_of(text)
        details = value if isinstance(value, Mapping) else {"target": value}
        target, status = details.get("target"), details.get("status", PERMANENT)
        unknown = [key for key in details if key not in ("target", "status")]
        if unknown:
            problems.error(place, f"{unknown[0]!r} is not a part of a redirect", "write 'target' and 'status'")
        elif type(status) is not int or status not in STATUSES:
            problems.error(place, f"{status!r} is not a status of a redirect", "write 301, 302, 307 or 308")
        elif not isinstance(target, str) or not target.strip():
            problems.error(place, f"{target!r} is not a target", "write a path such as '/new/' or a full URL")
        else:
            source = parsed(parse_source_query if "?" in text else parse_path, text, place, problems)
            url = parsed(parse_target, target, place, problems)
            if source is not None and url is not None:
                path, query = source
                redirects.append(Redirect(path, url, place, slashed(text), status, query))
    return redirects


def parse_path(text: str) -> tuple[str, str]:
    """Return the decoded path of a source and no query."""
    return parse_source(text), ""


def parsed(parse: Callable[[str], T], text: str, place: Place, problems: Problems) -> T | None:
    """Return what ``parse`` makes of a text; report what it raises, and return None.

    Not by ``problems.collect``, which would take longer than the parsing; 100,000 texts are parsed in one build.
    """
    try:
        return parse(text)
    except InvalidValueError as error:
        problems.error(place, f"{text!r} {error.message}", error.hint)
        return None


def texts(value: Value, place: Place, problems: Problems) -> Iterator[str]:
    """Yield the texts of a key that takes one text, a list of texts, or nothing.

    Empty entries are left out, as Jekyll does. A date, number or Boolean that YAML made of an unquoted `2020` is a
    problem, and so is anything nested: the author meant a text, and only the author knows which.
    """
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, str):
            if entry and not entry.isspace():
                yield entry
        elif entry is not None:
            problems.error(place, f"{entry!r} is {kind(entry)}, not a path", SOURCE_HINT)


def kind(value: object) -> str:
    """Return the type of a value in an author's words."""
    return _KINDS.get(type(value), "a date")
