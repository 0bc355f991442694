"""Tables: lines with a pipe, with or without a line of dashes below the header."""

import re

from .. import spans
from ..engine.block_parser import BlockParser
from ..engine.ruby import FLAGS
from ..engine.tree import Node

_START = re.compile(r" {0,3}(?=\S)(?:\||[^\n]*?[^\\\n]\|)", FLAGS)
_PIPE = re.compile(r"\||[^\n]*?[^\\\n]\|", FLAGS)
_LEADING_PIPE = re.compile(r"\s*\|", FLAGS)
_SEPARATOR = re.compile(r"[+|: \t-]*\n")
_FOOTER = re.compile(r"[+|: \t=]*\n")
_ALIGNMENT = re.compile(r"[ \t]?(:?)-+(:?)[ \t]?")
_CODE_ELEMENT = re.compile(r"(<code[^\n]*?>[^\n]*?</code>)")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_TICKS = re.compile("`+")
_ALIGNMENTS = {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "center"}


def parse(parser: BlockParser) -> bool:
    """Read a table between blank lines: rows, lines of dashes between its bodies, a line of `=` before its footer."""
    text, start = parser.text, parser.pos
    if not _START.match(text, start) or not parser.after_boundary():
        return False
    table, columns, alignment = _rows(parser)
    end = parser.pos
    if (
        not parser.before_boundary()
        or not _pipe_on_every_line(parser, text[start : end - 1])
        or not any(part.kind == "tbody" for part in table.children)
    ):
        parser.pos = start
        return False
    table.ial, parser.pending = parser.pending, None
    for part in table.children:
        for row in part.children:
            row.children.extend(Node("td") for _ in range(columns - len(row.children)))
            for cell, side in zip(row.children, alignment, strict=False):
                if side:
                    cell.attributes["style"] = f"text-align: {side}"
            if part.kind == "thead":
                for cell in row.children:
                    cell.kind = "th"
    parser.tree.children.append(table)
    return True


def _rows(parser: BlockParser) -> tuple[Node, int, list[str]]:
    """Read the rows; return the table, the number of its columns, and their alignment."""
    text, end = parser.text, len(parser.text)
    table, rows, columns, has_footer = Node("table"), list[Node](), 0, False
    leading_pipe = _LEADING_PIPE.match(text, parser.pos) is not None
    alignment: list[str] = []

    def close(kind: str, *, force: bool = False) -> None:
        nonlocal rows
        if not has_footer or kind != "tbody" or force:
            part = Node(kind)
            part.children, rows = rows, []
            table.children.append(part)

    if line := _line(text, parser.pos, _SEPARATOR, "-"):
        parser.pos += len(line)
    while parser.pos < end and _PIPE.match(text, parser.pos):
        if line := _line(text, parser.pos, _SEPARATOR, "-"):
            if rows and not alignment and not has_footer:
                close("thead")
                alignment = [_ALIGNMENTS[bool(a), bool(b)] for a, b in _ALIGNMENT.findall(line.strip(" \t\n"))]
            elif rows:
                close("tbody")
        elif line := _line(text, parser.pos, _FOOTER, "="):
            if rows:
                close("tbody", force=True)
            has_footer = True
        else:
            line = text[parser.pos : text.find("\n", parser.pos) + 1]
            cells = _cells(parser, line.rstrip(" \t\n"), leading_pipe=leading_pipe)
            columns = max(columns, len(cells))
            row = Node("tr")
            for cell in cells:
                row.children.append(Node("td"))
                row.children[-1].children.append(Node("raw_text", cell.strip()))
            rows.append(row)
        parser.pos += len(line)
    if rows:
        close("tfoot" if has_footer else "tbody")
    return table, columns, alignment


def _line(text: str, pos: int, shape: re.Pattern[str], sign: str) -> str:
    """Return the line here if it has this shape and contains this sign, else ""."""
    match = shape.match(text, pos)
    return match[0] if match and sign in match[0] else ""


def _cells(parser: BlockParser, line: str, *, leading_pipe: bool) -> list[str]:
    """Split a row at its pipes, except those in code or after a backslash."""
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
        for span in spans.parse(piece, parser.definitions, only=spans.CODE):
            if span.kind == "text":
                first, *others = (part.replace("\\|", "|") for part in _UNESCAPED_PIPE.split(span.text))
                add(first)
                cells.extend(others)
            else:
                ticks = max(_TICKS.findall(span.text), default="") + "`"
                space = " " if len(ticks) > 1 else ""
                add(f"{ticks}{space}{span.text}{space}{ticks}")
    if leading_pipe and cells and not cells[0].strip():
        del cells[0]
    if cells and not cells[-1].strip():
        del cells[-1]
    return cells


def _pipe_on_every_line(parser: BlockParser, source: str) -> bool:
    """Return whether each line has a pipe that separates cells: outside code and HTML, without a backslash."""
    on_line = False
    for span in spans.parse(source, parser.definitions, only=spans.CODE_AND_HTML):
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
