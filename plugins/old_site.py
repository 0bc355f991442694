"""The addresses of the site before: what an import finds of them, and the file in which a project keeps them.

The file is text, one address a line, so that a change to it can be read in a diff.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, get_args

FILE = ".old-addresses"
"""Beside the settings: what ``invoke check --old`` asks the built site for."""

Kind = Literal["page", "entry", "post", "redirect", "list", "feed", "file"]
"""What Jekyll served there; ``entry`` is an item of a collection, ``list`` what a plugin makes of posts."""

_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
_HEAD = """\
# Every address of the site that was imported: the address, what was there, and the file that it came from.
# `invoke check --old` asks the built site for each of them. Delete the lines of those that may go.
"""


class OldAddress(NamedTuple):
    """One address of the old site.

    ``address`` is percent-encoded, from the site's root; ``file`` what Jekyll writes for it, relative to ``_site``;
    ``source`` the file of the checkout that is shown there, "" where a plugin makes it from many. ``target`` is where
    Jekyll itself redirects to: an address of the site, or a whole one.
    """

    address: str
    file: str
    kind: Kind
    source: str
    target: str = ""


class Answer(NamedTuple):
    """How a site answered for one address.

    ``hops`` are the redirects on the way: their statuses, ``refresh`` for a page that redirects. ``status`` is that of
    the last answer, 0 without one; ``end`` where it ends: from the site's root, or a whole address elsewhere, which was
    not asked. ``fault`` says why visitors do not find there what they want, "" if they do.
    """

    address: str
    hops: tuple[str, ...]
    status: int
    end: str
    fault: str = ""


def written(addresses: Iterable[OldAddress]) -> str:
    """Return the text of the file."""
    lines = sorted(
        {f"{each.address} {each.kind} {each.source * each.source.isprintable()}".strip() for each in addresses}
    )
    return _HEAD + "".join(f"{line}\n" for line in lines)


def read(text: str) -> Iterator[tuple[int, OldAddress]]:
    """Yield the addresses in the text of the file, each with its line; a line that is none is skipped."""
    for number, line in enumerate(text.split("\n"), 1):
        address, _, rest = line.partition(" ")
        kind, _, source = rest.partition(" ")
        if address.startswith("/"):
            yield number, OldAddress(address, "", _KINDS.get(kind, "page"), source)
