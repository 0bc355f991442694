"""`frontispiece new`: the repository of a new site. Nothing is written unless everything can be."""

import os
import shlex
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from ..problems import ContentError, Problem
from .files import Owner, generated, owned, unfinished, with_address
from .record import FILE, Record, fingerprint

# Imports another site into a folder, and returns the paths written and warnings, as `plugins.importing` does.
Import = Callable[[Path], tuple[list[str], list[Problem]]]


def new_site(
    folder: Path, owner: Owner, version: str, import_into: Import | None = None
) -> tuple[list[str], list[Problem]]:
    """Write the repository of a new site into ``folder``.

    ``import_into`` adds the content of another site to a folder that holds the new one; what it raises is passed on.
    The owner's address goes before the one that it finds. Returns the paths written, relative to ``folder``, and the
    warnings: those of the import, and one for each line that the owner has to write. Raises ContentError, before
    anything is written, for each file that exists already or cannot be written.
    """
    if folder.name.startswith("-"):  # Invoke takes an unknown option for an argument
        hint = "`frontispiece new --help` explains the options"
        raise ContentError([Problem(str(folder), 0, "", "is an unknown option, not a folder", hint)])
    program = generated(version)
    record = Record(version, {path: fingerprint(data) for path, data in program.items()})
    files = {**owned(owner), **program, FILE: str(record).encode()}
    warnings: list[Problem] = []
    if import_into is not None:
        with TemporaryDirectory() as scratch:
            _write(Path(scratch), files)
            _, warnings = import_into(Path(scratch))
            files = {
                file.relative_to(scratch).as_posix(): file.read_bytes()
                for file in sorted(Path(scratch).rglob("*"))
                if file.is_file()
            }
            files.update(with_address(files, owner))
    if problems := list(filter(None, (_obstacle(folder, path) for path in files))):
        raise ContentError(problems)
    _write(folder, files)
    return sorted(files), [*warnings, *unfinished(files, version)]


def next_steps(folder: Path, count: int) -> str:
    """Return what `frontispiece new` prints at its end: the commands that show the new site."""
    where = folder.as_posix()
    if os.name == "nt":
        commands = [f'cd "{folder}"', "py -m venv .venv", r".venv\Scripts\pip install -r requirements.txt"]
        commands.append(r".venv\Scripts\frontispiece serve")
    else:
        commands = [f"cd {shlex.quote(where)}", "python3 -m venv .venv", ".venv/bin/pip install -r requirements.txt"]
        commands.append(".venv/bin/frontispiece serve")
    return "\n".join([f"wrote {count} files to {where}/. Next:", *(f"    {command}" for command in commands)])


def _obstacle(folder: Path, path: str) -> Problem | None:
    """Return why a file cannot be written: it exists, or a file is where its folder would be."""
    file = folder / path
    if os.path.lexists(file):
        return Problem(file.as_posix(), 0, "", "exists already", "move it away, or name another folder")
    for parent in file.parents:
        if parent.is_dir():
            return None
        if os.path.lexists(parent):
            return Problem(parent.as_posix(), 0, "", "is not a folder", "move it away, or name another folder")
    return None


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files, none over another; if one cannot be written, remove those that were."""
    written: list[Path] = []
    try:
        for path, data in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as stream:
                written.append(file)
                stream.write(data)
    except OSError as error:
        for file in written:
            with suppress(OSError):
                file.unlink()
        raise ContentError([Problem(str(error.filename or folder), 0, "", error.strerror or str(error))]) from None
