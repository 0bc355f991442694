"""Publish to a plain folder: a mounted share, another checkout (edge: writes files).

The new site is copied to a place beside the folder, and the two change places; the old site stays beside it, so that
``--rollback`` can exchange them again. A ``.git`` in the folder stays there, and so does every file that no publication
of this site wrote (`plugins.publishing.keeping`). A folder that is a symbolic link means the one behind it.

A mount point, or a folder beside which nothing may be written, cannot change places: its files are replaced one by one,
each in one step, pages last. Then there is no previous site to go back to.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ..exchange import change_places, repair
from .destination import PublishError
from .difference import Difference, File, difference, upload_order
from .keeping import RECORD, foreign_files, read_record, record_of

REPOSITORY = ".git"
WHOLE = "the site is whole, the old one or the new"
PART = ".frontispiece-part"  # a file that is being written, before it takes its place


class Folder:
    """``path``, with hidden neighbours: ``.NAME.coming`` during a publication, ``.NAME.previous`` after it."""

    def __init__(self, output: Path, path: Path) -> None:
        """Set the paths; touch nothing."""
        self.output = output
        self.given = path.absolute()
        self.path = Path(os.path.realpath(path))  # resolve() raises for a loop of links
        self.coming, self.previous, self.aside = (
            self.path.with_name(f".{self.path.name}.{word}") for word in ("coming", "previous", "aside")
        )

    def compare(self) -> Difference:
        """Compare the folder with the output."""
        self.check()
        with errors_reported():
            self.repair()
            live, new = hashed(self.path), hashed(self.output, follow=True)
            return difference(live, new, foreign_files(live, new, recorded(self.path)))

    def send(self) -> str:
        """Publish, and keep the files that are not ours."""
        with errors_reported(WHOLE):
            kept = foreign_files(files_below(self.path), set(files_below(self.output)), recorded(self.path))
            if not self.can_be_exchanged():
                return self.replace_files()
            try:
                self.copy(kept)
                if self.previous.exists():
                    shutil.rmtree(self.previous)
                change_places(self.coming, self.path, self.aside, [REPOSITORY])
            except OSError as error:
                if self.coming.exists() and not self.aside.exists():
                    shutil.rmtree(self.coming, ignore_errors=True)  # it may have filled the disk
                if error.errno not in (errno.EBUSY, errno.EXDEV):
                    raise
                return self.replace_files()
            if self.coming.exists():
                self.coming.rename(self.previous)
        return f"{self.path} is the new site, {self.previous} the previous one"

    def verify(self) -> str:
        """Read the folder back and compare it with the output."""
        with errors_reported():
            live, new = hashed(self.path), hashed(self.output, follow=True)
            if left := difference(live, new, foreign_files(live, new, recorded(self.path))):
                raise PublishError(f"{self.path} differs from what was published:\n{left}")
        return f"{self.path} holds exactly this site"

    def compare_previous(self) -> Difference:
        """Compare the folder with the previous site."""
        self.check()
        with errors_reported():
            self.repair()
            if not self.previous.is_dir():
                raise PublishError("there is no previous deployment; the site is unchanged")
            live, before = hashed(self.path), hashed(self.previous)
            ours = recorded(self.path) or live.keys()
            not_ours = live.keys() - ours
            kept = foreign_files(live, before.keys() - not_ours, ours)
            return difference(live, {**before, **{path: live[path] for path in kept}}, kept)

    def roll_back(self) -> str:
        """Exchange the folder and the previous site; what is not ours stays as it is now."""
        with errors_reported(WHOLE):
            carry(self.path, self.previous, self.compare_previous().kept)
            change_places(self.previous, self.path, self.aside, [REPOSITORY])
        return f"{self.path} is the previous site again, {self.previous} the one that it replaced"

    def check(self) -> None:
        """Raise PublishError for a path that cannot or must not be published to."""
        if not self.path.exists() and self.given.is_symlink():
            raise PublishError(
                f"{self.given} is a link to {self.path}, which does not exist; make that folder, or correct the link"
            )
        if self.path.exists() and not self.path.is_dir():
            raise PublishError(f"{self.path} is a file; name a folder")
        if not self.path.parent.is_dir():
            raise PublishError(f"{self.path.parent} does not exist; make it, or mount the share")
        if self.output.resolve().is_relative_to(self.path):
            raise PublishError(f"{self.path} holds the output itself; name a folder of its own")
        if Path.cwd().resolve().is_relative_to(self.path):
            raise PublishError(f"{self.path} holds this project; name a folder of its own")

    def can_be_exchanged(self) -> bool:
        """Return whether the folder can change places with one beside it, as far as that is known before."""
        return not os.path.ismount(self.path) and os.access(self.path.parent, os.W_OK)

    def copy(self, kept: Iterable[str]) -> None:
        """Make the new site beside the folder: the record first, so that a copy which is killed is known as ours."""
        if self.coming.exists():
            shutil.rmtree(self.coming)
        shutil.copytree(self.output, self.coming)
        (self.coming / RECORD).write_bytes(record_of(files_below(self.output)))
        carry(self.path, self.coming, kept)
        if self.path.exists():
            shutil.copymode(self.path, self.coming)
        for path in (*files_below(self.output), RECORD):
            with (self.coming / path).open("r+b") as written:  # Windows flushes only what is open for writing
                os.fsync(written.fileno())

    def replace_files(self) -> str:
        """Replace the files one by one; those that are no longer part of the site go last."""
        new, ours = set(files_below(self.output)), recorded(self.path)
        folders = {folder for path in new for folder in folders_of(path)}
        stale = ours - new
        in_the_way = {path for path in stale if path in folders or not new.isdisjoint(folders_of(path))}
        part = self.path / PART
        with errors_reported("the site may be part old and part new, publish again"):
            try:
                self.write(record_of(new | ours), part, RECORD)
                self.delete(in_the_way)
                for path in upload_order(list(new)):
                    (self.path / path).parent.mkdir(parents=True, exist_ok=True)
                    self.write((self.output / path).read_bytes(), part, path)
                self.delete(stale - in_the_way)
                self.write(record_of(new), part, RECORD)
            finally:
                part.unlink(missing_ok=True)
        return f"{self.path} is the new site; it cannot change places with another, so --rollback is not possible"

    def write(self, data: bytes, part: Path, path: str) -> None:
        """Give one file its new content in one step."""
        part.write_bytes(data)
        part.replace(self.path / path)

    def delete(self, paths: Iterable[str]) -> None:
        """Delete files, and the folders that are empty afterwards."""
        for path in paths:
            (self.path / path).unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # the first folder that is not empty
                for folder in folders_of(path):
                    (self.path / folder).rmdir()

    def repair(self) -> None:
        """Complete a publication or a rollback that was killed."""
        for other in (self.previous, self.coming):
            repair(other, self.path, self.aside, [REPOSITORY])


def carry(source: Path, target: Path, paths: Iterable[str]) -> None:
    """Give ``target`` these files and links of ``source``, as hard links where the disk has them; and empty folders."""
    for at, folders, names in os.walk(source):
        if not folders and not names:
            with contextlib.suppress(FileExistsError):  # the site has a file there, and nothing is lost
                make_folder(source, target, Path(at).relative_to(source))
    for path in paths:
        there, here = source / path, target / path
        make_folder(source, target, Path(path).parent)
        here.unlink(missing_ok=True)
        try:
            os.link(there, here, follow_symlinks=False)
        except (OSError, NotImplementedError):
            if there.is_symlink():
                here.symlink_to(there.readlink())
            elif there.is_file():
                shutil.copy2(there, here)
            else:
                raise PublishError(
                    f"{there} is neither a file nor a folder, and cannot be kept; move it away"
                ) from None


def make_folder(source: Path, target: Path, folder: Path) -> None:
    """Make a folder below ``target`` with the mode that it has below ``source``: one that is closed stays closed."""
    if not (target / folder).is_dir():
        make_folder(source, target, folder.parent)
        (target / folder).mkdir()
        shutil.copymode(source / folder, target / folder)


def folders_of(path: str) -> list[str]:
    """Return the folders that a path lies in, the innermost first."""
    return [folder.as_posix() for folder in PurePosixPath(path).parents][:-1]


@contextmanager
def errors_reported(state: str = "") -> Iterator[None]:
    """Turn an error of the disk into a ``PublishError``; ``state`` says what it leaves."""
    try:
        yield
    except shutil.Error as error:  # several: each is a source, a target and a message
        raise PublishError("; ".join([str(error.args[0][0][2]), *([state] if state else [])])) from None
    except OSError as error:
        message = f"{error.strerror or error}: {error.filename}" if error.filename else str(error.strerror or error)
        raise PublishError("; ".join([message, *([state] if state else [])])) from None


def files_below(folder: Path) -> Iterator[str]:
    """Yield the paths of a site's files: all below ``folder`` but its repository and its record.

    A link is a file, whatever it leads to.
    """
    for at, folders, names in os.walk(folder):
        prefix = Path(at).relative_to(folder).as_posix() + "/" if Path(at) != folder else ""
        links = [name for name in folders if (Path(at) / name).is_symlink()]
        for name in (*names, *links):
            if prefix or name not in (REPOSITORY, RECORD):
                yield prefix + name
        if not prefix and REPOSITORY in folders:
            folders.remove(REPOSITORY)


def hashed(folder: Path, *, follow: bool = False) -> dict[str, File]:
    """Return the files of a site by their path below ``folder``, with their SHA-256.

    A link has its target in the place of a digest, unless it is followed. A FIFO and the like have none: they may have
    no end.
    """
    files: dict[str, File] = {}
    for path in files_below(folder):
        file = folder / path
        mode = file.stat(follow_symlinks=follow).st_mode
        if stat.S_ISREG(mode):
            data = file.read_bytes()
            files[path] = File(hashlib.sha256(data).hexdigest(), len(data))
        else:
            files[path] = File(f"-> {file.readlink()}" if stat.S_ISLNK(mode) else "", 0)
    return files


def recorded(folder: Path) -> frozenset[str]:
    """Return the paths that the last publication into a folder wrote."""
    record = folder / RECORD
    return read_record(record.read_bytes()) if record.is_file() else frozenset()
