"""Which files at a destination are not ours, so that a publication neither deletes nor moves them.

A file is ours if a publication of this site wrote its path. A folder and an rsync destination hold a **record** of
that, ``.frontispiece.json``: the sorted paths of the last publication. A git branch needs none, because its history is
one, and S3 has its manifest. Where there is no record, nothing is ours: the first publication into a folder that is
already in use deletes nothing.

A file of somebody else's at the path of one of the site's files is replaced; it is shown among the changes first.
"""

import json
from collections.abc import Collection, Container, Iterable

from .destination import PublishError

RECORD = ".frontispiece.json"


def foreign_files(live: Iterable[str], new: Collection[str], ours: Container[str]) -> tuple[str, ...]:
    """Return, sorted, the live files that stay: they are not ours, and the new site has none of the same path.

    Raises PublishError if one of them is in the way of the new site: a file where that has a folder, or vice versa.
    """
    kept = tuple(sorted(path for path in live if path not in new and path not in ours and path != RECORD))
    stays = set(kept)
    for path in new if kept else ():
        if theirs := _above(path, stays):
            raise _in_the_way(theirs, path)
    for path in kept:
        if mine := _above(path, new):
            raise _in_the_way(path, mine)
    return kept


def _in_the_way(theirs: str, mine: str) -> PublishError:
    return PublishError(
        f"{theirs!r} is in the way of the site's {mine!r}, and no publication of this site wrote it; move it away"
    )


def _above(path: str, files: Container[str]) -> str | None:
    """Return the one of ``files`` that is a folder of ``path``, None if there is none."""
    while path := path.rpartition("/")[0]:
        if path in files:
            return path
    return None


def record_of(paths: Iterable[str]) -> bytes:
    """Return the record of a publication."""
    return json.dumps(sorted(paths), indent=0).encode()


def read_record(data: bytes) -> frozenset[str]:
    """Return the paths in a record; none if it is not one."""
    try:
        paths = json.loads(data)
    except ValueError:
        return frozenset()
    return frozenset(path for path in paths if isinstance(path, str)) if isinstance(paths, list) else frozenset()
