"""The files of a checkout, and why some cannot be taken over (edge: reads folders).

What a link leads to is taken over if it is a file inside the checkout that is published itself. Any other link could
bring a private file of this machine into the site.
"""

import os
from pathlib import Path
from unicodedata import normalize

from ..ignored import FILES, FOLDERS, matcher
from ..portable_names import unusable
from ..problems import ContentError, Place, Problem, Problems
from ..settings import is_text
from .plan import Item
from .source import MOST_FILES

_CACHES = (*FOLDERS, "_site", ".sass-cache", ".jekyll-cache", ".jekyll-metadata", ".bundle", ".cache", "_gen")
_LONGEST = 200  # of the 260 characters that a whole path has on Windows
MOST_BYTES = 1 << 20  # that are read of a file to find out what it is


def walk(checkout: Path) -> tuple[list[str], list[Item]]:
    """Return the paths of all files, sorted, and an item for each entry that is none or that is not entered."""
    files: list[str] = []
    left: list[Item] = []
    is_cache, is_leftover = matcher(_CACHES), matcher(FILES)
    root = os.path.realpath(checkout)
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(checkout / prefix) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            left.append(Item(prefix, "refused", why=error.strerror or "it cannot be read"))
            continue
        for entry in entries:
            path = prefix + entry.name
            if why := _refused(entry, path, root):
                left.append(Item(path, "refused", why=why))
            elif entry.is_dir():
                if is_cache(entry.name) or path == "vendor":
                    left.append(Item(f"{path}/", "cache", why="a program made it, or keeps its own files there"))
                else:
                    waiting.append(f"{path}/")
            elif is_leftover(entry.name):
                left.append(Item(path, "cache", why="an editor, a system or git left it"))
            else:
                files.append(path)
        if len(files) > MOST_FILES:
            hint = "remove what does not belong to the site"
            raise ContentError([Problem(str(checkout), 0, "", f"holds more than {MOST_FILES:,} files", hint)])
    return sorted(files), left


def _refused(entry: os.DirEntry[str], path: str, root: str) -> str:
    """Return why an entry of a folder is not taken over, "" if it is a file or folder that may be."""
    if not is_text(entry.name):
        return "its name is not UTF-8"
    if entry.is_symlink() or os.name == "nt":
        real = Path(os.path.realpath(entry.path))
        if entry.is_symlink() or real != Path(root, *path.split("/")):  # the second for a junction
            return _wrong_target(real, root)
    return "" if entry.is_file() or entry.is_dir() else "it is neither a file nor a folder"


def _wrong_target(real: Path, root: str) -> str:
    """Return why what a link leads to is not taken over."""
    if not real.is_relative_to(root):
        return "it is a link out of the checkout"
    if not all(map(is_published, real.relative_to(root).parts)):
        return "it is a link to what Jekyll does not publish"
    if not os.path.isfile(real):  # noqa: PTH113  (Path's own may raise)
        return f"it is a link to {'a folder' if os.path.isdir(real) else 'nothing that can be read'}"  # noqa: PTH112
    return ""


def is_published(name: str) -> bool:
    """Return whether Jekyll publishes a file or folder of that name (its EntryFilter)."""
    return name[0] not in "._#~" and not name.endswith("~")


def beginning(file: Path) -> bytes:
    """Return the beginning of a file, which is all of it unless it is unusually long."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES)


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
