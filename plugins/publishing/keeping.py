"""Which files are published; which files at a destination are not ours, so that they are neither deleted nor moved.

All that is in ``output/`` is published but what no build makes there: a repository (``OUTPUT_RETENTION`` keeps one),
the record that a build leaves where the output is a mount point, and what file managers write.

A file is ours if a publication of this site wrote its path. A folder and an rsync destination hold a **record** of
that, ``.frontispiece.json``: the sorted paths of the last publication. A git branch needs none, because its history is
one, and S3 has its manifest. Where there is no record, nothing is ours: the first publication into a folder that is
already in use deletes nothing.

A file of somebody else's at the path of one of the site's files is replaced; it is shown among the changes first.
"""

import json
import os
from collections.abc import Collection, Container, Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from .destination import PublishError

RECORD = ".frontispiece.json"
# Patterns of names at the top of the output, and of names anywhere in it.
UNPUBLISHED_TOP = (".git", ".hg", ".svn", ".bzr", ".staging*")
UNPUBLISHED = (".DS_Store", "Thumbs.db", "desktop.ini")


def site_files(output: Path) -> Iterator[str]:
    """Yield the paths of the files of ``output`` that are published, relative to it."""
    for at, folders, names in os.walk(output):
        top = Path(at) == output
        prefix = "" if top else Path(at).relative_to(output).as_posix() + "/"
        patterns = (*UNPUBLISHED, *UNPUBLISHED_TOP) if top else UNPUBLISHED
        for found in (folders, names):
            found[:] = sorted(name for name in found if not any(fnmatch(name, pattern) for pattern in patterns))
        yield from (prefix + name for name in names)


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
