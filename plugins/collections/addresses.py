"""The addresses that entries and their lists had on the old site → redirects to where the page shows them."""

from collections.abc import Iterable, Mapping

from ..problems import Problems
from ..site import Redirect
from .entry import Entry


def old_addresses(entries: Iterable[Entry], sections: Mapping[str, str], problems: Problems) -> list[Redirect]:
    """Return the redirects of entries; ``sections`` has the address of each collection's section: ``/#publications``.

    That of an entry is its section's page with the entry's anchor.
    """
    return [
        Redirect(
            entry.permalink,
            f"{sections[entry.collection].partition('#')[0]}#{entry.anchor}",
            entry.place,
            entry.permalink,
        )
        for entry in entries
        if entry.permalink and entry.collection in sections
    ]
