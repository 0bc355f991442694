"""What Jekyll reads of a checkout: which files, by its rules for names, and which front matter, with its defaults.

Jekyll's own classes are named where a rule comes from; their version is 4.3. Edge: reads the checkout.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from fnmatch import translate
from pathlib import Path
from typing import NamedTuple

from ..problems import Problems
from ..settings import is_text
from ..yaml_mapping import Value, parse_yaml

Data = Mapping[str, Value]

_HEADER = re.compile(rb"---\s*\r?\n")
_FRONT_MATTER = re.compile(r"---\s*\n(.*?\n?)^(?:---|\.\.\.)\s*$\n?", re.DOTALL | re.MULTILINE)
_LONGEST = 1 << 20  # bytes of a page
_SPECIAL = tuple("._#~")
_EXCLUDED = (
    ".sass-cache .jekyll-cache gemfiles Gemfile Gemfile.lock node_modules "
    "vendor/bundle/ vendor/cache/ vendor/gems/ vendor/ruby/"
).split()


class Patterns:
    """The entries of ``include`` or ``exclude`` (``EntryFilter#glob_include?``)."""

    def __init__(self, entries: Iterable[object]) -> None:
        texts = [re.sub("/+", "/", f"/{entry}") for entry in entries if isinstance(entry, str)]
        self._starts = tuple(texts)
        globs = [translate(text) for text in texts if re.search(r"[*?\[\\]", text)]
        self._globs = re.compile("|".join(globs)) if globs else None

    def match(self, path: str, *, is_folder: bool = False) -> bool:
        """Return whether a path from the root of the checkout is meant: an entry is the start of a path, or a glob."""
        path = f"/{path.lstrip('/')}"
        return bool(
            path.startswith(self._starts)
            or (self._globs and self._globs.fullmatch(path))
            or (is_folder and f"{path}/" in self._starts)
        )


class Entry(NamedTuple):
    """A file that Jekyll reads: its path below the folder that was asked for, and whether front matter begins it."""

    path: str
    has_header: bool


class JekyllSource:
    """A checkout as Jekyll reads it. ``config`` is what ``_config.yml`` holds."""

    def __init__(self, root: Path, config: Data) -> None:
        self.root, self.config = root, config
        include, exclude = _list(config.get("include", [".htaccess"])), _list(config.get("exclude"))
        self._include = Patterns(include)
        self._exclude = Patterns(entry for entry in [*exclude, *_EXCLUDED] if entry not in include)
        self.included = [str(entry) for entry in include if isinstance(entry, str)]
        self.defaults = Defaults(config.get("defaults"))
        self._real = os.path.realpath(root)

    def folder(self, path: str) -> tuple[list[str], list[Entry]]:
        """Return the folders and the files that Jekyll reads right in a folder (``Reader#read_directories``)."""
        folders: list[str] = []
        files: list[Entry] = []
        for entry in self._scan(path):
            is_folder = entry.is_dir(follow_symlinks=False)
            if self._keeps(entry.name, path, is_folder=is_folder):
                if is_folder:
                    folders.append(entry.name)
                elif self._is_file(entry, f"{path}/{entry.name}"):
                    files.append(Entry(entry.name, self.has_header(f"{path}/{entry.name}")))
        return folders, files

    def below(self, folder: str, *, hidden: bool = True) -> Iterator[Entry]:
        """Yield the files at any depth of a collection's or the posts' folder, where only their own names count.

        ``hidden``: also those in folders whose names begin with a dot, as for a collection.
        """
        waiting = [""]
        while waiting:
            prefix = waiting.pop()
            for entry in self._scan(f"{folder}/{prefix}"):
                path = prefix + entry.name
                if entry.name.startswith(".") and not hidden:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif self._keeps(path, folder, is_folder=False) and self._is_file(entry, f"{folder}/{path}"):
                    yield Entry(path, self.has_header(f"{folder}/{path}"))

    def _scan(self, folder: str) -> list[os.DirEntry[str]]:
        with suppress(OSError), os.scandir(self.root / folder.strip("/")) as entries:
            return sorted((entry for entry in entries if is_text(entry.name)), key=lambda entry: entry.name)
        return []

    def _keeps(self, entry: str, folder: str, *, is_folder: bool) -> bool:
        """Return whether Jekyll reads an entry of a folder (``EntryFilter#filter``)."""
        name = entry.rpartition("/")[2]
        if entry.endswith("."):
            return False
        if self._include.match(entry, is_folder=is_folder) or self._include.match(name):
            return True
        hidden = entry.startswith(_SPECIAL) or name.startswith(_SPECIAL) or entry.endswith("~")
        return not (hidden or self._exclude.match(f"{folder}/{entry}", is_folder=is_folder))

    def _is_file(self, entry: os.DirEntry[str], path: str) -> bool:
        return self.is_file(path) if entry.is_symlink() else entry.is_file()

    def is_file(self, path: str) -> bool:
        """Return whether there is a file inside the checkout; a link out of it is not followed."""
        real = Path(os.path.realpath(self.root / path.strip("/")))
        return real.is_relative_to(self._real) and os.path.isfile(real)  # noqa: PTH113  (Path's own may raise)

    def has_header(self, path: str) -> bool:
        """Return whether a file begins with front matter, so that it is rendered (``Utils.has_yaml_header?``)."""
        with suppress(OSError), (self.root / path.strip("/")).open("rb") as file:
            return bool(_HEADER.match(file.readline(100)))
        return False

    def front_matter(self, path: str) -> dict[str, Value]:
        """Return the keys of a file; none where they cannot be read, as in Jekyll."""
        return self.page(path)[0]

    def page(self, path: str) -> tuple[dict[str, Value], str]:
        """Return the keys and the body of a file."""
        text = self.text(path)
        if match := _FRONT_MATTER.match(text):
            return dict(parse_yaml(match[1], path, Problems()).values), text[match.end() :]
        return {}, text

    def text(self, path: str) -> str:
        """Return the text of a file, with its lines ended by LF; "" where it cannot be read."""
        with suppress(OSError), (self.root / path.strip("/")).open("rb") as file:
            return file.read(_LONGEST).decode("utf-8-sig", "replace").replace("\r\n", "\n")
        return ""


class Defaults:
    """The ``defaults`` of the configuration (``FrontmatterDefaults``)."""

    def __init__(self, sets: object) -> None:
        self._sets: list[tuple[str, str | None, Data]] = []  # path, type, values
        for each in sets if isinstance(sets, list) else ():
            if isinstance(each, dict) and isinstance(values := each.get("values"), dict):
                scope = each.get("scope")
                scope = scope if isinstance(scope, dict) else {}
                kind = str(scope["type"]) if "type" in scope else None
                self._sets.append((str(scope.get("path") or ""), _PLURAL.get(kind or "", kind), values))

    def values(self, path: str, kind: str | None, key: str = "") -> dict[str, Value]:
        """Return the values for the file at a path, or that of one key: by the order in which Jekyll merges them.

        A longer path takes precedence over a shorter one, a type over none, what comes later over the same; what has no
        precedence over all before it comes after all of them.
        """
        path = path.removeprefix("/")
        merged: dict[str, Value] = {}
        highest: tuple[int, bool] = (0, False)
        for scope, of, values in self._sets:
            if of not in (None, kind) or not _is_below(path, scope) or (key and key not in values):
                continue
            rank = (len(scope.removeprefix("/")), of is not None)
            given: dict[str, Value] = {name: value for name, value in values.items() if value is not None}
            merged = merged | given if rank >= highest else given | merged
            highest = max(rank, highest)
        return merged


_PLURAL = {"page": "pages", "post": "posts", "draft": "drafts"}


def _is_below(path: str, scope: str) -> bool:
    if "*" not in scope:
        return path.startswith(scope)
    glob = re.escape(scope).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return bool(re.match(glob, path))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
