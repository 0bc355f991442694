"""What a build has left on the disk, for the next build of the same process (edge: the disk).

`invoke serve` builds at every save, and nearly all files stay what they are. To list and compare them takes most of the
time of a build with thousands of redirects, so a file is trusted to hold what the last build wrote, as long as

- the record, the output and the spare are the same ones: no other process has built, nobody has replaced the output;
- the file has its size and its time of change.

The output is trusted to hold no other files as long as each of its folders has its time of change.
"""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class _File(NamedTuple):
    data: bytes
    time: int = 0  # of change; 0 while the file is not looked at
    inode: int = 0


class Snapshot:
    """Empty at first; a build that leaves nothing to trust leaves it empty."""

    def __init__(self) -> None:
        """Trust nothing."""
        self._identity: tuple[int, ...] = ()
        self._files: dict[str, _File] = {}
        self._folders: dict[int, dict[str, int]] = {}  # inode of the output and of the spare → folder → time of change
        self._seen: dict[str, _File] = {}  # by the build that runs
        self._unchanged: set[int] = set()  # the inodes of those that it has looked at; thousands of stubs share one

    def begin(self, record: Path, output: Path, spare: Path) -> None:
        """Begin a build."""
        if self._identity != _identity(record, output, spare):
            self.__init__()  # type: ignore[misc]
        self._seen, self._unchanged = {}, set()

    def holds(self, path: str, place: str, data: bytes) -> bool:
        """Return whether the file ``path``, at ``place``, is known to hold ``data``, which it is going to hold."""
        known = self._files.get(path)
        if known is None or known.data != data or not (known.inode in self._unchanged or self._is(known, place)):
            self._seen[path] = _File(data)
            return False
        self._seen[path] = known
        return True

    def _is(self, file: _File, place: str) -> bool:
        try:
            found = os.lstat(place)
        except OSError:
            return False
        if (found.st_mtime_ns, found.st_size) != (file.time, len(file.data)):
            return False
        if found.st_ino == file.inode != 0:
            self._unchanged.add(file.inode)
        return True

    def has_no_other_files(self, output: Path) -> bool:
        """Return whether no folder of the output has gained or lost a file."""
        with contextlib.suppress(OSError):
            folders = self._folders.get(os.lstat(output).st_ino, {})
            if folders and all(_time(f"{output}/{folder}") == time for folder, time in folders.items()):
                return True
        self._folders = {}
        return False

    def take(self, record: Path, output: Path, spare: Path, folders: Iterable[str], changed: Iterable[str]) -> None:
        """Take the snapshot at the end of a build, which has ``folders`` and has changed these files.

        Of folders in which nothing has changed, the time is known.
        """
        before, seen, named = self._folders, self._seen, {"", *folders}
        touched = {""}
        for path in changed:
            while path:
                path = path.rpartition("/")[0]
                touched.add(path)
        self.__init__()  # type: ignore[misc]
        with contextlib.suppress(OSError):  # there is no spare
            for root in (output, spare):
                inode = os.lstat(root).st_ino
                known = before.get(inode, {})
                times = {folder: known[folder] for folder in named & known.keys()}
                times.update((folder, _time(f"{root}/{folder}")) for folder in named - known.keys() | named & touched)
                self._folders[inode] = times
            for path in [path for path, file in seen.items() if not file.time]:
                found = os.lstat(f"{output}/{path}")
                seen[path] = _File(seen[path].data, found.st_mtime_ns, found.st_ino)
            self._files, self._identity = seen, _identity(record, output, spare)


def _time(path: str) -> int:
    return os.lstat(path).st_mtime_ns


def _identity(record: Path, *folders: Path) -> tuple[int, ...]:
    """Return what tells these from any others; () if one is missing, or has no number of its own."""
    try:
        inodes = [os.lstat(path).st_ino for path in (record, *folders)]
        return (*inodes, _time(str(record))) if len({0, *inodes}) > len(inodes) else ()
    except OSError:
        return ()
