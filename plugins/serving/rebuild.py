"""A file is saved → the site is rebuilt in this process (edge: watches files, starts builds).

What a change leads to:

==========================================  ====================================================================
below ``content/`` or ``theme/``            a build that may reuse results of the last one (``MEMORY``)
``pelicanconf.py``                          a build with an empty memory; a restart if it names other plugins
another Python file beside it or below      a restart, once the code can be imported; until then builds with the old
``plugins/``                                code, and the fault is shown
anything, after a build has crashed         a restart: this process may be in any state
anything, during a build that does not end  a restart, after a minute
==========================================  ====================================================================

Changes during a build are taken together for the next one: however many saves there are, the last build has read the
last of them. A watched folder may go and come back, as `git stash` lets it.
"""

import contextlib
import math
import os
import queue
import re
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from watchfiles import Change, watch

from ..ignored import is_ignored
from ..memory import Memory
from ..problems import Problem
from ..settings import SETTINGS_FILES

STEP = 5  # milliseconds without another change after which a save is considered complete
LONGEST = 60  # seconds after which a build that runs is given up for the next save
_PACKAGE = __package__.partition(".")[0]
_LOOK_AGAIN = 200  # milliseconds after which a folder that is watched anew is looked at: by then it is


class Built(Protocol):
    """The result of a build."""

    @property
    def output(self) -> Path:
        """The folder of the site."""

    @property
    def problems(self) -> Sequence[Problem]:
        """Errors and warnings."""

    @property
    def changed(self) -> Iterable[str]:
        """The files that differ from the last build."""

    @property
    def failed(self) -> bool:
        """Whether there were errors, so that the output was left unchanged."""

    @property
    def crashed(self) -> bool:
        """Whether something unforeseen ended it."""

    @property
    def settings(self) -> Mapping[str, object]:
        """The settings, as far as they could be read."""


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
        ends: Callable[[AnyBuilt, Sequence[Problem]], None],
        restart: Callable[[], None],
    ) -> None:
        """Store the callbacks.

        ``watched`` are the names of folders below ``root``. ``build`` receives the memory and raises nothing;
        ``begins`` and ``ends`` are called around it, ``restart`` in its place. ``ends`` receives what is wrong with
        Python code that waits for a restart, too.
        """
        self._root, self._watched = root.resolve(), watched
        self._build, self._begins, self._ends, self._restart = build, begins, ends, restart
        self.output = self._root / "output"  # of the last build that did not fail
        self._memory = Memory()
        self._began = math.inf  # when the build began that runs
        self._changes: queue.SimpleQueue[Path] = queue.SimpleQueue()
        self._plugins: object = None  # that this process has loaded
        self._wants_restart = False
        self._faults: list[Problem] = []  # of code that cannot be imported
        self._stop, self._moved = threading.Event(), threading.Event()
        self.building = threading.Lock()

    def start(self) -> None:
        """Start watching and building."""
        for work in (self._watch_folders, self._watch_root, self._work):
            threading.Thread(target=work, daemon=True).start()

    def stop(self) -> None:
        """Stop watching; wait up to a second for a running build."""
        self._stop.set()
        self._moved.set()
        self.building.acquire(timeout=1)

    def _watch_root(self) -> None:
        """Watch the files beside the settings, and whether folders come and go."""
        for changes in watch(
            self._root, watch_filter=self._is_wanted, step=STEP, stop_event=self._stop, recursive=False
        ):
            for _, path in changes:
                file = Path(path)
                if file.name in self._watched:
                    self._moved.set()
                if file.suffix == ".py" or file.name in (*self._watched, self.output.name):
                    self._note(file)

    def _watch_folders(self) -> None:
        """Watch all below the folders, and begin again when one comes or goes: it takes its watch with it."""
        polls = None
        while not self._stop.is_set():
            new = self._moved.is_set()
            self._moved.clear()
            folders = [folder.resolve() for name in self._watched if (folder := self._root / name).is_dir()]
            try:
                for changes in watch(
                    *folders,
                    watch_filter=self._is_wanted,
                    step=STEP,
                    stop_event=self._moved,
                    rust_timeout=_LOOK_AGAIN,
                    yield_on_timeout=True,
                    force_polling=polls,
                    ignore_permission_denied=True,
                ):
                    if new:  # what was saved before the watch began
                        self._note(folders[0] if folders else self._root)
                        new = False
                    for _, path in changes:
                        self._note(Path(path))
            except Exception:  # a folder that has just gone, or more folders than the system lets anybody watch
                polls = all(folder.is_dir() for folder in folders) or None
                self._moved.set()
                self._stop.wait(0.1)

    def _note(self, path: Path) -> None:
        self._changes.put(path)
        if time.monotonic() - self._began > LONGEST and not self._faults:
            self._restart()

    def _is_wanted(self, change: Change, path: str) -> bool:
        file = Path(path)
        return not is_ignored(file.relative_to(self._root).as_posix() if file.is_relative_to(self._root) else file.name)

    def _work(self) -> None:
        changed: set[Path] = set()
        while True:
            try:
                with self.building:
                    self._began = time.monotonic()
                    self._begins()
                    self._build_once(changed)
            except BaseException:  # this thread must be there at the next save
                with contextlib.suppress(Exception):
                    traceback.print_exc()
            self._began = math.inf
            changed = self._next_changes()

    def _next_changes(self) -> set[Path]:
        """Wait for a change that asks for a build, and return it with all that have come since."""
        while True:
            changed = {self._changes.get()}
            while not self._changes.empty():
                changed.add(self._changes.get())
            if any(path.name != self.output.name for path in changed) or not self.output.exists():
                return changed

    def _build_once(self, changed: set[Path]) -> None:
        """Build, or restart instead."""
        os.chdir(self._root)  # the settings may have gone elsewhere
        program = (self._root / _PACKAGE).resolve()
        beside = {path for path in changed if path.parent == self._root and path.suffix == ".py"}
        code = {path for path in changed if path.is_relative_to(program) and path.suffix == ".py"}
        if beside or code:
            self._memory = Memory()
        self._wants_restart |= any(path.name not in SETTINGS_FILES for path in beside | code)
        if code or self._root / "tasks.py" in beside:
            self._faults = import_faults(self._root)
        if self._wants_restart and not self._faults:
            self._restart()
        built = self._build(self._memory)
        plugins = built.settings.get("PLUGINS")
        if self._plugins not in (None, plugins) and plugins is not None and not self._faults:
            self._restart()  # a plugin cannot be unloaded
        self._plugins = self._plugins or plugins
        self._wants_restart |= built.crashed
        if not built.failed:
            self.output = self._root / built.output
        self._ends(built, self._faults)


def import_faults(root: Path) -> list[Problem]:
    """Return what keeps Python from importing the program as it is now; nothing if it can."""
    names = [f"{_PACKAGE}.{name}" for name in ("builder", "pipeline", "serving.server")]
    names += ["tasks"] if (root / "tasks.py").is_file() else []
    command = [sys.executable, "-c", f"import sys, {', '.join(names)}; sys.stdout.write('imported')"]
    try:
        ran = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", errors="replace", timeout=60)  # noqa: S603
    except subprocess.TimeoutExpired:
        return [Problem(_PACKAGE, 0, "", "cannot be imported within a minute")]
    if ran.stdout.endswith("imported"):
        return []
    frames = re.findall(r'^  File "(.+)", line (\d+)', ran.stderr, re.MULTILINE)
    ours = [(Path(file).relative_to(root), int(line)) for file, line in frames if Path(file).is_relative_to(root)]
    path, line = ours[-1] if ours else (Path(_PACKAGE), 0)
    error = (ran.stderr.strip() or "ends Python when it is imported").splitlines()[-1]
    return [Problem(path.as_posix(), line, "", error)]
