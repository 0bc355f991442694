"""Two folders change places, also on a system that can only rename one at a time (edge: renames folders).

Linux exchanges two names in one step with ``renameat2(…, RENAME_EXCHANGE)`` (man 2 rename), macOS with
``renamex_np(…, RENAME_SWAP)`` (man 2 renamex_np); Python offers neither. Elsewhere, and on file systems that do not
support it, two renames do it, and ``repair`` completes what a killed process has left between them.
"""

import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2

# What a kernel, a C library or a file system answers that does not offer the exchange.
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders of one file system in one step; return False where the system does not offer that.

    Neither path is ever missing. Raises OSError for anything else: a mount point, a missing permission.
    """
    paths = os.fsencode(one), os.fsencode(other)
    try:
        import ctypes  # an optional part of Python

        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            status = libc.renamex_np(*paths, ctypes.c_uint(_RENAME_SWAP))
        else:
            status = libc.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], ctypes.c_uint(_RENAME_EXCHANGE))
    except (ImportError, AttributeError, OSError, TypeError):  # no ctypes, no such function; on Windows no library
        return False
    if status == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


def change_places(new: Path, live: Path, aside: Path, keep: Iterable[str] = ()) -> None:
    """Put ``new`` in the place of ``live``, and ``live``, if it exists, in the place of ``new``.

    ``aside`` is a free path beside them for the time between two renames. The names in ``keep`` stay in ``live``
    unless ``new`` has them too. After an OSError, ``live`` is what it was.
    """
    if not live.exists():
        new.rename(live)
        return
    if not exchange(new, live):
        live.rename(aside)
        try:
            new.rename(live)
        except OSError:
            aside.rename(live)
            raise
        aside.rename(new)
    _move_back(new, live, keep)


def repair(new: Path, live: Path, aside: Path, keep: Iterable[str] = ()) -> None:
    """Complete a ``change_places`` with the same arguments that was killed; do nothing if none was."""
    if aside.exists():
        aside.rename(new if live.exists() else live)
    _move_back(new, live, keep)


def _move_back(new: Path, live: Path, keep: Iterable[str]) -> None:
    """Move the names in ``keep`` from the folder that was ``live`` into the one that is now."""
    for name in keep:
        if live.exists() and os.path.lexists(new / name) and not os.path.lexists(live / name):
            (new / name).rename(live / name)
