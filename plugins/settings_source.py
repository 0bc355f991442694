"""The text of a settings module → the same text with other values. `frontispiece new` and the import write these."""

import ast
import json
from collections.abc import Mapping


def with_settings(source: str, values: Mapping[str, str]) -> str:
    """Return a settings module's text in which each name of ``values`` has this text as its value.

    Comments and the order of lines stay. A name that the module does not set is added at its end.
    """
    lines = source.encode().splitlines(keepends=True)  # the positions of `ast` count bytes
    found = {name: value for node in ast.parse(source).body for name, value in _assigned(node) if name in values}
    # From the end to the beginning, so that the positions of the values before stay right.
    for name, value in sorted(found.items(), key=lambda item: (item[1].lineno, item[1].col_offset), reverse=True):
        first, last = value.lineno - 1, (value.end_lineno or value.lineno) - 1
        before, after = lines[first][: value.col_offset], lines[last][value.end_col_offset :]
        lines[first : last + 1] = [before + _literal(values[name]).encode() + after]
    added = [f"{name} = {_literal(value)}\n".encode() for name, value in values.items() if name not in found]
    return b"".join([*lines, *added]).decode()


def _assigned(node: ast.stmt) -> list[tuple[str, ast.expr]]:
    """Return the names that a statement sets, each with its value."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return [(name, value)]
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return [(name, value)]
        case _:
            return []


def _literal(value: str) -> str:
    """Return a text as Python writes it; a JSON string is a Python string too."""
    return json.dumps(value, ensure_ascii=False)
