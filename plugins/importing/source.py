"""Where the old site is: a folder, a ZIP file or a git address → a folder to read. Edge.

What a ZIP file unpacks, and what git clones, lies in a temporary folder as long as the import takes.
"""

import os
import re
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NoReturn

from ..problems import ContentError, Problem

MOST_FILES = 200_000
MOST_BYTES = 4 << 30  # of what a ZIP file unpacks: GitHub Pages publishes a quarter of that
_GIT = re.compile(r"(?:https?|ssh|git|file)://|[\w.-]+@[\w.-]+:|.+\.git/?$")
_HINT = "name the folder of the old site, a ZIP file of it, or its git address"


@contextmanager
def opened(name: str) -> Iterator[Path]:
    """Return the folder of an old site, which exists inside the block; ContentError for what is none."""
    path = Path(os.path.expanduser(name))  # noqa: PTH111  (Path's own raises for an unknown user)
    if path.is_dir():
        yield path
        return
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "site"
        if path.is_file():
            _unpack(path, folder)
        elif _GIT.match(name):
            _clone(name, folder)
        else:
            _refuse(name, "is missing" if not path.exists() else "is neither a folder nor a file", _HINT)
        yield _only_folder(folder)


def _only_folder(folder: Path) -> Path:
    """Return the folder in which all the rest lies, as in GitHub's ZIP files."""
    found = [entry for entry in folder.iterdir() if entry.name != "__MACOSX"]
    return found[0] if len(found) == 1 and found[0].is_dir() and not found[0].is_symlink() else folder


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack the files of a ZIP file; a name that leaves the folder, a link or a device is none."""
    try:
        with zipfile.ZipFile(archive) as opened_zip:
            members = [member for member in opened_zip.infolist() if not member.is_dir()]
            if len(members) > MOST_FILES:
                _refuse(archive, f"holds {len(members):,} files", f"unpack what is the site's: at most {MOST_FILES:,}")
            left = MOST_BYTES
            folder.mkdir()
            for member in members:
                left = _extract(opened_zip, member, folder, left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        _refuse(archive, f"is not a ZIP file that can be read: {error}", _HINT)


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path, left: int) -> int:
    """Write one file; return how many of the bytes that may be unpacked are left."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    mode = member.external_attr >> 16
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or not path.parts:
        _refuse(member.filename, "leaves the folder of the ZIP file", "unpack it yourself, and name the folder")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return left  # a link, whose target would be taken for its text
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    unpacked = archive.open  # bytes
    with unpacked(member) as source, file.open("wb") as target:
        while data := source.read(1 << 20):
            left -= len(data)
            if left < 0:
                _refuse(archive.filename or "", f"unpacks to more than {MOST_BYTES >> 30} GB", _HINT)
            target.write(data)
    return left


def _clone(address: str, folder: Path) -> None:
    """Clone the last commit of a repository."""
    if address.startswith("-"):
        _refuse(address, "is not a git address", _HINT)
    git = shutil.which("git")
    if git is None:
        _refuse(address, "cannot be fetched: git is not installed", "install git, or name a ZIP file of the repository")
    command = [git, "-c", "core.symlinks=false", "clone", "--quiet", "--depth", "1", "--no-tags", "--", address]
    environment = {"GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1"}
    done = subprocess.run(  # noqa: S603  (the address comes from the command line of whoever runs this)
        [*command, str(folder)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, **environment},
    )
    if done.returncode:
        reason = next(iter(reversed(done.stderr.strip().splitlines())), "git gives no reason")
        _refuse(address, f"cannot be cloned: {reason.removeprefix('fatal: ')}", _HINT)


def _refuse(name: object, why: str, hint: str) -> NoReturn:
    raise ContentError([Problem(str(name), 0, "", why, hint)])
