"""The text of a settings module → its values, or the text with others, as `frontispiece new` and the import write."""

import ast
import json
from collections.abc import Mapping


def with_settings(source: str, values: Mapping[str, object]) -> str:
    """Return a settings module's text in which each name of ``values`` has this value: a text, a list or a table.

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


def written_values(source: str) -> dict[str, str]:
    """Return the value of each name that a settings module sets, as Python writes it: ``"en"`` is ``'en'``."""
    return {name: ast.unparse(value) for node in ast.parse(source).body for name, value in _assigned(node)}


def _assigned(node: ast.stmt) -> list[tuple[str, ast.expr]]:
    """Return the names that a statement sets, each with its value."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return [(name, value)]
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return [(name, value)]
        case _:
            return []


def _literal(value: object) -> str:
    """Return a value as Python writes it; JSON of texts, lists and tables is Python too."""
    return repr(value) if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
