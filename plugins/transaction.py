"""Several files are written into a folder, all of them or none (edge: writes files).

The new files, and copies of those that they replace, are first completed in ``.staging-files`` inside the folder. Then
a journal there lists them, and each is moved into place in one step. Whatever fails, `restore` undoes it by the
journal. What a killed process has left, the next `write_all` into that folder undoes first.
"""

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from .problems import ContentError, Place, Problem, Problems

WORKDIR = ".staging-files"
_JOURNAL = "journal.json"
_PART = f"{WORKDIR}-part"  # a file on its way to a folder on another file system


def obstacles(root: Path, paths: Iterable[str], *, replace: bool) -> Problems:
    """Return why files cannot be written below ``root``: a folder or a file is in the way, or the file exists.

    A file that exists is no obstacle to ``replace`` it.
    """
    problems = Problems()
    for path in paths:
        file, hint = root / path, "move it away, or name another folder"
        above = next((folder for folder in file.parents if os.path.lexists(folder)), root)
        if os.path.lexists(above) and not above.is_dir():
            problems.error(Place(above.as_posix()), "is not a folder", hint)
        elif file.is_dir() and not file.is_symlink():
            problems.error(Place(file.as_posix()), "is a folder", hint)
        elif os.path.lexists(file) and not replace:
            problems.error(Place(file.as_posix()), "exists already", hint)
    return problems


def write_all(root: Path, files: Mapping[str, bytes | Path | None]) -> None:
    """Write files below ``root``: by its path each file's bytes, the file to copy, or None to remove it.

    A link there is replaced.

    Raises ContentError for what the disk refuses; then everything is as it was.
    """
    work = root / WORKDIR
    above = [folder for folder in (root, *root.parents) if not folder.exists()]
    file = root
    try:
        restore(root)
        work.mkdir(parents=True)
        replaced = {path for path in files if os.path.lexists(root / path)}
        new_paths = [path for path, source in files.items() if source is not None]
        folders = {folder for path in new_paths for folder in Path(path).parents if not (root / folder).exists()}
        for number, (path, source) in enumerate(files.items()):
            file, new = root / path, work / f"new{number}"
            if isinstance(source, Path):
                shutil.copyfile(source, new)
            elif source is not None:
                new.write_bytes(source)
            if path in replaced:
                shutil.copy2(file, work / f"old{number}", follow_symlinks=False)
                if source is not None and not file.is_symlink():
                    shutil.copymode(file, new)
        moved = ((path, _signature(work / f"new{number}")) for number, path in enumerate(files))
        journal = {
            "files": {path: [path in replaced, *signature] for path, signature in moved},
            "folders": sorted(map(str, folders)),
        }
        (work / "part").write_text(json.dumps(journal), "ascii")
        (work / "part").replace(work / _JOURNAL)
        for folder in sorted(folders):
            file = root / folder
            file.mkdir(exist_ok=True)
        for number, (path, source) in enumerate(files.items()):
            file = root / path
            if source is None:
                file.unlink(missing_ok=True)
            else:
                _move(work / f"new{number}", file)
        (work / _JOURNAL).unlink()  # nothing is undone from here on
    except BaseException as error:
        hint = "free or repair the disk and run this again, which first restores what was there"
        with contextlib.suppress(OSError):
            restore(root)
            hint = "nothing was written"
        for folder in above:
            with contextlib.suppress(OSError):
                folder.rmdir()
        if not isinstance(error, OSError):
            raise
        named = file if error.filename is None or WORKDIR in str(error.filename) else Path(error.filename)
        raise ContentError([Problem(named.as_posix(), 0, "", error.strerror or str(error), hint)]) from None
    restore(root)


def restore(root: Path) -> None:
    """Undo a `write_all` that has not come to its end; remove what any has left of its work."""
    work = root / WORKDIR
    if (work / _JOURNAL).exists():
        journal = json.loads((work / _JOURNAL).read_text("ascii"))
        for number, (path, (replaced, *moved)) in enumerate(journal["files"].items()):
            file = root / path
            file.with_name(_PART).unlink(missing_ok=True)
            if _signature(file) != moved:
                continue  # it was not moved yet, or its owner has changed it since
            if replaced:
                _move(work / f"old{number}", file)
            else:
                file.unlink()
        for folder in reversed(journal["folders"]):
            with contextlib.suppress(OSError):  # somebody else has written into it
                (root / folder).rmdir()
        (work / _JOURNAL).unlink()
    shutil.rmtree(work, ignore_errors=True)


def _move(source: Path, target: Path) -> None:
    """Move a file in one step, also to another file system."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = target.with_name(_PART)
        shutil.copy2(source, part, follow_symlinks=False)
        part.replace(target)


def _signature(file: Path) -> list[int]:
    """Return what distinguishes a file from others that were at its path; moving it changes nothing of that."""
    if not os.path.lexists(file):
        return []
    found = file.lstat()
    return [found.st_size, found.st_mtime_ns]
