"""Publish to a plain folder: a mounted share, another checkout (edge: writes files).

The new site is copied to a place beside the folder, and the two change places; the old site stays beside it, so that
``--rollback`` can exchange them again. A ``.git`` in the folder stays there.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from ..exchange import change_places, repair
from .destination import PublishError
from .difference import Difference, File, difference

REPOSITORY = ".git"


class Folder:
    """``path``, with hidden neighbours: ``.NAME.coming`` during a publication, ``.NAME.previous`` after it."""

    def __init__(self, output: Path, path: Path) -> None:
        """Set the paths; touch nothing."""
        self.output = output
        self.path = path.absolute()
        self.coming, self.previous, self.aside = (
            self.path.with_name(f".{self.path.name}.{word}") for word in ("coming", "previous", "aside")
        )

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
        """Copy the site to a place beside the folder, and exchange the two."""
        try:
            if self.coming.exists():
                shutil.rmtree(self.coming)
            shutil.copytree(self.output, self.coming)
            for file in files_below(self.coming):
                with file.open("rb") as written:
                    os.fsync(written.fileno())
            if self.previous.exists():
                shutil.rmtree(self.previous)
            change_places(self.coming, self.path, self.aside, [REPOSITORY])
            if self.coming.exists():
                self.coming.rename(self.previous)
        except OSError as error:
            raise PublishError(
                f"{error.strerror}: {error.filename}; the site is whole, the old one or the new"
            ) from None
        return f"{self.path} is the new site, {self.previous} the previous one"

    def verify(self) -> str:
        """Read the folder back and compare it with the output."""
        if left := difference(hashed(self.path), hashed(self.output)):
            raise PublishError(f"{self.path} differs from what was published:\n{left}")
        return f"{self.path} holds exactly this site"

    def roll_back(self) -> str:
        """Exchange the folder and the site published before."""
        self.repair()
        if not self.previous.is_dir():
            raise PublishError("there is no previous deployment; the site is unchanged")
        change_places(self.previous, self.path, self.aside, [REPOSITORY])
        return f"{self.path} is the previous site again, {self.previous} the one that it replaced"

    def repair(self) -> None:
        """Complete a publication or a rollback that was killed."""
        for other in (self.previous, self.coming):
            repair(other, self.path, self.aside, [REPOSITORY])


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files of a site: all below ``folder`` but its repository."""
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
