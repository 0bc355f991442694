"""`frontispiece new`: the repository of a new site. Nothing is written unless everything can be."""

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from ..problems import ContentError, Problem
from ..transaction import obstacles, restore, write_all
from .files import RECORD, Owner, Record, fingerprint, generated, owned, unfinished, with_address

# Imports another site into a folder, and returns the paths written, those replaced, and warnings: `plugins.importing`.
Import = Callable[[Path], tuple[list[str], list[str], list[Problem]]]


def new_site(
    folder: Path, owner: Owner, version: str, import_into: Import | None = None
) -> tuple[list[str], list[Problem]]:
    """Write the repository of a new site into ``folder``.

    ``import_into`` adds the content of another site to a folder that holds the new one; what it raises is passed on.
    The owner's address goes before the one that it finds. Returns the paths written, relative to ``folder``, and the
    warnings: those of the import, and one for each line that the owner has to write. Raises ContentError, and leaves
    ``folder`` as it was, for each file that exists already or cannot be written.
    """
    if folder.name.startswith("-"):  # Invoke takes an unknown option for an argument
        hint = "`frontispiece new --help` explains the options"
        raise ContentError([Problem(str(folder), 0, "", "is an unknown option, not a folder", hint)])
    program = generated(version)
    record = Record(version, {path: fingerprint(data) for path, data in program.items()})
    files = {**owned(owner), **program, RECORD: str(record).encode()}
    others: dict[str, Path] = {}
    warnings: list[Problem] = []
    restore(folder)
    with TemporaryDirectory() as scratch:
        if import_into is not None:
            write_all(Path(scratch), files)
            *_, warnings = import_into(Path(scratch))
            found = (file for file in sorted(Path(scratch).rglob("*")) if file.is_file())
            others = {file.relative_to(scratch).as_posix(): file for file in found}
            files = {path: others[path].read_bytes() for path in files}
            files.update(with_address(files, owner))
        whole: dict[str, bytes | Path] = {**others, **files}
        if problems := obstacles(folder, whole, replace=False):
            raise ContentError(problems)
        write_all(folder, whole)
    return sorted(whole), [*warnings, *unfinished(files, version)]


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
