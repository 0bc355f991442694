"""Run a function in a process of its own that dies, or meets an error, at its n-th operation on the files of a folder."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

OPERATIONS = set("open os.rename os.remove os.rmdir os.mkdir os.link os.symlink os.chmod os.utime".split())
ENDED, RAISED = 0, 1  # what `faulty` returns besides the negative number of a signal


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fill_disk() -> None:
    raise OSError(28, "No space left on device")


def faulty(run: Callable[[], object], folder: Path, number: int, fault: Callable[[], None], *, last: int = 0) -> int:
    """Return how ``run`` ended, with ``fault`` at operation ``number`` (from 1) below ``folder``, or up to ``last``.

    The fault comes before the operation: Python reports each to its audit hooks.
    """
    if not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        path = arguments[0] if event in OPERATIONS else None
        below = isinstance(path, str | bytes | Path) and os.fsdecode(path).startswith(str(folder))
        if below or (event in ("os.remove", "os.rmdir") and arguments[1] != -1):  # rmtree: a name in an open folder
            count += 1
            if number <= count <= max(number, last):
                fault()

    child = os.fork()
    if child == 0:
        try:
            sys.addaudithook(hook)
            run()
        except BaseException:
            os._exit(RAISED)
        os._exit(ENDED)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def tree(folder: Path) -> dict[str, object]:
    """Return everything below a folder: a file's mode and bytes, a link's target, None for a folder."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        else:
            found[name] = None if path.is_dir() else (path.stat().st_mode, path.read_bytes())
    return found
