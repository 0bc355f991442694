"""A file is saved → the site is built again, in this process (edge: watches files, starts builds).

What a change asks for:

==========================================  ====================================================================
below ``content/`` or ``theme/``            a build that may use what the last one remembers (``MEMORY``)
``pelicanconf.py``                          a build that remembers nothing
a Python file of ``plugins/``, ``tasks.py``  a new process in the place of this one, unless the file is no Python
==========================================  ====================================================================

Changes that come while a build runs are taken together for the next one: however many saves there are, the last build
has read the last of them.
"""

import ast
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from watchfiles import DefaultFilter, watch

from ..memory import Memory
from ..problems import Problem

STEP = 5  # milliseconds without a further change after which a save is taken to be whole


class Built(Protocol):
    """What a build reports."""

    @property
    def problems(self) -> Sequence[Problem]:
        """All that it found, warnings too."""

    @property
    def changed(self) -> Iterable[str]:
        """The files that differ from the build before."""

    @property
    def failed(self) -> bool:
        """Whether the output is still the one before."""


class Rebuilder:
    """Builds once, and again at every change, in a thread of its own."""

    def __init__(
        self,
        root: Path,
        watched: Sequence[str],
        build: Callable[[Memory], Built],
        *,
        begins: Callable[[], None],
        ends: Callable[[Built], None],
        restart: Callable[[], None],
    ) -> None:
        """Keep what to do.

        ``build`` gets the memory; ``begins`` and ``ends`` are called around every build, ``restart`` in place of one.
        """
        self._root, self._watched, self._build = root.resolve(), watched, build
        self._begins, self._ends, self._restart = begins, ends, restart
        self._memory = Memory()
        self._changes: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._stop = threading.Event()
        self.building = threading.Lock()

    def start(self) -> None:
        """Begin to watch and to build."""
        folders = [str((self._root / name).resolve()) for name in self._watched if (self._root / name).is_dir()]
        for paths, recursive in ((folders, True), ([str(self._root)], False)):
            threading.Thread(target=self._watch, args=(paths, recursive), daemon=True).start()
        threading.Thread(target=self._work, daemon=True).start()

    def stop(self) -> None:
        """End watching; a build that runs ends first, if it does so within a second."""
        self._stop.set()
        self.building.acquire(timeout=1)

    def _watch(self, paths: list[str], recursive: bool) -> None:
        wanted = DefaultFilter()
        for changes in watch(*paths, watch_filter=wanted, step=STEP, stop_event=self._stop, recursive=recursive):
            for _, path in changes:
                if recursive or Path(path).name in ("pelicanconf.py", "tasks.py"):
                    self._changes.put(path)

    def _work(self) -> None:
        self._once()
        while True:
            changed = {self._changes.get()}
            self._begins()
            while not self._changes.empty():
                changed.add(self._changes.get())
            python = [Path(path) for path in changed if path.endswith(".py")]
            settings = [path for path in python if path.name == "pelicanconf.py"]
            if len(settings) < len(python) and all(is_python(path) for path in python):
                with self.building:
                    self._restart()
            if python:
                self._memory = Memory()
            self._once()

    def _once(self) -> None:
        with self.building:
            self._begins()
            self._ends(self._build(self._memory))


def is_python(path: Path) -> bool:
    """Tell whether a file, if it is still there, can be read as Python."""
    try:
        ast.parse(path.read_bytes())
    except FileNotFoundError:
        return True
    except (SyntaxError, ValueError):
        return False
    return True
