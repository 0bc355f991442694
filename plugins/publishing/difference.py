"""What lies at a place and what shall lie there → what a publication adds, changes and deletes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

MOST_LINES = 40  # of each sort; the rest is counted


class File(NamedTuple):
    """One published file: a digest of its bytes, of whatever kind the place has, and its size in bytes."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Paths and sizes, sorted by path: of added and changed files the new size, of deleted ones the old."""

    added: tuple[tuple[str, int], ...] = ()
    changed: tuple[tuple[str, int], ...] = ()
    deleted: tuple[tuple[str, int], ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to publish."""
        return bool(self.added or self.changed or self.deleted)

    def __str__(self) -> str:
        """Return a line for each file, marked ``+``, ``~`` or ``-``, and a line that counts them."""
        lines: list[str] = []
        for mark, files in (("+", self.added), ("~", self.changed), ("-", self.deleted)):
            lines += [f"  {mark} {path} ({size:,} bytes)" for path, size in files[:MOST_LINES]]
            if len(files) > MOST_LINES:
                lines.append(f"  {mark} and {len(files) - MOST_LINES:,} more")
        sent = sum(size for _, size in self.added + self.changed)
        counts = ((self.added, "added"), (self.changed, "changed"), (self.deleted, "deleted"))
        lines.append(f"  {', '.join(f'{len(files):,} {what}' for files, what in counts)}; {sent:,} bytes to send")
        return "\n".join(lines)


def difference(live: Mapping[str, File], coming: Mapping[str, File]) -> Difference:
    """Compare what lies at a place with what shall lie there, by digest."""
    return Difference(
        added=tuple((path, coming[path].size) for path in sorted(coming.keys() - live.keys())),
        changed=tuple(
            (path, coming[path].size)
            for path in sorted(coming.keys() & live.keys())
            if coming[path].digest != live[path].digest
        ),
        deleted=tuple((path, live[path].size) for path in sorted(live.keys() - coming.keys())),
    )


def in_order(paths: list[str]) -> list[str]:
    """Return paths in the order in which a place that cannot change all at once gets them: pages last.

    So no page ever names a style, a picture or a paper that is not there yet; of the pages, the home page is the last.
    """
    return sorted(paths, key=lambda path: (path.endswith((".html", ".xml", ".txt")), path == "index.html", path))
