"""One redirect table → what each host is told of it: the forms of an address, its encodings, and what a host can hold.

Sources are kept decoded, targets percent-encoded; each writer in this package encodes them its host's way. What the
hosts make of each character was measured on the hosts' own servers and emulators; tests/hosts measures it again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..addresses import encode, is_html

UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"  # RFC 3986


class Rule(NamedTuple):
    """One redirect as a host is told of it.

    ``source`` is a decoded path, ``target`` a percent-encoded path with query and fragment, or a full URL. Both hold
    the path below which the site lives: hosts see what visitors ask for.
    """

    source: str
    target: str
    status: int

    @property
    def has_query(self) -> bool:
        """Tell whether the target has a query of its own; if not, the visitor's is passed on."""
        return "?" in self.target.partition("#")[0]


def forms(source: str) -> tuple[str, ...]:
    """Return an address with and without its slash at the end, as hosts need it that tell them apart.

    A page's file has one form; so has the root.
    """
    if source == "/" or is_html(source):
        return (source,)
    stem = source.rstrip("/")
    return (stem, f"{stem}/")


def distinct(rules: Iterable[Rule], key: Callable[[str], Sequence[str]]) -> Iterator[tuple[str, Rule]]:
    """Yield each (address, rule) once, for the addresses that ``key`` makes of a source; the first rule counts.

    Two sources of a plan whose addresses meet have the same target.
    """
    seen: set[str] = set()
    for rule in rules:
        for address in key(rule.source):
            if address not in seen:
                seen.add(address)
                yield address, rule


def split_fragment(target: str) -> tuple[str, str]:
    """Return a target and its ``#fragment``, "" where it has none."""
    before, mark, fragment = target.partition("#")
    return before, mark + fragment


def spellings(path: str) -> tuple[str, ...]:
    """Return a path percent-encoded, and first as browsers write it where that differs: they leave `[`, `]` and `|`.

    Some hosts compare what is asked for with what the rule says, letter by letter.
    """
    by_rule = encode(path)
    by_browser = by_rule.replace("%5B", "[").replace("%5D", "]").replace("%7C", "|")
    return (by_rule,) if by_rule == by_browser else (by_browser, by_rule)


def regexp(path: str) -> str:
    """Return a regular expression for a decoded path, in PCRE and RE2 alike.

    What is not a plain character is written as `\\xHH`: no quoting rule of any configuration file has a say in that.
    """
    return "".join(c if c in UNRESERVED_BUT_DOT or ord(c) > 127 else f"\\x{ord(c):02X}" for c in path)


UNRESERVED_BUT_DOT = f"{UNRESERVED.replace('.', '')}/ "


def optional_slash(source: str) -> str:
    """Return a regular expression, without anchors, for both forms of a decoded path."""
    both = forms(source)
    return f"{regexp(both[0])}/?" if len(both) == 2 else regexp(both[0])


def one_form(source: str) -> tuple[str, ...]:
    """Return the form of an address without its slash at the end, for hosts whose rules match both."""
    return forms(source)[:1]
