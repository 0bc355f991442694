"""Redirects as rules of a host: the forms of an address, its spellings, and which redirects a host gets.

Sources are kept decoded, targets percent-encoded; each writer in this package encodes them as its host needs it. What
the hosts make of each character was measured on their own servers and emulators; tests/hosts measures it again.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from ..addresses import encode, is_html


class Rule(NamedTuple):
    """One redirect as a host sees it.

    ``source`` is a decoded path, ``target`` a percent-encoded path with query and fragment, or a full URL. Both hold
    the path below which the site lives, as requests do. ``query`` is the whole query of the requests that are meant,
    in letters, digits and `_ . ~ - = & + %`; "" for any.
    """

    source: str
    target: str
    status: int
    query: str = ""


Entry: TypeAlias = str | Rule | Mapping[str, str | int | list[dict[str, str]]]
"""One redirect in a host's file: a line, a JSON object, or a rule that the writer of the whole file formats."""

Entries: TypeAlias = Sequence[tuple[str, Entry]]
"""The entries for one redirect, each with the address that it matches."""


class Selection(NamedTuple):
    """The redirects that one host gets: the entries of its file, and the rules behind them.

    ``limit`` is the limit of the host that was reached, as a warning names it; ``first_left`` the source of the first
    redirect that it kept out.
    """

    entries: tuple[Entry, ...] = ()
    rules: tuple[Rule, ...] = ()
    limit: str = ""
    first_left: str = ""


def forms(source: str) -> tuple[str, ...]:
    """Return an address with and without its slash at the end, for hosts that distinguish them.

    The file of a page has one form; so has the root.
    """
    if source == "/" or is_html(source):
        return (source,)
    stem = source.rstrip("/")
    return (stem, f"{stem}/")


def one_form(source: str) -> tuple[str, ...]:
    """Return the form of an address without its slash at the end, for hosts whose rules match both."""
    return forms(source)[:1]


def distinct(rules: Iterable[Rule], addresses_of: Callable[[str], Sequence[str]]) -> Iterator[tuple[str, Rule]]:
    """Yield each (address, rule) once, for the addresses that ``addresses_of`` makes of a source.

    The first rule counts; two sources of a plan whose addresses meet have the same target.
    """
    seen: set[tuple[str, str]] = set()
    for rule in rules:
        for address in addresses_of(rule.source):
            if (address, rule.query) not in seen:
                seen.add((address, rule.query))
                yield address, rule


def by_status(rules: Sequence[Rule], addresses_of: Callable[[str], Sequence[str]]) -> dict[int, list[tuple[str, Rule]]]:
    """Return the same for each status, for files that list the redirects of each by themselves."""
    statuses = sorted({rule.status for rule in rules})
    return {status: list(distinct((r for r in rules if r.status == status), addresses_of)) for status in statuses}


def split_fragment(target: str) -> tuple[str, str]:
    """Return a target and its ``#fragment``, "" where it has none."""
    before, mark, fragment = target.partition("#")
    return before, mark + fragment


def spellings(path: str) -> tuple[str, ...]:
    """Return a path percent-encoded, and first as browsers write it where that differs: they leave `[`, `]` and `|`.

    Some hosts compare the request with the rule letter by letter.
    """
    encoded = encode(path)
    by_browser = encoded.replace("%5B", "[").replace("%5D", "]").replace("%7C", "|")
    return (encoded,) if encoded == by_browser else (by_browser, encoded)


def regexp(path: str) -> str:
    """Return a regular expression for a decoded path, in PCRE and RE2 alike.

    Any special character is written as `\\xHH`, which no quoting rule of a configuration file changes.
    """
    return re.sub(r"(?![\w/ ~-])[\x00-\x7f]", lambda character: f"\\x{ord(character[0]):02X}", path)


def optional_slash(source: str) -> str:
    """Return a regular expression, without anchors, for both forms of a decoded path."""
    both = forms(source)
    return f"{regexp(both[0])}/?" if len(both) == 2 else regexp(both[0])
