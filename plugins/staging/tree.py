"""The folder that is published, and the one in which the next site is made (edge: writes files).

How a build keeps ``output/`` whole at every moment, and stays fast at 100,000 files:

- Beside ``output/`` lies ``.staging-output/`` with ``new`` (what Pelican writes), ``spare`` (a second tree of the
  whole site) and ``lock``. At the end ``spare`` holds exactly the new site and the two trees **change places in one
  step of the kernel** (`plugins.exchange`). Whoever kills the build leaves the old site or the new one.
- The spare is kept for the next build, which **compares and writes only what differs**. Measured on ext4 with 10,000
  files in 10,000 folders: making them anew takes 3 to 10 s and deleting the old ones 2 s, comparing them 0.1 s.
- Files that two builds share are **one file under two names** (hard links), so that the spare costs next to no disk,
  and what did not change keeps its modification time: a sync uploads what changed, and nothing else. So no file
  of either tree is ever written in place; it is removed and made anew.
- Straight after the change of places the spare is brought up to date too. A program that holds the old folder open
  goes on seeing the current site.
- Where the kernel or the file system has no exchange, two renames do it, with an instant between them in which there
  is no ``output/``; a build killed right there is completed by the next one.

There are two ways in. Everything that writes below the generator's ``output_path`` lands in ``new`` and is moved on at
the end. Whoever writes thousands of files calls ``context["WRITE"](path, data)``, which spares even that.
"""

import contextlib
import errno
import fcntl
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from ..exchange import exchange

_FILE_MODE = 0o644
_FOLDER_MODE = 0o755
_EVEN = b" even"  # the end of the lock's words where both trees are the same


def files_below(folder: str) -> Iterator[str]:
    """Yield the path of every file and symbolic link below ``folder``, relative to it, in no order."""
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(os.path.join(folder, prefix)) as entries:  # noqa: PTH118  (pathlib doubles the time)
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{prefix}{entry.name}/")
                else:
                    yield prefix + entry.name


def remove(path: str) -> None:
    """Remove a file, a link or a whole folder, also from a folder that was made read-only; missing is fine."""

    def make_writable(call: Callable[[str], object], at: str, _: object) -> None:
        Path(at).parent.chmod(_FOLDER_MODE)
        if Path(at).is_dir() and not Path(at).is_symlink():
            Path(at).chmod(_FOLDER_MODE)
        call(at)

    try:
        os.unlink(path)  # noqa: PTH108
    except FileNotFoundError:
        return
    except OSError as error:
        if Path(path).is_dir() and not Path(path).is_symlink():
            shutil.rmtree(path, onerror=make_writable)
        elif error.errno in (errno.EACCES, errno.EPERM):
            make_writable(os.unlink, path, None)
        else:
            raise


def same(one: str, other: str) -> bool:
    """Tell whether two paths are the same kind of thing with the same bytes; a missing one is different."""
    try:
        first, second = os.lstat(one), os.lstat(other)
        if stat.S_ISLNK(first.st_mode) or stat.S_ISLNK(second.st_mode):
            return os.readlink(one) == os.readlink(other)  # noqa: PTH115
        if first.st_size != second.st_size or not (stat.S_ISREG(first.st_mode) and stat.S_ISREG(second.st_mode)):
            return False
        with Path(one).open("rb") as left, Path(other).open("rb") as right:
            while chunk := left.read(1 << 20):
                if chunk != right.read(1 << 20):
                    return False
    except OSError:
        return False
    return True


class Stage:
    """One output folder, the site that is in it and the one that is being made.

    ``begin`` → any number of ``write`` and of files in ``new`` → ``settle``, or ``discard``; then again.
    """

    def __init__(self, output: Path, retained: tuple[str, ...] = (), *, remembers: bool = False) -> None:
        """Name the places; touch nothing. ``retained`` are names at the top of ``output`` that outlive a build.

        With ``remembers`` a later build of this stage trusts, as long as no other process has built, that the trees
        are as the last one left them, and does not look at them again. ``size`` is the sum of the sizes of all files
        that this build has made so far, in bytes.
        """
        self.output = output.resolve()
        self.room = self.output.parent / f".staging-{self.output.name}"
        self.new = self.room / "new"
        self.spare = self.room / "spare"
        self._retained = retained
        self._lock: int | None = None
        self._umask = 0
        self._made: dict[str, int | None] = {}  # and the hash of the bytes, where it is to be remembered
        self._known: dict[str, int | None] | None = None
        self._remembers = remembers
        self._folders: set[str] = set()
        self._changed: list[str] = []
        self._written: tuple[bytes | None, str] = None, ""  # the last file made, which the next may be a name of
        self.size = 0
        self._began_empty = False  # there was no spare: nothing to compare with, nothing in the way
        self._replaces = False  # there is a site already
        self._was_even = False  # the last build has come to its end: both trees are the same
        self._was_last = False  # nobody else has built since this stage did
        self._inode = 0  # of the site that the last build left

    def begin(self, waiting: Callable[[], None] = lambda: None) -> None:
        """Wait for any other build of the same folder, take away what a killed one left, and begin.

        ``waiting`` is called once if there is another build to wait for.
        """
        self._take_lock(waiting)
        self._umask = os.umask(0o022)  # the same modes on every machine
        if not self.output.exists() and (self.room / "old").exists():
            (self.room / "old").rename(self.output)  # killed between the two renames
        remove(str(self.room / "old"))
        remove(str(self.new))
        self._began_empty = not self.spare.exists()
        self._replaces = self.output.exists()
        if not (self._was_last and self._replaces and self.output.stat().st_ino == self._inode):
            self._known = None
        self.spare.mkdir(exist_ok=True)
        _make_writable(str(self.spare))
        self._made = {}
        self._folders = {""}
        self._changed = []
        self._written = None, ""
        self.size = 0

    def write(self, path: str, data: bytes) -> None:
        """Make one file of the site: ``path`` relative to the output, with forward slashes.

        The fast way in, for those who write thousands. Raises FileExistsError if this build has already made that
        file, ValueError if the path is not one below the output.
        """
        if path in self._made:
            raise FileExistsError(errno.EEXIST, "this build has already written", path)
        if not path or path[0] == "/" or "\0" in path or not {"", ".", ".."}.isdisjoint(path.split("/")):
            raise ValueError(f"{path!r} is no path of a file below the output folder")
        digest = hash(data) if self._remembers else None
        self._made[path] = digest
        self.size += len(data)
        place = f"{self.spare}/{path}"
        if self._known is not None:
            if digest == self._known.get(path):
                return
        elif not self._began_empty and _holds(place, data):
            return
        self._clear(path)
        live = f"{self.output}/{path}"
        if self._replaces and self._known is None and _holds(live, data):
            os.link(live, place, follow_symlinks=False)
            return
        self._changed.append(path)
        if data is self._written[0]:  # thousands of stubs lead to one page: one file under many names
            with contextlib.suppress(OSError):  # a file can only have so many, and none on some file systems
                os.link(self._written[1], place)
                return
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _FILE_MODE)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)
        self._written = data, place

    def settle(self) -> None:
        """Put the finished site in the place of the old one."""
        if self.new.exists():
            for path in files_below(str(self.new)):
                self._move(path)
        for name in self._retained:
            self._retain(name)
        there = files_below(str(self.spare)) if self._known is None else iter(self._known)
        stale = [] if self._began_empty else [path for path in there if path not in self._made]
        self._take_away(stale)
        self._change_places()
        if self.spare.exists():
            self._bring_up_to_date(stale)
        self._changed += stale
        self._inode = self.output.stat().st_ino
        self._end()
        if self._remembers and self.spare.exists():
            self._known = self._made

    def discard(self) -> None:
        """Give up what this build has made; the site stays as it is. Does nothing after ``settle``."""
        if self._lock is None:
            return
        if os.pread(self._lock, 64, 0) != self._name():  # a later build of this process has taken over
            self._lock = None  # not closed: that would end the lock of the whole process
            return
        if self._began_empty:
            remove(str(self.spare))
        if self._was_even and not self._made:  # both trees are untouched
            os.pwrite(self._lock, self._name() + _EVEN, 0)
        else:
            self._known = None
        self._end()

    @property
    def made(self) -> frozenset[str]:
        """All files of the site that this build has made, relative to the output."""
        return frozenset(self._made)

    @property
    def changed(self) -> tuple[str, ...]:
        """The files, relative to the output, that this build has made otherwise than the last one, or removed."""
        return tuple(self._changed)

    def _move(self, path: str) -> None:
        """Take one file from ``new`` into the spare, unless it is there already."""
        if path in self._made:
            raise FileExistsError(errno.EEXIST, "two parts of this build have written", path)
        self._made[path] = None
        source, place, live = f"{self.new}/{path}", f"{self.spare}/{path}", f"{self.output}/{path}"
        self.size += os.lstat(source).st_size
        if not self._began_empty and same(source, place):
            return
        self._clear(path)
        if same(source, live):
            os.link(live, place, follow_symlinks=False)
            return
        os.replace(source, place)  # noqa: PTH105
        if not Path(place).is_symlink() and stat.S_IMODE(os.lstat(place).st_mode) != _FILE_MODE:
            Path(place).chmod(_FILE_MODE)
        self._changed.append(path)

    def _clear(self, path: str) -> None:
        """Make room in the spare for the file ``path``: its folders exist, and nothing stands in its place."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            missing: list[str] = []
            while folder not in self._folders:
                missing.append(folder)
                folder = folder.rpartition("/")[0]
            for name in reversed(missing):
                at = f"{self.spare}/{name}"
                try:
                    os.mkdir(at, _FOLDER_MODE)  # noqa: PTH102
                except FileExistsError:
                    if Path(at).is_symlink() or not Path(at).is_dir():  # a file of the last site is now a folder
                        if name in self._made:
                            raise
                        remove(at)
                        os.mkdir(at, _FOLDER_MODE)  # noqa: PTH102
                    _make_writable(at)
                self._folders.add(name)
        if not self._began_empty:
            at = f"{self.spare}/{path}"
            if os.path.isdir(at) and any(made.startswith(f"{path}/") for made in self._made):  # noqa: PTH112
                raise FileExistsError(errno.EEXIST, "this build has already made a folder here", path)
            remove(at)

    def _take_away(self, stale: list[str]) -> None:
        """Remove files from the spare, and the folders that are empty after it."""
        for path in stale:
            remove(f"{self.spare}/{path}")
        for folder in sorted({path.rpartition("/")[0] for path in stale}, key=len, reverse=True):
            while folder:
                try:
                    os.rmdir(f"{self.spare}/{folder}")  # noqa: PTH106
                except OSError:
                    break
                folder = folder.rpartition("/")[0]

    def _retain(self, name: str) -> None:
        """Carry a name of OUTPUT_RETENTION over from the site that is in place, unless this build made it."""
        kept = self.output / name
        if not kept.exists() or any(path == name or path.startswith(f"{name}/") for path in self._made):
            return
        remove(f"{self.spare}/{name}")
        if kept.is_dir():
            shutil.copytree(kept, self.spare / name, symlinks=True, copy_function=os.link)
            self._made.update((f"{name}/{path}", None) for path in files_below(str(kept)))
        else:
            os.link(kept, self.spare / name)
            self._made[name] = None

    def _change_places(self) -> None:
        if not self.output.exists():
            self.spare.rename(self.output)
            return
        _make_writable(str(self.output))  # who moves a folder writes into it: its ".." changes
        if not exchange(self.spare, self.output):
            old = self.room / "old"
            self.output.rename(old)
            self.spare.rename(self.output)
            old.rename(self.spare)

    def _bring_up_to_date(self, stale: list[str]) -> None:
        """Let the spare, which was the site until now, be the same site as the one in place."""
        self._folders = {""}
        changed = self._changed
        if self._began_empty or not self._was_even or (self._remembers and self._known is None):
            # That site was not made by us, or a build was killed, or what is there must be known for sure: look.
            self._began_empty = False
            stale = [path for path in files_below(str(self.spare)) if path not in self._made]
            changed = [path for path in self._made if not _is_one(f"{self.output}/{path}", f"{self.spare}/{path}")]
        self._take_away(stale)
        for path in changed:
            self._clear(path)
            os.link(f"{self.output}/{path}", f"{self.spare}/{path}", follow_symlinks=False)
        if self._lock is not None:
            os.pwrite(self._lock, self._name() + _EVEN, 0)

    def _take_lock(self, waiting: Callable[[], None]) -> None:
        """Hold the only build of this folder. Locks of `lockf` belong to a process and end with it, however it ends."""
        if self._lock is not None:  # a run that failed, in a process that goes on
            self.discard()
        told = False
        while True:
            self.room.mkdir(parents=True, exist_ok=True)
            try:
                descriptor = os.open(self.room / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _FILE_MODE)
            except FileNotFoundError:
                continue  # the build before us has just taken its room away
            try:
                fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno not in (errno.EACCES, errno.EAGAIN):
                    os.close(descriptor)
                    raise
                if not told:
                    waiting()
                    told = True
                fcntl.lockf(descriptor, fcntl.LOCK_EX)
            try:
                if os.path.samestat(os.fstat(descriptor), os.stat(self.room / "lock")):  # noqa: PTH116
                    before = os.pread(descriptor, 64, 0)
                    self._was_even, self._was_last = before.endswith(_EVEN), before == self._name() + _EVEN
                    os.ftruncate(descriptor, 0)
                    os.pwrite(descriptor, self._name(), 0)
                    self._lock = descriptor
                    return
            except FileNotFoundError:
                pass
            os.close(descriptor)  # that lock file is gone: the build before us took its room away

    def _name(self) -> bytes:
        """Return what the lock holds while this stage builds; ``_EVEN`` follows once both trees are the same."""
        return f"{os.getpid()} {id(self)}".encode()

    def _end(self) -> None:
        """Leave no litter and let the next build begin."""
        os.umask(self._umask)
        remove(str(self.new))
        if not self.spare.exists():
            remove(str(self.room / "lock"))
            with contextlib.suppress(OSError):  # another build has moved in
                self.room.rmdir()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _is_one(path: str, other: str) -> bool:
    """Tell whether two names are of one file."""
    try:
        return os.path.samestat(os.lstat(path), os.lstat(other))
    except OSError:
        return False


def _make_writable(folder: str) -> None:
    """Give a folder back the mode that it was made with, if someone has changed it."""
    if stat.S_IMODE(os.lstat(folder).st_mode) != _FOLDER_MODE:
        os.chmod(folder, _FOLDER_MODE)  # noqa: PTH101


def _holds(path: str, data: bytes) -> bool:
    """Tell whether ``path`` is a regular file that holds exactly ``data``."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        found = os.read(descriptor, len(data) + 1)
        return found == data
    except OSError:  # a folder
        return False
    finally:
        os.close(descriptor)
