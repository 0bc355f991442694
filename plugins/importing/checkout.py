"""A checkout's files: which of them are taken over, and why each of the others is not (edge: reads folders).

What a link leads to is taken over if it is a file inside the checkout that is published itself. Any other link could
bring a private file of this machine into the site.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from ..portable_names import unusable
from ..problems import Place, Problems

# Folders of the template: none of their files is the author's.
TEMPLATE_FOLDERS = {"assets", "markdown_generator", "talkmap", "scripts", "node_modules", "vendor", "docs"}
HANDLED = {".git", "_config.yml", "_pages", "CNAME"}
_LONGEST = 200  # of the 260 characters that a whole path has on Windows
_HINT = "copy what is yours to content/"


def files_in_folders(checkout: Path, problems: Problems) -> Iterator[tuple[str, Path]]:
    """Yield the path of each file that is taken over as it is, and the file to read; warn of all others."""
    for entry in sorted(checkout.iterdir()):
        name = f"{entry.name}/" if entry.is_dir() else entry.name
        if entry.name in HANDLED:
            continue
        if entry.name in TEMPLATE_FOLDERS:
            problems.warn(Place(name), "is not imported: it is the template's", _HINT)
        elif entry.is_file() and not left_out(entry, checkout):
            problems.warn(Place(name), "is not imported: only folders are", "copy it to content/root/ if it is yours")
        else:
            yield from files_at(entry, checkout, problems)


def files_at(top: Path, checkout: Path, problems: Problems) -> Iterator[tuple[str, Path]]:
    """Yield the path of a file, or of each one below a folder, and the file to read; warn of those left out."""
    waiting = [top]
    while waiting:
        entry = waiting.pop()
        path = entry.relative_to(checkout).as_posix()
        if why := left_out(entry, checkout):
            problems.warn(Place(path), f"is not imported: {why}", _HINT)
        elif entry.is_dir():
            waiting += sorted(entry.iterdir(), reverse=True)
        else:
            yield path, Path(os.path.realpath(entry))


def left_out(entry: Path, checkout: Path) -> str:
    """Return why a file or folder is not taken over, "" if it is."""
    if not os.path.lexists(entry):
        return "is missing"
    root, target = Path(os.path.realpath(checkout)), Path(os.path.realpath(entry))
    path = entry.relative_to(checkout)
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    if not is_published(entry.name) and path.as_posix() not in HANDLED:
        return "Jekyll does not publish such a name"
    if entry.is_symlink() or target != root / path:  # the second for a junction on Windows
        if not target.is_relative_to(root):
            return "it is a link out of the checkout"
        if not all(map(is_published, target.relative_to(root).parts)):
            return "it is a link to what Jekyll does not publish"
        if not target.is_file():
            return "it is a link to a folder" if target.is_dir() else "it is a link to nothing that can be read"
    return "" if target.is_file() or target.is_dir() else "it is neither a file nor a folder"


def is_published(name: str) -> bool:
    """Return whether Jekyll publishes a file or folder of that name (its EntryFilter)."""
    return name[0] not in "._#" and not name.endswith("~")


def report_names(paths: list[str], problems: Problems) -> None:
    """Warn of paths that other systems cannot have: reserved names, long ones, two that others take for one."""
    folded: dict[str, str] = {}
    for path in paths:
        first = folded.setdefault(normalize("NFC", path).casefold(), path)
        if first != path:
            problems.warn(
                Place(path), f"differs from {first!r} in case or form only, so that one of them is lost elsewhere"
            )
        elif why := unusable(path):
            problems.warn(Place(path), f"{why}, so that it is lost there", "rename it")
        elif len(path) > _LONGEST:
            problems.warn(Place(path), f"has {len(path)} characters, more than Windows may allow", "shorten its name")
