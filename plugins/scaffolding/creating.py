"""`frontispiece new`: what its owner is asked, and the repository. Nothing is written unless everything can be."""

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from ..problems import ContentError, InvalidValueError, Place, Problem, Problems
from ..settings import site_url
from ..transaction import obstacles, restore, write_all
from .files import RECORD, Owner, Record, fingerprint, generated, owned, unfinished, with_address

Import = Callable[[Path], None]  # takes over another site into a folder: `plugins.importing`


def owner_name(text: str) -> str:
    """Return a name without the blanks around it; InvalidValueError for one that is not a single printable line."""
    name = text.strip()
    if not name.isprintable():
        raise InvalidValueError("has a character that cannot be printed", "write the name on one line")
    return name


def site_address(text: str) -> str:
    """Return the address of a site as SITEURL has it: ``name.github.io`` gets ``https://``; "" stays so.

    InvalidValueError for what is not the address of a site.
    """
    text = text.strip()
    return site_url((text if "://" in text or not text else f"https://{text}").rstrip("/"))


def ask_owner(name: str, site_url: str, ask: Callable[[str], str] | None) -> Owner:
    """Return whose site it is, by the options ``--name`` and ``--site-url``; ``ask`` puts a question for each without.

    Without ``ask`` what is missing stays "". Raises ContentError for options that cannot be used.
    """
    problems = Problems()
    answers = []
    address = "The site's address, such as https://name.github.io (empty if not yet known): "
    options = ("--name", name, "Your name: ", owner_name), ("--site-url", site_url, address, site_address)
    for option, given, question, check in options:
        if given or ask is None:
            with problems.collect(Place(option), given):
                answers.append(check(given))
        else:
            answers.append(_answer(question, check, ask))
    if problems.failed:
        raise ContentError(problems)
    return Owner(*answers)


def _answer(question: str, check: Callable[[str], str], ask: Callable[[str], str]) -> str:
    """Ask until the answer can be used; the end of the input is an empty answer."""
    reason = ""
    while True:
        try:
            return check(ask(reason + question))
        except EOFError:
            return ""
        except InvalidValueError as error:
            reason = f"That {error}.\n"


def new_site(
    folder: Path, owner: Owner, version: str, import_into: Import | None = None
) -> tuple[list[str], list[Problem]]:
    """Write the repository of a new site into ``folder``.

    ``import_into`` adds the content of another site to a folder that holds the new one; what it raises is passed on.
    The owner's address goes before the one that it finds. Returns the paths written, relative to ``folder``, and a
    warning for each line that the owner has to write. Raises ContentError, and leaves
    ``folder`` as it was, for each file that exists already or cannot be written.
    """
    if folder.name.startswith("-"):  # Invoke takes an unknown option for an argument
        hint = "`frontispiece new --help` explains the options"
        raise ContentError([Problem(str(folder), 0, "", "is an unknown option, not a folder", hint)])
    program = generated(version)
    record = Record(version, {path: fingerprint(data) for path, data in program.items()})
    files = {**owned(owner), **program, RECORD: str(record).encode()}
    others: dict[str, Path] = {}
    restore(folder)
    with TemporaryDirectory() as scratch:
        if import_into is not None:
            write_all(Path(scratch), files)
            import_into(Path(scratch))
            found = (file for file in sorted(Path(scratch).rglob("*")) if file.is_file())
            others = {file.relative_to(scratch).as_posix(): file for file in found}
            files = {path: others[path].read_bytes() for path in files if path in others}
            files.update(with_address(files, owner))
        whole: dict[str, bytes | Path] = {**others, **files}
        if problems := obstacles(folder, whole, replace=False):
            raise ContentError(problems)
        write_all(folder, whole)
    return sorted(whole), unfinished(files, version)


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
