"""A plain folder: a mounted share, another checkout. Edge: writes files.

The new site is made beside the folder and the two change places in one step; the old one stays beside it for
``--rollback``, which lets them change places again. A ``.git`` in the folder stays there.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from .difference import Difference, File, difference
from .errors import PublishError

STAYS = ".git"


class Folder:
    """``path``, with two hidden neighbours: ``.NAME.coming`` while a publication lasts, ``.NAME.previous`` after it."""

    def __init__(self, output: Path, path: Path, exchange: Callable[[Path, Path], bool]) -> None:
        """Know the places; touch nothing. ``exchange`` lets two folders change places, and tells whether it did."""
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
        self.mend()
        return difference(hashed(self.path), hashed(self.output))

    def send(self) -> str:
        """Make the site beside the folder and let it take the folder's place."""
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
        self.mend()
        return f"{self.path} is the new site, {self.previous} the one before"

    def look(self) -> str:
        """Read the folder back and compare it with the output."""
        if left := difference(hashed(self.path), hashed(self.output)):
            raise PublishError(f"{self.path} differs from what was published:\n{left}")
        return f"{self.path} holds exactly this site"

    def roll_back(self) -> str:
        """Let the folder and the site before it change places."""
        if not self.previous.is_dir():
            raise PublishError("nothing was published before; the site stays as it is")
        self.change_places(self.previous)
        self.mend()
        return f"{self.path} is the site published before, {self.previous} the one after it"

    def change_places(self, other: Path) -> None:
        """Let ``other`` be the folder and the folder ``other``; in one step where the disk can."""
        if not self.path.exists():
            other.rename(self.path)
        elif not self.exchange(other, self.path):
            aside = self.path.parent / f".{self.path.name}.aside"
            self.path.rename(aside)
            other.rename(self.path)
            aside.rename(other)

    def mend(self) -> None:
        """Put back what a publication that was killed between two steps has left beside the folder."""
        aside = self.path.parent / f".{self.path.name}.aside"
        if aside.exists():
            aside.rename(self.previous if self.path.exists() else self.path)
        for neighbour in (self.coming, self.previous):
            if (neighbour / STAYS).exists() and not (self.path / STAYS).exists():
                (neighbour / STAYS).rename(self.path / STAYS)


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files of a site: all below ``folder`` but what stays."""
    for at, folders, names in os.walk(folder):
        if Path(at) == folder and STAYS in folders:
            folders.remove(STAYS)
        for name in names:
            if Path(at) != folder or name != STAYS:
                yield Path(at) / name


def hashed(folder: Path) -> dict[str, File]:
    """Return the files of a site by their path below ``folder``, with their SHA-256."""
    return {
        file.relative_to(folder).as_posix(): File(hashlib.sha256(data := file.read_bytes()).hexdigest(), len(data))
        for file in files_below(folder)
    }
