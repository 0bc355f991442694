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
from .destination import Destination, Difference, File, PublishError, difference, upload_order
from .keeping import RECORD, foreign_files, read_record, record_of, site_files

REPOSITORY = ".git"
WHOLE = "the site is whole, the old one or the new"
PART = ".frontispiece-part"  # a file that is being written, before it takes its place


class Folder(Destination):
    """``path``, with hidden neighbours: ``.NAME.coming`` during a publication, ``.NAME.previous`` after it.

    During the exchange ``.NAME.old`` is the site before the previous one.
    """

    def __init__(self, output: Path, path: Path) -> None:
        self.output = output
        self.given = path.absolute()
        self.path = Path(os.path.realpath(path))  # resolve() raises for a loop of links
        self.place = str(self.path)
        self.coming, self.previous, self.old, self.aside = (
            self.path.with_name(f".{self.path.name}.{word}") for word in ("coming", "previous", "old", "aside")
        )

    def compare(self) -> Difference:
        """Compare the folder with the output."""
        self.check()
        with errors_reported():
            self.repair()
            live, new = hashed(self.path), self.new()
            return difference(live, new, foreign_files(live, new, recorded(self.path)))

    def send(self) -> str:
        """Publish, and keep the files that are not ours."""
        with errors_reported(WHOLE):
            self.repair()
            kept = foreign_files(files_below(self.path), set(site_files(self.output)), recorded(self.path))
            if not self.can_be_exchanged():
                return self.replace_files()
            try:
                self.copy(kept)
                if self.previous.exists():
                    self.previous.rename(self.old)
                change_places(self.coming, self.path, self.aside, [REPOSITORY])
            except OSError as error:
                self.repair()  # which also frees the disk that it may have filled
                if error.errno not in (errno.EBUSY, errno.EXDEV):
                    raise
                return self.replace_files()
            if self.coming.exists():
                self.coming.rename(self.previous)
            self.repair()
        return f"{self.path} is the new site, {self.previous} the previous one"

    def compare_previous(self) -> Difference:
        """Compare the folder with the previous site."""
        self.check()
        with errors_reported():
            self.repair()
            if not self.previous.is_dir():
                raise PublishError(self.no_previous)
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
        output = "the output itself"
        for folder, name in ((self.output, output), (Path(), "this project"), (Path("output"), output)):
            if folder.resolve().is_relative_to(self.path):
                raise PublishError(f"{self.path} holds {name}; name a folder of its own")

    def can_be_exchanged(self) -> bool:
        """Return whether the folder can change places with one beside it, as far as that is known before."""
        return not os.path.ismount(self.path) and os.access(self.path.parent, os.W_OK)

    def new(self) -> dict[str, File]:
        """Return the files that are published."""
        return {path: hashed_file(self.output / path, follow=True) for path in site_files(self.output)}

    def copy(self, kept: Iterable[str]) -> None:
        """Make the new site beside the folder."""
        new = list(site_files(self.output))
        self.coming.mkdir()
        for path in new:
            make_folder(self.output, self.coming, Path(path).parent)
            shutil.copy2(self.output / path, self.coming / path)
        (self.coming / RECORD).write_bytes(record_of(new))
        carry(self.path, self.coming, kept)
        shutil.copymode(self.path if self.path.exists() else self.output, self.coming)
        for path in (*new, RECORD):
            with (self.coming / path).open("r+b") as written:  # Windows flushes only what is open for writing
                os.fsync(written.fileno())

    def replace_files(self) -> str:
        """Replace the files one by one; those that are no longer part of the site go last."""
        new, ours = set(site_files(self.output)), recorded(self.path)
        folders = {folder for path in new for folder in folders_of(path)}
        stale = ours - new
        in_the_way = {path for path in stale if path in folders or not new.isdisjoint(folders_of(path))}
        with errors_reported("the site may be part old and part new, publish again"):
            self.write(record_of(new | ours), RECORD)
            self.delete(in_the_way)
            for path in upload_order(new):
                (self.path / path).parent.mkdir(parents=True, exist_ok=True)
                self.write(self.output / path, path)
            self.delete(stale - in_the_way)
            self.write(record_of(new), RECORD)
        return f"{self.path} is the new site; it cannot change places with another, so --rollback is not possible"

    def write(self, source: bytes | Path, path: str) -> None:
        """Give one file its new content in one step: bytes, or what a file holds."""
        part = self.path / PART
        try:
            shutil.copyfile(source, part) if isinstance(source, Path) else part.write_bytes(source)
            part.replace(self.path / path)
        finally:
            part.unlink(missing_ok=True)

    def delete(self, paths: Iterable[str]) -> None:
        """Delete files, and the folders that are empty afterwards."""
        for path in reversed(upload_order(paths)):
            file = self.path / path
            if file.is_symlink() or (file.exists() and not file.is_dir()):  # a killed one may have changed that
                file.unlink()
            with contextlib.suppress(OSError):  # the first folder that is not empty
                for folder in folders_of(path):
                    (self.path / folder).rmdir()

    def repair(self) -> None:
        """Complete a publication or a rollback that was killed, and remove what it has left."""
        for other in (self.previous, self.coming):
            repair(other, self.path, self.aside, [REPOSITORY])
        if self.old.exists() and not self.previous.exists():
            self.old.rename(self.previous)
        for left in (self.coming, self.old):
            if left.exists():
                shutil.rmtree(left)
        (self.path / PART).unlink(missing_ok=True)


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
    except OSError as error:
        message = f"{error.strerror or error}: {error.filename}" if error.filename else str(error.strerror or error)
        raise PublishError("; ".join([message, *([state] if state else [])])) from None


def files_below(folder: Path) -> Iterator[str]:
    """Yield the paths of a published site's files: all below ``folder`` but its repository and our own files.

    A link is a file, whatever it leads to.
    """
    for at, folders, names in os.walk(folder):
        prefix = Path(at).relative_to(folder).as_posix() + "/" if Path(at) != folder else ""
        links = [name for name in folders if (Path(at) / name).is_symlink()]
        for name in (*names, *links):
            if prefix or name not in (REPOSITORY, RECORD, PART):
                yield prefix + name
        if not prefix and REPOSITORY in folders:
            folders.remove(REPOSITORY)


def hashed(folder: Path) -> dict[str, File]:
    """Return the files of a published site by their path below ``folder``."""
    return {path: hashed_file(folder / path) for path in files_below(folder)}


def hashed_file(file: Path, *, follow: bool = False) -> File:
    """Return a file's SHA-256 and size.

    A link has its target in the place of a digest, unless it is followed. A FIFO and the like have none: they may have
    no end.
    """
    status = file.stat(follow_symlinks=follow)
    if stat.S_ISREG(status.st_mode):
        with file.open("rb") as data:
            return File(hashlib.file_digest(data, "sha256").hexdigest(), status.st_size)
    return File(f"-> {file.readlink()}" if stat.S_ISLNK(status.st_mode) else "", 0)


def recorded(folder: Path) -> frozenset[str]:
    """Return the paths that the last publication into a folder wrote."""
    record = folder / RECORD
    return read_record(record.read_bytes()) if record.is_file() else frozenset()
