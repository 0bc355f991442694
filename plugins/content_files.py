"""The files below the content: what a build may read and copy, and what it leaves out, and why. Edge: lists folders.

Left out with a warning, wherever it lies:

- what begins with ``_`` or ``.``, except what hosts read in ``content/root/``, and what the settings name;
- a link that leaves the project, that leads to such a name, or to a folder that it lies in;
- what cannot be copied: a pipe, a socket, a device, a link that leads nowhere, what must not be read;
- what has a name that is not UTF-8;
- a page outside the folders of pages: it would be copied as it is, notes included.

What `plugins.ignored` names is left out without a word.
"""

import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from . import ignored
from .front_matter import has_front_matter
from .portable_names import FOR_HOSTS, MARKDOWN
from .problems import Place, Problems
from .settings import is_text

_SUFFIXES = tuple(f".{name}" for name in MARKDOWN)
MOST_LINKS = 200  # to folders; those that lead to each other multiply
MOST_LEVELS = 100  # of folders in folders
MOST_BYTES = 1 << 20  # in which the front matter of a page begins
_PAGE = re.compile(r"\.(?:md|mdown|markdown|mkd|mkdn|mkdown|mdwn|mdtxt|mdtext|html?)(?:$|[.~ ])", re.IGNORECASE)


class Reason(NamedTuple):
    """Why something is left out, a way out, and whether that is an error where a page would vanish."""

    why: str
    hint: str
    broken: bool = False


PRIVATE = Reason("names that begin with '_' or '.' are private", "rename it to publish it")
FOR_ROOT = Reason(PRIVATE.why, "what hosts read belongs to content/root/")
PAGE = Reason("what has front matter is a page", "move it to content/pages/")
OUTSIDE = Reason("links out of the project are not followed", "put a copy in its place")
TO_PRIVATE = Reason("it leads to a name that begins with '_' or '.', which is private", "put a copy in its place")
CIRCLE = Reason("links to a folder that they lie in are not followed", "remove it")
TOO_MANY = Reason(f"more than {MOST_LINKS:,} links to folders are not followed", "remove those that lead to each other")
DEEP = Reason(f"more than {MOST_LEVELS} levels of folders are not copied", "move it up")
NOWHERE = Reason("links that lead nowhere are not followed", "remove it, or restore what it leads to", broken=True)
NO_FILE = Reason("pipes, sockets and devices are not copied", "remove it", broken=True)
UNNAMED = Reason("its name is not UTF-8", "rename it", broken=True)
UNREADABLE = Reason("there is no permission to read it", "change its permissions", broken=True)


class ContentFiles(NamedTuple):
    """Paths below the content, with forward slashes: ``files`` may be read; ``pages`` are those not to be copied.

    ``documents`` are the Markdown files, and those with front matter, in the folders of collections.
    """

    files: set[str]
    pages: set[str]
    documents: set[str]
    left_out: dict[str, Reason]

    def below(self, paths: Iterable[str], exclude: Iterable[str] = ()) -> set[str]:
        """Return the files that are, or lie in, one of ``paths``, and in none of the folders ``exclude``."""
        wanted, unwanted = prefixes(paths), prefixes(exclude)
        return {at for at in self.files if f"{at}/".startswith(wanted) and not f"{at}/".startswith(unwanted)}

    def report(self, content: str, page_folders: Iterable[str], read: Container[str], problems: Problems) -> None:
        """Report what is left out, except pages that have been ``read``; of many files in one folder, some names."""
        groups: dict[tuple[str, Reason], list[str]] = defaultdict(list)
        in_pages = prefixes(page_folders)
        for path, reason in self.left_out.items():
            folder, _, name = path.rpartition("/")
            if path not in read:
                groups[f"{content}/{folder}".rstrip("/"), reason].append(name)
        for (folder, reason), names in groups.items():
            is_page = f"{folder}/".removeprefix(f"{content}/").startswith(in_pages)
            report = problems.error if reason.broken and is_page else problems.warn
            if len(names) > 3:
                some = f"{', '.join(names[:3])} and {len(names) - 3} more"
                report(Place(folder), f"{some} are not published: {reason.why}", reason.hint)
                continue
            for name in names:
                report(Place(f"{folder}/{name}"), f"is not published: {reason.why}", reason.hint)


class Lister:
    """Lists what lies below ``content``, an absolute path without links.

    ``page_folders`` are those of pages and articles, ``collections`` those of collections, ``named`` the paths that the
    settings name, ``ignore`` the patterns of ``IGNORE_FILES``.
    """

    def __init__(
        self,
        content: Path,
        page_folders: Iterable[str],
        collections: Iterable[str],
        named: Iterable[str],
        ignore: Iterable[str],
    ) -> None:
        self._content = content
        self._in_pages = prefixes(page_folders)
        self._in_collections = prefixes(collections)
        self._exempt = {step for path in prefixes(named) for step in _steps(path)}
        folders = tuple(sorted({*ignored.FOLDERS, *ignore}.difference(ignored.FILES)))
        self._ignores_file, self._ignores_folder = ignored.matcher((*ignored.FILES, *folders)), ignored.matcher(folders)

    def list(self) -> ContentFiles:
        """List all of it."""
        listed = ContentFiles(set(), set(), set(), {})
        links = 0
        reported: set[Path] = set()  # real paths; links may lead there again
        # Folders to list: path, real path, and the real paths of the folders whose links led there.
        waiting: list[tuple[str, Path, tuple[Path, ...]]] = [("", self._content, ())]
        while waiting:
            prefix, real, trail = waiting.pop()
            try:
                with os.scandir(real) as entries:
                    found = sorted(entries, key=lambda entry: entry.name)
            except OSError:
                listed.left_out[prefix.rstrip("/")] = UNREADABLE
                continue
            for entry in found:
                path, is_folder, is_link = prefix + entry.name, _is(entry.is_dir), _is_link(entry)
                if (self._ignores_folder if is_folder else self._ignores_file)(entry.name):
                    continue
                links += is_link and is_folder
                target = real / entry.name
                reason = self._private(path) if is_text(entry.name) else UNNAMED
                if is_link and not reason:
                    target = Path(os.path.realpath(entry.path))
                    reason = self._wrong_link(target, (*trail, real)) if links <= MOST_LINKS else TOO_MANY
                if is_folder and prefix.count("/") >= MOST_LEVELS:
                    reason = DEEP
                if is_folder and not reason:
                    if is_link:  # at last, so that what is reported has its real path
                        waiting.insert(0, (f"{path}/", target, (*trail, real)))
                    else:
                        waiting.append((f"{path}/", target, trail))
                    continue
                reason = reason or self._wrong_file(path, entry, target)
                if path.startswith(self._in_collections) and (reason is PAGE or (not reason and _is_markdown(path))):
                    reason = None
                    listed.documents.add(path)
                    listed.pages.add(path)
                if reason and not (real / entry.name in reported or (reason is TOO_MANY and links > MOST_LINKS + 1)):
                    reported.add(real / entry.name)
                    listed.left_out[path] = reason
                if reason in (None, PAGE):
                    listed.files.add(path)
                if reason is PAGE or (_PAGE.search(path) and f"{path}/".startswith(self._in_pages)):
                    listed.pages.add(path)
        return listed

    def _private(self, path: str) -> Reason | None:
        """Return why a path is private: a name in it begins with ``_`` or ``.``, and nothing exempts it."""
        for step in _steps(path):
            name = step.rpartition("/")[2]
            if name[0] in "_." and step not in self._exempt:
                if name not in FOR_HOSTS:
                    return PRIVATE
                if not step.startswith("root/"):
                    return FOR_ROOT
        return None

    def _wrong_link(self, target: Path, trail: Iterable[Path]) -> Reason | None:
        """Return why a link is not followed; ``trail`` are the real folders that it lies in, over other links too."""
        if not target.is_relative_to(self._content.parent):
            return OUTSIDE
        if any(folder.is_relative_to(target) for folder in trail):
            return CIRCLE
        inside = target.is_relative_to(self._content)
        if self._private(target.relative_to(self._content if inside else self._content.parent).as_posix()):
            return TO_PRIVATE
        return None

    def _wrong_file(self, path: str, entry: os.DirEntry[str], target: Path) -> Reason | None:
        """Return why a file is not copied."""
        if not _is(entry.is_file):
            return NO_FILE if target.exists() else NOWHERE
        if not os.access(target, os.R_OK):
            return UNREADABLE
        is_known = f"{path}/".startswith(self._in_pages) or (
            path.startswith(self._in_collections) and _is_markdown(path)
        )
        if is_known or not (_PAGE.search(path) or _PAGE.search(target.name)):
            return None
        with target.open("rb") as file:
            return PAGE if has_front_matter(file.read(MOST_BYTES)) else None


def _is_markdown(path: str) -> bool:
    return path.lower().endswith(_SUFFIXES)


def prefixes(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the beginnings of the paths, each with a slash behind it, that lie in one of ``paths``."""
    clean = (PurePosixPath(path).as_posix() for path in paths)
    return tuple("" if path == "." else f"{path}/" for path in clean)


def _steps(path: str) -> Iterator[str]:
    """Yield ``a``, ``a/b``, ``a/b/c`` of ``a/b/c``."""
    yield from (path[:end] for end, letter in enumerate(f"{path}/") if letter == "/" and end)


def _is(kind: Callable[[], bool]) -> bool:
    """Return whether an entry is of a kind; a link that leads to itself is of none."""
    with suppress(OSError):
        return kind()
    return False


def _is_link(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a symbolic link, or a junction on Windows."""
    return entry.is_symlink() or (sys.version_info >= (3, 12) and entry.is_junction())
