"""What every kind of destination offers, the error that each raises, and what publishing adds, changes and deletes."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

MOST_LINES = 40  # of each kind; the rest is counted
MOST_NAMES = 5  # of the files that stay
PAGES = (".html", ".xml", ".txt")  # what refers to other files


class File(NamedTuple):
    """One published file: a digest of its bytes, of the kind that the destination uses, and its size in bytes."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Paths and sizes, sorted by path: of added and changed files the new size, of deleted ones the old.

    ``kept`` are the live files that no publication of ours wrote, and that stay. ``warnings`` are lines about them.
    """

    added: tuple[tuple[str, int], ...] = ()
    changed: tuple[tuple[str, int], ...] = ()
    deleted: tuple[tuple[str, int], ...] = ()
    kept: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is anything to publish."""
        return bool(self.added or self.changed or self.deleted)

    def __str__(self) -> str:
        """Return a line for each file, marked ``+``, ``~`` or ``-``, and a line with totals."""
        lines: list[str] = []
        for mark, files in (("+", self.added), ("~", self.changed), ("-", self.deleted)):
            lines += [f"  {mark} {path} ({size:,} bytes)" for path, size in files[:MOST_LINES]]
            if len(files) > MOST_LINES:
                lines.append(f"  {mark} and {len(files) - MOST_LINES:,} more")
        if self.kept:
            names = ", ".join(self.kept[:MOST_NAMES])
            more = f" and {len(self.kept) - MOST_NAMES:,} more" if len(self.kept) > MOST_NAMES else ""
            lines.append(f"  kept, since no publication of this site wrote it: {names}{more}")
        sent = sum(size for _, size in self.added + self.changed)
        counts = ((self.added, "added"), (self.changed, "changed"), (self.deleted, "deleted"))
        lines.append(f"  {', '.join(f'{len(files):,} {what}' for files, what in counts)}; {sent:,} bytes to send")
        return "\n".join([*lines, *(f"  warning: {warning}" for warning in self.warnings)])


def difference(live: Mapping[str, File], new: Mapping[str, File], kept: tuple[str, ...] = ()) -> Difference:
    """Compare the live files with the new ones, by digest; those in ``kept`` are not deleted."""
    return Difference(
        added=tuple((path, new[path].size) for path in sorted(new.keys() - live.keys())),
        changed=tuple(
            (path, new[path].size) for path in sorted(new.keys() & live.keys()) if new[path].digest != live[path].digest
        ),
        deleted=tuple((path, live[path].size) for path in sorted(live.keys() - new.keys() - set(kept))),
        kept=kept,
    )


def upload_order(paths: Iterable[str]) -> list[str]:
    """Return paths in the order in which a destination that cannot change in one step gets them: pages last.

    So no page links to a style sheet, an image or a paper that is not there yet; the home page is the very last. What
    is deleted goes in the opposite order.
    """
    return sorted(paths, key=lambda path: (path.endswith(PAGES), path == "index.html", path))


class PublishError(Exception):
    """Publishing failed; the message says what went wrong, what state that leaves, and the way out."""


class Destination(ABC):
    """Where a site is published: ``place`` in words. Every method may raise ``PublishError``.

    Files at the destination that no publication of ours wrote stay there, unless the site has a file of the same path.
    """

    place = ""
    no_previous = "there is no previous deployment; the site is unchanged"

    @abstractmethod
    def compare(self) -> Difference | None:
        """Return what publishing would change, without changing it; None where only the host knows."""

    @abstractmethod
    def send(self) -> str:
        """Publish, and return in a few words what was done. Where it can, it does so in one step."""

    def verify(self) -> str:
        """Compare what is live with what was sent, and return in a few words how; a difference is an error."""
        if left := self.compare():
            raise PublishError(f"{self.place} differs from what was sent; publish again:\n{left}")
        return f"{self.place} holds exactly this site"

    def compare_previous(self) -> Difference:
        """Return what `roll_back` would change, without changing it; an error where there is nothing to restore."""
        raise PublishError(self.no_previous)

    def roll_back(self) -> str:
        """Restore the previous deployment, and return in a few words what was done."""
        raise PublishError(self.no_previous)
