"""A plain folder: a mounted share, another checkout. Edge: writes files.

The new site is written beside the folder, and the two are swapped in one step; the old site stays beside it for
``--rollback``, which swaps them again. A ``.git`` in the folder stays there.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from .destination import PublishError
from .difference import Difference, File, difference

REPOSITORY = ".git"


class Folder:
    """``path``, with two hidden neighbours: ``.NAME.coming`` during publishing, ``.NAME.previous`` afterwards."""

    def __init__(self, output: Path, path: Path, exchange: Callable[[Path, Path], bool]) -> None:
        """Store the arguments; touch nothing yet. ``exchange`` swaps two folders and returns whether it could."""
        self.output = output
        self.path = path.absolute()
        self.coming = self.path.parent / f".{self.path.name}.coming"
        self.previous = self.path.parent / f".{self.path.name}.previous"
        self.exchange = exchange

    def compare(self) -> Difference:
        """Compare the folder with the output."""
        if self.path.exists() and not self.path.is_dir():
            raise PublishError(f"{self.path} is a file; name a folder")
        if not self.path.parent.is_dir():
            raise PublishError(f"{self.path.parent} does not exist; make it, or mount the share")
        if self.output.resolve().is_relative_to(self.path.resolve()):
            raise PublishError(f"{self.path} holds the output itself; name a folder of its own")
        self.repair()
        return difference(hashed(self.path), hashed(self.output))

    def send(self) -> str:
        """Write the site beside the folder, then swap the two."""
        try:
            if self.coming.exists():
                shutil.rmtree(self.coming)
            shutil.copytree(self.output, self.coming)
            for file in files_below(self.coming):
                with file.open("rb") as written:
                    os.fsync(written.fileno())
            if self.previous.exists():
                shutil.rmtree(self.previous)
            self.change_places(self.coming)
            if self.coming.exists():
                self.coming.rename(self.previous)
        except OSError as error:
            raise PublishError(
                f"{error.strerror}: {error.filename}; the site is whole, the old one or the new"
            ) from None
        self.repair()
        return f"{self.path} is the new site, {self.previous} the previous one"

    def verify(self) -> str:
        """Read the folder back and compare it with the output."""
        if left := difference(hashed(self.path), hashed(self.output)):
            raise PublishError(f"{self.path} differs from what was published:\n{left}")
        return f"{self.path} holds exactly this site"

    def roll_back(self) -> str:
        """Swap the folder and the previous site."""
        if not self.previous.is_dir():
            raise PublishError("there is no previous deployment; the site is unchanged")
        self.change_places(self.previous)
        self.repair()
        return f"{self.path} is the previous site again, {self.previous} the one that it replaced"

    def change_places(self, other: Path) -> None:
        """Swap the folder and ``other``, in one step where the disk can."""
        if not self.path.exists():
            other.rename(self.path)
        elif not self.exchange(other, self.path):
            aside = self.path.parent / f".{self.path.name}.aside"
            self.path.rename(aside)
            other.rename(self.path)
            aside.rename(other)

    def repair(self) -> None:
        """Repair what publishing left beside the folder if it was killed between two steps."""
        aside = self.path.parent / f".{self.path.name}.aside"
        if aside.exists():
            aside.rename(self.previous if self.path.exists() else self.path)
        for neighbour in (self.coming, self.previous):
            if (neighbour / REPOSITORY).exists() and not (self.path / REPOSITORY).exists():
                (neighbour / REPOSITORY).rename(self.path / REPOSITORY)


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files of a site: all below ``folder`` except its repository."""
    for at, folders, names in os.walk(folder):
        if Path(at) == folder and REPOSITORY in folders:
            folders.remove(REPOSITORY)
        for name in names:
            if Path(at) != folder or name != REPOSITORY:
                yield Path(at) / name


def hashed(folder: Path) -> dict[str, File]:
    """Return the files of a site by their path below ``folder``, with their SHA-256."""
    return {
        file.relative_to(folder).as_posix(): File(hashlib.sha256(data := file.read_bytes()).hexdigest(), len(data))
        for file in files_below(folder)
    }
