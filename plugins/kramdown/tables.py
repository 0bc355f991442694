"""Tables: lines with a pipe, with or without a delimiter row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .ruby import FLAGS
from .spans import CODE_AND_HTML, CODE_ONLY, Spans
from .tree import Node

if TYPE_CHECKING:
    from .blocks import Blocks

_START = re.compile(r" {0,3}(?=\S)(?:\||[^\n]*?[^\\\n]\|)", FLAGS)
_PIPE = re.compile(r"\||[^\n]*?[^\\\n]\|", FLAGS)
_LEADING_PIPE = re.compile(r"\s*\|", FLAGS)
_SEPARATOR = re.compile(r"[+|: \t-]*\n")
_FOOTER = re.compile(r"[+|: \t=]*\n")
_ALIGNMENT = re.compile(r"[ \t]?(:?)-+(:?)[ \t]?")
_CODE_ELEMENT = re.compile(r"(<code[^\n]*?>[^\n]*?</code>)")
_BAR = re.compile(r"(?<!\\)\|")
_TICKS = re.compile("`+")
_ALIGNMENTS = {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "center"}


def parse(blocks: Blocks) -> bool:
    """Read a table between blank lines: rows, lines of dashes between its bodies, a line of `=` before its footer."""
    text, start = blocks.text, blocks.pos
    if not _START.match(text, start) or not blocks.after_boundary():
        return False
    table, columns, alignment = _rows(blocks)
    end = blocks.pos
    if (
        not blocks.before_boundary()
        or not _pipe_on_every_line(blocks, text[start : end - 1])
        or not any(part.kind == "tbody" for part in table.children)
    ):
        blocks.pos = start
        return False
    table.ial, blocks.pending = blocks.pending, None
    for part in table.children:
        for row in part.children:
            row.children.extend(Node("td") for _ in range(columns - len(row.children)))
            for cell, side in zip(row.children, alignment, strict=False):
                if side:
                    cell.attributes["style"] = f"text-align: {side}"
            if part.kind == "thead":
                for cell in row.children:
                    cell.kind = "th"
    blocks.tree.children.append(table)
    return True


def _rows(blocks: Blocks) -> tuple[Node, int, list[str]]:
    """Read the rows; return the table, the number of its columns, and how they are aligned."""
    text, end = blocks.text, len(blocks.text)
    table, rows, columns, has_footer = Node("table"), list[Node](), 0, False
    leading_pipe = _LEADING_PIPE.match(text, blocks.pos) is not None
    alignment: list[str] = []

    def close(kind: str, *, force: bool = False) -> None:
        nonlocal rows
        if not has_footer or kind != "tbody" or force:
            part = Node(kind)
            part.children, rows = rows, []
            table.children.append(part)

    if line := _line(text, blocks.pos, _SEPARATOR, "-"):
        blocks.pos += len(line)
    while blocks.pos < end and _PIPE.match(text, blocks.pos):
        if line := _line(text, blocks.pos, _SEPARATOR, "-"):
            if rows and not alignment and not has_footer:
                close("thead")
                alignment = [_ALIGNMENTS[bool(a), bool(b)] for a, b in _ALIGNMENT.findall(line.strip(" \t\n"))]
            elif rows:
                close("tbody")
        elif line := _line(text, blocks.pos, _FOOTER, "="):
            if rows:
                close("tbody", force=True)
            has_footer = True
        else:
            line = text[blocks.pos : text.find("\n", blocks.pos) + 1]
            cells = _cells(blocks, line.rstrip(" \t\n"), leading_pipe=leading_pipe)
            columns = max(columns, len(cells))
            row = Node("tr")
            for cell in cells:
                row.children.append(Node("td"))
                row.children[-1].children.append(Node("raw_text", cell.strip()))
            rows.append(row)
        blocks.pos += len(line)
    if rows:
        close("tfoot" if has_footer else "tbody")
    return table, columns, alignment


def _line(text: str, pos: int, shape: re.Pattern[str], sign: str) -> str:
    """Return the line here if it is drawn with this sign."""
    match = shape.match(text, pos)
    return match[0] if match and sign in match[0] else ""


def _cells(blocks: Blocks, line: str, *, leading_pipe: bool) -> list[str]:
    """Split a row at its pipes, but not at one in code or behind a backslash."""
    cells: list[str] = []

    def add(text: str) -> None:
        if cells:
            cells[-1] += text
        else:
            cells.append(text)

    for index, piece in enumerate(_CODE_ELEMENT.split(line)):
        if index % 2:
            add(piece)
            continue
        for span in Spans(blocks.definitions, piece).parse(CODE_ONLY):
            if span.kind == "text":
                first, *others = (part.replace("\\|", "|") for part in _BAR.split(span.text))
                add(first)
                cells.extend(others)
            else:
                ticks = max(_TICKS.findall(span.text), default="") + "`"
                blank = " " if len(ticks) > 1 else ""
                add(f"{ticks}{blank}{span.text}{blank}{ticks}")
    if leading_pipe and cells and not cells[0].strip():
        del cells[0]
    if cells and not cells[-1].strip():
        del cells[-1]
    return cells


def _pipe_on_every_line(blocks: Blocks, source: str) -> bool:
    """Say whether each line has a pipe that splits: outside of code and HTML, with no backslash before it."""
    on_line = False
    for span in Spans(blocks.definitions, source).parse(CODE_AND_HTML):
        lines = span.text.rstrip("\n").split("\n") if span.text.strip("\n") else []
        if span.kind == "codespan":
            if len(lines) > 2 or (len(lines) == 2 and not on_line):
                break
            if len(lines) == 2:
                on_line = False
        else:
            if len(lines) > 1 and not on_line and not _PIPE.match(lines[0]):
                break
            on_line = (on_line and len(lines) < 2) or bool(lines and _PIPE.match(lines[-1]))
    return on_line
