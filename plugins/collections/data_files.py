"""Data files → what Liquid calls ``site.data``, as Jekyll reads them (``Jekyll::DataReader``).

``people.yml`` is ``site.data.people``, ``lab/rooms.csv`` is ``site.data.lab.rooms``: a table's rows are mappings of
texts by the names in its first line.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import PurePosixPath

from ..comments import public
from ..problems import Place, Problems
from ..utf8 import decode
from ..yaml_mapping import MAX_DEPTH, read_yaml_value
from .liquid_variables import Folder, with_fields

_TABLE = "write each row on a line, its values in the order of the first line, with quotes around a comma or a quote"


def read_data(files: Iterable[tuple[str, str, bytes]], problems: Problems) -> Folder:
    """Return the values of data files, each given by its path below the folder, its path in problems and its bytes.

    They are in the order in which Jekyll has them: files before folders, by their kind and name.
    """
    folders: dict[tuple[str, ...], Folder] = {(): Folder()}
    sources: dict[tuple[str, ...], str] = {}
    for name, path, data in sorted(files, key=lambda each: _order(each[0])):
        file = PurePosixPath(name)
        read = _READERS.get(file.suffix.lower())
        if not read:
            hint = f"write it as {', '.join(_READERS)}, or move it"
            problems.warn(Place(path), "is no data file, and is not read", hint)
            continue
        keys = tuple(map(_key, file.with_suffix("").parts))
        above = [keys[:end] for end in range(1, len(keys))]
        taken = next((sources[each] for each in (*above, keys) if each in sources), "")
        if taken or keys in folders:
            other = taken or "a folder beside it"
            problems.warn(Place(path), f"has the same name as {other}, and is not read", "rename one of them")
            continue
        sources[keys] = path
        for each in above:
            if each not in folders:
                folders[each] = folders[each[:-1]][each[-1]] = Folder()
        with problems.collect(Place(path, 0, "data")):
            folders[keys[:-1]][keys[-1]] = with_fields(public(read(data, path, problems), MAX_DEPTH))
    return folders[()]


def _order(name: str) -> list[tuple[int, str]]:
    *above, file = PurePosixPath(name).parts
    suffix = PurePosixPath(file).suffix.lower()
    kind = _KINDS.index(suffix) if suffix in _READERS else len(_KINDS)
    return [*((len(_KINDS), folder) for folder in above), (kind, file)]


def _key(name: str) -> str:
    """Return the name by which Liquid finds a file or a folder."""
    return re.sub(r"\s+", "_", re.sub(r"[^\w\s-]+", "", name, flags=re.ASCII).strip())


def _json(data: bytes, path: str, problems: Problems) -> object:
    text = decode(data, path, problems)
    try:
        return None if text is None else json.loads(text)
    except json.JSONDecodeError as error:
        problems.error(Place(path, error.lineno, "JSON"), f"cannot be read: {error.msg}", "correct it, or write YAML")
    except (RecursionError, ValueError):  # of a number with thousands of digits
        problems.error(Place(path, 0, "JSON"), "is nested too deeply, or has too long a number", "write less")
    return None


def _table(separator: str, data: bytes, path: str, problems: Problems) -> object:
    text = decode(data, path, problems)
    rows = csv.reader(StringIO(text or "", newline=""), delimiter=separator, strict=True)
    found: list[dict[str, str | None]] = []
    try:
        names = next(rows, [])
        for row in rows:
            if len(row) > len(names):
                message = f"has {len(row)} values, but the first line has {len(names)} names"
                problems.warn(Place(path, rows.line_num, "row"), message, _TABLE)
            values = [value or None for value in row] + [None] * len(names)
            found.append({})
            for name, value in zip(names, values, strict=False):
                found[-1].setdefault(name, value)
    except csv.Error as error:
        problems.error(Place(path, rows.line_num, "row"), f"cannot be read: {error}", _TABLE)
    return found


_KINDS = (".yaml", ".yml", ".json", ".csv", ".tsv")
_READERS: dict[str, Callable[[bytes, str, Problems], object]] = {
    ".yml": read_yaml_value,
    ".yaml": read_yaml_value,
    ".json": _json,
    ".csv": lambda data, path, problems: _table(",", data, path, problems),
    ".tsv": lambda data, path, problems: _table("\t", data, path, problems),
}
