"""Tables: lines with a pipe, with or without a line of dashes below the header."""

import re
from collections.abc import Iterator

from .. import spans
from ..engine.block_parser import BlockParser
from ..engine.boundaries import MARGIN
from ..engine.constructs import Match, construct
from ..engine.ruby import FLAGS
from ..engine.tree import Node

_PIPE = re.compile(r"\||[^\n]*?[^\\\n]\|", FLAGS)
_LEADING_PIPE = re.compile(r"\s*\|", FLAGS)
_SEPARATOR = re.compile(r"[+|: \t-]*\n")
_FOOTER = re.compile(r"[+|: \t=]*\n")
_ALIGNMENT = re.compile(r"[ \t]?(:?)-+(:?)[ \t]?")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_TICKS = re.compile("`+")
_SIDES = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}


@construct(rf"{MARGIN}(?=\S)(?:{_PIPE.pattern})")
def table(parser: BlockParser, match: Match) -> bool:
    """Read a table between blank lines: rows, lines of dashes between its bodies, a line of `=` before its footer."""
    if not parser.after_boundary():
        return False
    parser.pos = match.start()
    found, columns, alignment = _rows(parser)
    if (
        not parser.before_boundary()
        or not _pipe_on_every_line(parser, parser.text[match.start() : parser.pos - 1])
        or not any(part.kind == "tbody" for part in found.children)
    ):
        return False
    found.ial, parser.pending = parser.pending, None
    for part in found.children:
        for row in part.children:
            row.children.extend(Node("td") for _ in range(columns - len(row.children)))
            for cell, side in zip(row.children, alignment, strict=False):
                if side:
                    cell.attributes["style"] = f"text-align: {side}"
            if part.kind == "thead":
                for cell in row.children:
                    cell.kind = "th"
    parser.tree.children.append(found)
    return True


def _rows(parser: BlockParser) -> tuple[Node, int, list[str]]:
    """Read the rows; return the table, the number of its columns, and their alignment."""
    text, end = parser.text, len(parser.text)
    found, rows, columns, has_footer = Node("table"), list[Node](), 0, False
    leading_pipe = _LEADING_PIPE.match(text, parser.pos) is not None
    alignment: list[str] = []

    def close(kind: str) -> None:
        found.children.append(Node(kind))
        found.children[-1].children = rows.copy()
        rows.clear()

    if line := _line(text, parser.pos, _SEPARATOR, "-"):
        parser.pos += len(line)
    while parser.pos < end and _PIPE.match(text, parser.pos):
        if line := _line(text, parser.pos, _SEPARATOR, "-"):
            if rows and not has_footer:
                close("tbody" if alignment else "thead")
                alignment = alignment or [_SIDES[sides] for sides in _ALIGNMENT.findall(line.strip(" \t\n"))]
        elif line := _line(text, parser.pos, _FOOTER, "="):
            if rows:
                close("tbody")
            has_footer = True
        else:
            line = text[parser.pos : text.find("\n", parser.pos) + 1]
            row = Node("tr")
            for cell in _cells(parser, line.rstrip(" \t\n"), leading_pipe=leading_pipe):
                row.children.append(Node("td"))
                row.children[-1].add_text(cell.strip(), "raw_text")
            columns = max(columns, len(row.children))
            rows.append(row)
        parser.pos += len(line)
    if rows:
        close("tfoot" if has_footer else "tbody")
    return found, columns, alignment


def _line(text: str, pos: int, shape: re.Pattern[str], sign: str) -> str:
    """Return the line here if it has this shape and contains this sign, else ""."""
    match = shape.match(text, pos)
    return match[0] if match and sign in match[0] else ""


def _cells(parser: BlockParser, line: str, *, leading_pipe: bool) -> list[str]:
    """Split a row at its pipes, except those in code or after a backslash."""
    cells = [""]
    for index, piece in enumerate(_at_code_elements(line)):
        if index % 2:
            cells[-1] += piece
            continue
        for span in spans.parse(piece, parser.definitions, only=spans.CODE):
            if span.kind == "text":
                first, *others = (part.replace("\\|", "|") for part in _UNESCAPED_PIPE.split(span.text))
                cells[-1] += first
                cells.extend(others)
            else:
                ticks = max(_TICKS.findall(span.text), default="") + "`"
                space = " " if len(ticks) > 1 else ""
                cells[-1] += f"{ticks}{space}{span.text}{space}{ticks}"
    if leading_pipe and not cells[0].strip():
        del cells[0]
    if cells and not cells[-1].strip():
        del cells[-1]
    return cells


def _at_code_elements(line: str) -> Iterator[str]:
    """Split a row at its `<code>…</code>`: every other piece is one."""
    done = start = 0
    while (start := line.find("<code", done)) >= 0 and (end := line.find("</code>", line.find(">", start) + 1)) > start:
        yield from (line[done:start], line[start : end + 7])
        done = end + 7
    yield line[done:]


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
