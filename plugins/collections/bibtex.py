"""The text of a BibTeX file → records.

bibtexparser finds the blocks and their fields. What stands in a value, and what it does not notice there (a comma that
is missing, a macro that nobody defines), is found here. Every fault is a warning with its line; the other entries, and
of a damaged one what can be read, are shown.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ..problems import Place, Problems
from .kinds import ALIASES, KINDS
from .records import Field, Record

if TYPE_CHECKING:
    from bibtexparser.model import Entry

MOST_EXPANDED = 1 << 22  # characters that all macros of a file may stand for; macros of macros multiply
MONTHS = "January February March April May June July August September October November December".split()
_MACROS = {month[:3].lower(): month for month in MONTHS}
_NO_ENTRIES = frozenset(("set", "control", "ieeetranbstctl"))
_COMMENT = re.compile(r"^[ \t]*%.*$", re.MULTILINE)  # as LaTeX and biber have them; BibTeX would read what they hide
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MARK = re.compile(r"(?<!\\)[{}\"]")
_PIECE = re.compile(r"\s*(?:(?P<mark>[{\"])|(?P<macro>[^\s\"#%'(),={}]+))")
_GROUP = re.compile(r"\{([^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+)\}")  # what almost every value is
_JOIN = re.compile(r"\s*#")
_NEXT_FIELD = re.compile(r"\s*(?P<name>[A-Za-z][\w+:-]*)\s*=\s*(?=\S)")
_LOST = re.compile(r"\s*[,}]|^[ \t]*[A-Za-z]+[ \t]*=[ \t]*[{\"]|^[ \t]*@(?!comment)", re.MULTILINE | re.IGNORECASE)


def read_bibtex(text: str, path: str, problems: Problems) -> list[Record]:
    """Return the entries of the file at ``path`` in their order, with what they inherit by ``crossref``."""
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it logs what we report ourselves
    blocks = Splitter(_CONTROL.sub("", _COMMENT.sub("", text))).split().blocks
    reader = _Reader(path, problems)
    entries: list[model.Entry] = []
    for block in blocks:
        inner = getattr(block, "ignore_error_block", None) or block
        line = (block.start_line or 0) + 1
        if isinstance(inner, model.String):
            reader.define(inner.key, inner.value, line)
        elif isinstance(inner, model.Entry):
            entries.append(inner)
        elif isinstance(block, model.ParsingFailedBlock):
            reader.report_broken(block.raw or "", str(getattr(block.error, "abort_reason", block.error)), line)
        elif isinstance(block, model.ImplicitComment) and _LOST.match(block.comment):
            reader.warn(
                line,
                "",
                f"'{_start(block.comment)}' is outside of any entry, and is not read",
                "compare the braces before it",
            )
    records = [reader.record(entry) for entry in entries if entry.entry_type not in _NO_ENTRIES]
    return list(_inherited(_distinct(records, reader), reader))


class _Reader:
    """Reads the fields of one file's entries; ``macros`` are those of its ``@string``."""

    def __init__(self, path: str, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        self.macros = dict(_MACROS)
        self.left = MOST_EXPANDED

    def warn(self, line: int, key: str, message: str, hint: str) -> None:
        self.problems.warn(Place(self.path, line, key), message, hint)

    def define(self, name: str, value: str, line: int) -> None:
        """Keep what a ``@string`` defines."""
        for _, field in self.fields(name, value, line):
            self.macros[name.lower()] = field.tex

    def record(self, entry: "Entry") -> Record:
        """Return the record of one entry."""
        line, fields = (entry.start_line or 0) + 1, dict[str, Field]()
        for found in entry.fields:
            name = found.key.rpartition("%")[2].partition("\n")[2].strip() if "%" in found.key else found.key
            for key, field in self.fields(name.lower(), found.value, (found.start_line or 0) + 1):
                if key in fields and fields[key].tex != field.tex:
                    self.warn(field.line, key, f"is there twice in '{entry.key}'; the first one counts", "delete one")
                if field.tex:
                    fields.setdefault(key, field)
        kind = ALIASES.get(entry.entry_type, entry.entry_type)
        if kind not in KINDS and kind != "xdata":
            near = get_close_matches(kind, [*KINDS, *ALIASES], 1)
            self.warn(line, entry.key, f"'@{kind}' is no type of BibTeX", f"write '@{near[0] if near else 'misc'}'")
            kind = near[0] if near else "misc"
        return Record(kind, entry.key, line, fields)

    def fields(self, name: str, value: str, line: int) -> Iterator[tuple[str, Field]]:
        """Yield a field, and those behind it that a missing comma has put into its value."""
        if match := _GROUP.fullmatch(value):
            yield name, Field(match[1].strip(), line)
            return
        pieces: list[str] = []
        first, position = line, 0
        while match := _PIECE.match(value, position):
            if match["macro"]:
                position = match.end()
                pieces.append(self.macro(match["macro"], name, line))
            else:
                end = _end(value, match.end(), match["mark"])
                pieces.append(value[match.end() : end])
                position = end + 1
            if joined := _JOIN.match(value, position):
                position = joined.end()
            elif following := _NEXT_FIELD.match(value, position):
                yield name, Field("".join(pieces).strip(), line)
                line = first + value.count("\n", 0, following.start("name"))
                self.warn(line, following["name"], f"the comma before it is missing, after '{name}'", "write it")
                name, pieces, position = following["name"].lower(), [], following.end()
            else:
                break
        if rest := value[position:].strip():
            self.warn(line, name, f"'{_start(rest)}' in the value is not read", "put braces around all of it")
        yield name, Field("".join(pieces).strip(), line)

    def macro(self, name: str, key: str, line: int) -> str:
        """Return what a macro stands for; a number stands for itself."""
        value = self.macros.get(name.lower())
        self.left -= len(value or "")
        if value is not None and self.left > 0:
            return value
        if value is not None:
            self.warn(line, key, f"'{name}' is too much text, all macros together", "write what it stands for")
        elif not name.isdigit():
            self.warn(line, key, f"no @string defines '{name}'", f"define it, or write {{{name}}}")
        return name

    def report_broken(self, raw: str, reason: str, line: int) -> None:
        """Report an entry that cannot be read."""
        key = re.match(r"@\s*\w+\s*[{(]\s*([^\s,={}]+)\s*,", raw)
        if "block start" in reason or "end of file" in reason:
            message, hint = "never ends, and is left out", "compare its braces and quotes"
        else:
            message = f"cannot be read, and is left out: {reason.partition('. Note')[0].rstrip('.')}"
            hint = "compare its commas and braces"
        self.warn(line, key[1] if key else "", f"the entry that begins with '{_start(raw)}' {message}", hint)


def _start(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _end(value: str, start: int, mark: str) -> int:
    """Return where the part of a value ends that begins at ``start``, behind a brace or a quote."""
    depth = 0
    for found in _MARK.finditer(value, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0 or (found[0] == mark == '"' and not depth):
            return found.start()
    return len(value)


def _distinct(records: list[Record], reader: _Reader) -> Iterator[Record]:
    """Yield the records without copies of others; each has a key of its own."""
    seen: dict[str, Record] = {}
    for record in records:
        key = record.key.lower()
        if (first := seen.get(key)) is None:
            seen[key] = record
            yield record
            continue
        same = {name: field.tex for name, field in record.fields.items()} == {
            name: field.tex for name, field in first.fields.items()
        }
        if same:
            reader.warn(record.line, record.key, f"is a copy of the entry on line {first.line}", "delete one")
            continue
        hint = "give each entry a key of its own"
        reader.warn(record.line, record.key, f"is the key of the entry on line {first.line} too", hint)
        number = 2
        while f"{key}-{number}" in seen:
            number += 1
        seen[f"{key}-{number}"] = renamed = record._replace(key=f"{record.key}-{number}")
        yield renamed


def _inherited(records: Iterator[Record], reader: _Reader) -> Iterator[Record]:
    """Yield the records with the fields of those that ``crossref`` and ``xdata`` name, which are no entries then."""
    found = list(records)
    by_key = {record.key.lower(): record for record in found}
    parents: set[str] = set()
    children: list[Record] = []
    for record in found:
        fields = record.fields
        for name in ("crossref", "xdata"):
            for key in record.tex(name).split(",") if name in record.fields else ():
                parent = by_key.get(key.strip().lower())
                if parent is None or parent is record:
                    reader.warn(
                        record.fields[name].line, name, f"'{key.strip()}' is the key of no entry", "write that of one"
                    )
                    continue
                parents.add(parent.key)
                fields = _with_parent(fields, parent)
        children.append(record if fields is record.fields else record._replace(fields=fields))
    for record in children:
        whole = record.kind in ("proceedings", "collection") or not record.tex("author")
        if record.kind != "xdata" and not (record.key in parents and whole):
            yield record


def _with_parent(fields: Mapping[str, Field], parent: Record) -> dict[str, Field]:
    """Return the fields of an entry with those of its parent, whose title is the book's."""
    names = {"title": "booktitle", "subtitle": "booksubtitle"} if parent.kind != "xdata" else {}
    inherited = {
        names.get(name, name): field
        for name, field in parent.fields.items()
        if name not in ("crossref", "xdata", "key")
    }
    own = {name: field for name, field in fields.items() if name not in ("crossref", "xdata")}
    return {**inherited, **own}
