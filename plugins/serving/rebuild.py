"""A file is saved → the site is rebuilt in this process (edge: watches files, starts builds).

What a change leads to:

==========================================  ====================================================================
below ``content/`` or ``theme/``            a build that may reuse results of the last one (``MEMORY``)
``pelicanconf.py``                          a build with an empty memory
a Python file of ``plugins/``, ``tasks.py``  a restart, once every changed file is valid Python again
==========================================  ====================================================================

Changes during a build are taken together for the next one: however many saves there are, the last build has read the
last of them.
"""

import ast
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from watchfiles import DefaultFilter, watch

from ..memory import Memory
from ..problems import Problem

STEP = 5  # milliseconds without another change after which a save is considered complete


class Built(Protocol):
    """The result of a build."""

    @property
    def problems(self) -> Sequence[Problem]:
        """Errors and warnings."""

    @property
    def changed(self) -> Iterable[str]:
        """The files that differ from the last build."""

    @property
    def failed(self) -> bool:
        """Whether there were errors, so that the output was left unchanged."""


AnyBuilt = TypeVar("AnyBuilt", bound=Built)


class Rebuilder(Generic[AnyBuilt]):
    """Builds once, and again after every change, in a thread of its own."""

    def __init__(
        self,
        root: Path,
        watched: Sequence[str],
        build: Callable[[Memory], AnyBuilt],
        *,
        begins: Callable[[], None],
        ends: Callable[[AnyBuilt], None],
        restart: Callable[[], None],
    ) -> None:
        """Store the callbacks.

        ``build`` receives the memory; ``begins`` and ``ends`` are called around it, ``restart`` in its place.
        """
        self._root, self._watched, self._build = root.resolve(), watched, build
        self._begins, self._ends, self._restart = begins, ends, restart
        self._memory = Memory()
        self._changes: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._code: set[Path] = set()  # changed since this process began
        self._stop = threading.Event()
        self.building = threading.Lock()

    def start(self) -> None:
        """Start watching and building."""
        folders = [str((self._root / name).resolve()) for name in self._watched if (self._root / name).is_dir()]
        for paths, recursive in ((folders, True), ([str(self._root)], False)):
            threading.Thread(target=self._watch, args=(paths, recursive), daemon=True).start()
        threading.Thread(target=self._work, daemon=True).start()

    def stop(self) -> None:
        """Stop watching; wait up to a second for a running build."""
        self._stop.set()
        self.building.acquire(timeout=1)

    def _watch(self, paths: list[str], recursive: bool) -> None:
        wanted = DefaultFilter()
        for changes in watch(*paths, watch_filter=wanted, step=STEP, stop_event=self._stop, recursive=recursive):
            for _, path in changes:
                if recursive or Path(path).name in ("pelicanconf.py", "tasks.py"):
                    self._changes.put(path)

    def _work(self) -> None:
        self._build_once()
        while True:
            changed = {self._changes.get()}
            self._begins()
            while not self._changes.empty():
                changed.add(self._changes.get())
            python = {Path(path) for path in changed if path.endswith(".py")}
            self._code |= {path for path in python if path.name != "pelicanconf.py"}
            if self._code and all(is_python(path) for path in self._code | python):
                with self.building:
                    self._restart()
            if python:
                self._memory = Memory()
            self._build_once()

    def _build_once(self) -> None:
        with self.building:
            self._begins()
            self._ends(self._build(self._memory))


def is_python(path: Path) -> bool:
    """Return whether a file is valid Python, or no longer exists."""
    try:
        ast.parse(path.read_bytes())
    except FileNotFoundError:
        return True
    except (SyntaxError, ValueError):
        return False
    return True
