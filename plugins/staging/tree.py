"""The output folder, and the folder in which the next site is made (edge: writes files).

**The output is at every moment a whole site**, the old one or the new one, whoever kills the build. Beside ``output/``
lies ``.staging-output/``:

- ``new``: what Pelican writes; anything else calls ``Stage.write``;
- ``next``: the site that is being made. It begins as a copy of the output, in which only what differs is replaced, so
  that unchanged files keep their modification time and a large site is built again quickly. In the end it and
  the output change places (`plugins.exchange`);
- ``spare``: ``next`` between builds: the former output, brought up to date, so that a program that still has
  that folder open sees the current site. Files that both hold are hard links where the file system has them;
- ``files.json``: the record of the files that builds wrote;
- ``lock``: one build at a time.

An output that is a mount point, such as a container's volume, cannot change places: ``next`` is copied into it, each
file in one step. The record then lies inside, as ``.staging.json``: a container ends, its volume
remains.

**A build never deletes what no build made.** A file counts as made by a build if the record names its path, so builds
may replace and remove it, also after somebody has edited it. With any other file in the output the build is refused
and nothing is touched: a file added by hand, a folder given by mistake, an output without a record since an earlier
version made it or ``.staging-output/`` was deleted. Exempt are the names in ``OUTPUT_RETENTION``, which every build
leaves where they are, and the files that file managers leave. An output that is a symbolic link means the folder behind
it, with the same rules. ``check_output`` refuses places where no output may be.

A process that builds again and again hands a `Snapshot` from one build to the next, so that a build reads only what has
changed.
"""

import contextlib
import errno
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from filelock import FileLock, Timeout

from ..exchange import change_places, repair
from ..problems import ContentError, InvalidValueError, Problem
from .files import (
    FILE_MODE,
    FOLDER_MODE,
    PART,
    create,
    files_below,
    holds,
    make_folders,
    mirror,
    prune,
    remove,
    same,
    set_mode,
)
from .snapshot import Snapshot

_RECORD = "files.json"
_MOUNT_RECORD = ".staging.json"
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}  # what file managers leave wherever somebody looks
_UMASK = 0o022

_active: dict[Path, "Stage"] = {}  # work folder → the stage of this process that holds its lock


def check_output(output: Path, project: Path, sources: Iterable[Path]) -> None:
    """Raise InvalidValueError if ``output`` is or holds the project, or is, holds or lies in one of its ``sources``."""
    output = output.resolve()
    for folder in (project, *sources):
        place = folder.resolve()
        if place.is_relative_to(output):
            raise InvalidValueError(f"is or holds {folder}, which a build must not replace", "choose another folder")
        if folder != project and output.is_relative_to(place):
            raise InvalidValueError(f"lies in {folder}, which a build must not change", "choose another folder")


class Stage:
    """One output folder and the site that is being made for it.

    ``begin``, then any number of ``write`` and of files below ``new``, then ``settle`` or ``discard``; and again.
    """

    def __init__(self, output: Path, retained: Iterable[str] = (), snapshot: Snapshot | None = None) -> None:
        """Set the paths; touch nothing.

        ``retained`` are names at the top of ``output`` that builds leave alone; ``snapshot`` is what the last build of
        this process has left, and is brought up to date.
        """
        self.output = output.resolve()
        self.workdir = self.output.parent / f".staging-{self.output.name}"
        self.new, self.spare = self.workdir / "new", self.workdir / "spare"
        self._next, self._aside = self.workdir / "next", self.workdir / "aside"
        self._retained = tuple(retained)
        self._snapshot = snapshot
        self._lock = FileLock(self.workdir / "lock", thread_local=False)
        self._umask = _UMASK
        self.mounted = False  # whether the output cannot be replaced in one step
        self._fold: Callable[[str], str] = str  # path → what distinguishes it on this file system
        self._recorded: dict[str, str] = {}  # folded path → path; of earlier builds
        self._made: dict[str, str] = {}  # of this build
        self._folders: set[str] = set()  # of the files of this build
        self._existing: set[str] = set()  # those of them that are known to exist
        self._last: tuple[bytes | None, str] = None, ""  # the bytes and the place of the last file made from bytes
        self._empty = False  # ``next`` began empty: nothing to compare with
        self._changed: list[str] = []
        self.size = 0  # of all files made, in bytes

    @property
    def made(self) -> frozenset[str]:
        """The files that this build has made, relative to the output."""
        return frozenset(self._made.values())

    @property
    def changed(self) -> tuple[str, ...]:
        """The files, relative to the output, that this build has added, changed or removed."""
        return tuple(self._changed)

    @property
    def _record(self) -> Path:
        return self.output / _MOUNT_RECORD if self.mounted else self.workdir / _RECORD

    def begin(self, waiting: Callable[[], None] = lambda: None) -> None:
        """Begin a build, after any other of the same folder; ``waiting`` is called once if there is another.

        Raises ContentError, and changes nothing, if the output holds files that no build made.
        """
        if not self.workdir.exists():
            self._read_record()
            self._check_files()  # no work folder beside somebody else's files
        self._acquire(waiting)
        self._made, self._changed, self.size = {}, [], 0
        self._folders, self._existing, self._last = set(), set(), (None, "")
        try:
            self.mounted = os.path.ismount(self.output)
            repair(self._next, self.output, self._aside, self._retained)
            self._read_record()
            if self._snapshot:
                self._snapshot.begin(self._record, self.output, self.spare)
            remove(self.new)
            if self.spare.exists():
                self.spare.rename(self._next)
                self._empty = False
            else:  # this is the first or second build, or the last one was killed
                present = self._check_files()
                self._next.mkdir(exist_ok=True)
                mirror(self.output, self._next, present, set(files_below(self._next)) - present)
                self._empty = not present
            set_mode(self._next, FOLDER_MODE)
        except BaseException:
            self.discard()
            raise

    def write(self, path: str, data: bytes) -> None:
        """Make one file of the site: ``path`` relative to the output, with forward slashes.

        Raises FileExistsError if this build has already made that file, ValueError if the path is not below the output.
        """
        parts = (path.replace("\\", "/").replace(":", "//") if os.name == "nt" else path).split("/")
        if "\0" in path or not {"", ".", ".."}.isdisjoint(parts):
            raise ValueError(f"{path!r} is not the path of a file below the output folder")
        place = self._claim(path)
        self.size += len(data)
        if self._snapshot and self._snapshot.holds(path, place, data):
            return
        if not self._empty:
            if holds(place, data):
                return
            remove(place)  # never written in place: the output may hold the same file
        make_folders(self._next, path, self._existing)
        self._changed.append(path)
        if data is self._last[0]:  # thousands of stubs lead to one page: one file under many names
            with contextlib.suppress(OSError, AttributeError):  # no hard links, or no more of this file
                os.link(self._last[1], place)
                return
        create(place, data)
        self._last = data, place

    def settle(self) -> None:
        """Put the finished site in the place of the old one."""
        for path in files_below(self.new):
            self._move(path)
        trusted = self._snapshot is not None and self._snapshot.has_no_other_files(self.output)
        if not trusted:
            self._check_files()
        stale = [path for key, path in self._recorded.items() if key not in self._made]
        prune(self._next, stale)
        self._write_record({**self._recorded, **self._made})
        if self._replace_output():
            try:
                if self._next.exists():
                    wanted = self._changed if trusted or not self._snapshot else self._made.values()
                    mirror(self.output, self._next, wanted, stale)
            except OSError:  # a full disk: the next build brings it up to date
                self._snapshot = None
        else:
            self._write_record({**self._recorded, **self._made})
            mirror(self._next, self.output, self._made.values(), stale)
        if self._next.exists():
            self._next.rename(self.spare)
        self._write_record(self._made)
        self._changed += stale
        if self._snapshot:
            self._snapshot.take(self._record, self.output, self.spare, self._folders, self._changed)
        self._end()

    def discard(self) -> None:
        """Give up what this build has made; the output stays as it is. Does nothing after ``settle``."""
        if not self._lock.is_locked:
            return
        if self._next.exists() and not self._made:
            self._next.rename(self.spare)
        self._end()

    def clean(self) -> list[str]:
        """Remove what builds have made; return the files below the output that none made, which stay."""
        self._acquire(lambda: None)
        try:
            repair(self._next, self.output, self._aside, self._retained)
            self._read_record()
            prune(self.output, (*self._recorded.values(), _MOUNT_RECORD, PART))
            left = sorted(path for path in files_below(self.output) if path.rpartition("/")[2] not in _LITTER)
            if not left:
                with contextlib.suppress(OSError):  # a mount point stays, empty
                    remove(self.output)
        finally:
            self._end()
        remove(self.workdir)
        return left

    def _claim(self, path: str) -> str:
        """Note that this build makes ``path``, and return its place."""
        key = self._fold(path)
        folder = path.rpartition("/")[0]
        if key in self._made or path in self._folders:
            raise FileExistsError(errno.EEXIST, "two parts of this build write", path)
        while folder and folder not in self._folders:
            if self._fold(folder) in self._made:
                raise FileExistsError(errno.EEXIST, "this build writes both a file and a folder", folder)
            self._folders.add(folder)
            folder = folder.rpartition("/")[0]
        self._made[key] = path
        return f"{self._next}/{path}"

    def _move(self, path: str) -> None:
        """Move one file from ``new`` into the site, unless it is there already."""
        source, place = f"{self.new}/{path}", self._claim(path)
        self.size += os.lstat(source).st_size
        if same(source, place):
            return
        remove(place)
        make_folders(self._next, path, self._existing)
        os.replace(source, place)
        if not os.path.islink(place):
            set_mode(place, FILE_MODE)
        self._changed.append(path)

    def _check_files(self) -> set[str]:
        """Return the files of the output that builds made; raise ContentError if there are others."""
        if self.output.exists() and not self.output.is_dir():
            self._refuse("is a file", "choose another folder")
        kept = set(self._retained) - {path.partition("/")[0] for path in self._made.values() if self._retained}
        present, foreign = set(), []
        for path in files_below(self.output):
            if self._fold(path) in self._recorded:
                present.add(path)
            elif path.rpartition("/")[2] in _LITTER:
                self._recorded[self._fold(path)] = path
            elif path.partition("/")[0] not in kept and path not in (_MOUNT_RECORD, PART):
                foreign.append(path)
        if foreign:
            names = ", ".join(map(repr, sorted(foreign)[:3])) + (f" and {len(foreign) - 3} more" if foreign[3:] else "")
            self._refuse(
                f"holds files that no build made: {names}",
                "move them away, name them in OUTPUT_RETENTION to keep them there, or delete the folder",
            )
        return present

    def _refuse(self, message: str, hint: str) -> None:
        shown = self.output.relative_to(Path.cwd()) if self.output.is_relative_to(Path.cwd()) else self.output
        raise ContentError([Problem("pelicanconf.py", 0, "OUTPUT_PATH", f"'{shown}' {message}", hint)])

    def _replace_output(self) -> bool:
        """Let the new site and the output change places; return False where the output is a mount point."""
        try:
            if not self.mounted:
                if self.output.exists():
                    set_mode(self.output, FOLDER_MODE)  # to move a folder is to write into it
                change_places(self._next, self.output, self._aside, self._retained)
                return True
        except PermissionError as error:
            self._refuse(f"cannot be replaced: {error.strerror}", "close all programs that have one of its files open")
        except OSError as error:
            if error.errno not in (errno.EBUSY, errno.EXDEV):
                raise
            self.mounted = True
        return False

    def _read_record(self) -> None:
        self._fold = str.casefold if (self.workdir / "LOCK").exists() else str
        self._recorded = {}
        for record in (self.workdir / _RECORD, self.output / _MOUNT_RECORD):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError, ValueError):
                self._recorded.update((self._fold(path), path) for path in json.loads(record.read_bytes()))

    def _write_record(self, paths: dict[str, str]) -> None:
        part = self._record.with_name(PART)
        part.write_text(json.dumps(list(paths.values())), "utf-8")
        part.replace(self._record)

    def _acquire(self, waiting: Callable[[], None]) -> None:
        if active := _active.get(self.workdir):
            active.discard()  # its run has failed, and this process goes on
        timeout = 0
        while not self._lock.is_locked:
            self.workdir.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=timeout)
            except Timeout:
                waiting()
                timeout = -1
            except FileNotFoundError:  # `clean` has removed the work folder
                pass
        _active[self.workdir] = self
        self._umask = os.umask(_UMASK)  # the same modes on every machine

    def _end(self) -> None:
        """Remove what Pelican wrote, and let the next build begin."""
        os.umask(self._umask)
        try:
            remove(self.new)
        finally:
            del _active[self.workdir]
            self._lock.release()
