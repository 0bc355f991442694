"""YAML text → the values of its mapping, the line of every key, and what is wrong with it.

Front matter and content/authors.yml are written for Ruby's Psych. This module reads as Psych does where it matters to
an author, and where PyYAML alone would refuse, guess or crash: plain scalars are resolved by Psych's rules (``017`` and
``1:30`` are numbers, ``y`` and ``2024-13-45`` are strings), a tab may stand before a colon, an anchor may be defined
twice, an unknown tag is ignored.

It reads libyaml's events rather than composed nodes: the lines of the keys come with them, and a list of 100,000
addresses takes half the time. PyYAML itself is imported when the first text is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, TypeAlias

from .problems import Problem, Problems
from .utf8 import decode

Value: TypeAlias = "bool | int | float | str | date | list[Value] | dict[str, Value] | None"
"""What YAML makes of a text; a date may be a datetime."""

Path = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the top, such as ``("links", 0, "url")``."""

DEEPEST = 100  # levels; nobody writes more, and whatever walks the values may recurse
MOST_BY_ALIAS = 100_000  # values that aliases may add to those written out: ten lines of YAML can claim a billion


@dataclass(slots=True)
class Reading:
    """What one YAML text holds.

    ``values`` is empty where the text holds nothing or cannot be read. ``lines`` has the line of every mapping key at
    any depth, by its path. ``written`` has the text of each number, date or truth value, by its path: the ``1.10``
    of a title, the ``0044`` of a telephone number. ``problems`` carry the path "": the caller knows the file.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_yaml(data: bytes, path: str, problems: Problems) -> Reading:
    """Read the YAML file at ``path`` from its bytes: UTF-8 whose top is a mapping. See ``parse_yaml``."""
    text = decode(data, path, problems)
    return Reading() if text is None else parse_yaml(text, path, problems)


def parse_yaml(text: str, path: str, problems: Problems, first_line: int = 1) -> Reading:
    """Read the first YAML document of ``text``, whose top is a mapping; whatever is wrong with it is a problem.

    ``path`` is the file that problems name, ``first_line`` the line in it on which ``text`` begins. Keys are strings as
    they are written (``on``, ``2024``). Of a key written twice the last one counts, with a warning.
    """
    reading = read_mapping(text, first_line)
    problems.extend(replace(problem, path=path) for problem in reading.problems)
    return reading


def read_mapping(text: str, first_line: int = 1) -> Reading:
    """Read as ``parse_yaml`` does. Goes when nothing calls it: problems belong in a collector.

    ``first_line`` is the line of the file on which ``text`` begins. Keys are strings as they are written (``on``,
    ``2024``). Of a key written twice the last one counts, with a warning.
    """
    builder = _Builder(text, first_line)
    try:
        builder.reading.values = builder.document()
    except _UnreadableError as error:
        builder.reading.problems.append(error.problem)
    return builder.reading


class _UnreadableError(Exception):
    """Nothing after this can be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class _Builder:
    """Builds plain values from a stream of events; one recursion per level, and no more than ``DEEPEST``."""

    def __init__(self, text: str, first_line: int) -> None:
        import yaml

        self.yaml = yaml
        self.reading = Reading()
        self.first_line = first_line
        self.anchors: dict[str, tuple[Any, int, str | None]] = {}  # name → value, its size, its text
        self.size = 0  # values so far, those that aliases repeat counted again
        self.by_alias = 0
        self.text_with_odd_breaks = text if any(odd in text for odd in _ODD_BREAKS) else None
        self.events = self._events(text)

    def _events(self, text: str) -> Iterator[Any]:
        """Yield the parser's events; its errors and those of the encoder become one problem."""
        loader = getattr(self.yaml, "CSafeLoader", None)
        if loader is None:  # the Python scanner refuses the tab that libyaml, and so Ruby, accepts
            loader = self.yaml.SafeLoader
            text = re.sub(r"(?m)^([ -]*[\w-]+)(\t+)(?=:(?:\s|$))", lambda m: m[1] + " " * len(m[2]), text)
        try:
            yield from self.yaml.parse(text, Loader=loader)
        except (self.yaml.YAMLError, UnicodeError, RecursionError) as error:
            unprintable = re.search(_UNPRINTABLE, text)
            if unprintable:
                line = text.count("\n", 0, unprintable.start())
                message = f"the character U+{ord(unprintable[0]):04X} cannot stand in YAML"
                raise self._unreadable(line, "YAML", message, "delete it") from None
            said = str(getattr(error, "problem", None) or "unknown")
            mark = getattr(error, "context_mark" if said in _AT_ITS_BEGINNING else "problem_mark", None)
            rows = text.split("\n")
            line = min(self._line(mark), len(rows) - 1) if mark else 0
            key = re.match(r"[ -]*([^\s:#]+)\s*:(?:\s|$)", rows[line])
            message, hint = _explain(said, rows[line])
            raise self._unreadable(line, key[1] if key else "YAML", message, hint) from None

    def _line(self, mark: Any) -> int:
        """Return the line of a mark, from 0; the parser's own count has breaks that no editor shows."""
        if self.text_with_odd_breaks is None:
            return int(mark.line)
        return self.text_with_odd_breaks.count("\n", 0, mark.index)

    def _unreadable(self, line: int, key: str, message: str, hint: str) -> _UnreadableError:
        """Return the error for a place whose ``line`` counts from 0 in the text, as the parser's marks do."""
        return _UnreadableError(Problem("", line + self.first_line, key, message, hint))

    def _warn(self, line: int, key: str, message: str, hint: str) -> None:
        self.reading.problems.append(Problem("", line + self.first_line, key, message, hint, warning=True))

    def document(self) -> dict[str, Any]:
        """Return the first document's mapping; an empty document is an empty mapping."""
        documents = 0
        value: Any = None
        for event in self.events:
            kind = type(event)
            if kind is self.yaml.DocumentStartEvent:
                documents += 1
                if documents == 2:
                    line = self._line(event.start_mark)
                    self._warn(line, "YAML", "a second document begins here and is not read", "delete this line")
                    break
            elif kind in (self.yaml.StreamStartEvent, self.yaml.StreamEndEvent, self.yaml.DocumentEndEvent):
                continue
            else:
                value = self._value(event, ())
                if value is not None and not isinstance(value, dict):
                    what = "a list" if isinstance(value, list) else "one value"
                    message = f"this is {what}, not keys with values"
                    raise self._unreadable(self._line(event.start_mark), "YAML", message, "write 'key: value'")
        return value or {}

    def _value(self, event: Any, path: Path) -> Any:
        """Return the value that begins with ``event``."""
        kind = type(event)
        self.size += 1
        before = self.size
        written: str | None = None
        if kind is self.yaml.ScalarEvent:
            value, written = _scalar(event)
        elif kind is self.yaml.AliasEvent:
            return self._alias(event, path)
        else:
            if len(path) >= DEEPEST:
                raise self._unreadable(
                    self._line(event.start_mark), _name(path), f"is nested deeper than {DEEPEST} levels", ""
                )
            is_list = kind is self.yaml.SequenceStartEvent
            value = self._list(path) if is_list else self._mapping(path)
        if event.anchor:
            self.anchors[event.anchor] = value, self.size - before + 1, written
        if written is not None:
            self.reading.written[path] = written
        return value

    def _list(self, path: Path) -> list[Any]:
        items: list[Any] = []
        end, scalar = self.yaml.SequenceEndEvent, self.yaml.ScalarEvent
        for event in self.events:
            kind = type(event)
            if kind is end:
                break
            if kind is scalar and event.anchor is None and (not event.implicit[0] or _is_text(event.value)):
                items.append(event.value)  # as _value() would, without a path for each of many thousands
                self.size += 1
            else:
                items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        seen: dict[str, int] = {}
        for event in self.events:
            if type(event) is self.yaml.MappingEndEvent:
                break
            line = self._line(event.start_mark)
            key = self._key(event, path)
            if key is None:
                self._value(next(self.events), path)
                continue
            here = (*path, key)
            if key in seen:
                message = f"is written twice, first on line {seen[key]}; this one counts"
                self._warn(line, _name(here), message, "delete one of them")
            self.reading.lines[here] = seen[key] = line + self.first_line
            value = self._value(next(self.events), here)
            sources = value if isinstance(value, list) else [value]
            if key == "<<" and event.implicit[0] and sources and all(isinstance(source, dict) for source in sources):
                for source in sources:
                    merged = {**source, **merged}
            else:
                pairs[key] = value
        return {**merged, **pairs} if merged else pairs

    def _key(self, event: Any, path: Path) -> str | None:
        """Return the key as written, or None with a warning for a key that is a list or a mapping."""
        if type(event) is self.yaml.ScalarEvent:
            if event.anchor:
                self.anchors[event.anchor] = event.value, 1, None
            return str(event.value)
        value = self._value(event, path)
        if isinstance(value, str):  # an alias of a string
            return value
        what = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "no text"
        self._warn(
            self._line(event.start_mark),
            _name(path),
            f"a key that is {what} is left out",
            "put a value with braces in quotes",
        )
        return None

    def _alias(self, event: Any, path: Path) -> Any:
        line = self._line(event.start_mark)
        if event.anchor not in self.anchors:
            message = f"*{event.anchor} names nothing that is finished before it"
            raise self._unreadable(line, _name(path), message, "put a value that begins with * in quotes")
        value, size, written = self.anchors[event.anchor]
        self.size += size - 1
        self.by_alias += size - 1
        if self.by_alias > MOST_BY_ALIAS:
            raise self._unreadable(line, _name(path), f"*{event.anchor} repeats too much", "write the values out")
        if written is not None:
            self.reading.written[path] = written
        return value


def _name(path: Path) -> str:
    """Return how a problem names the key at ``path``: ``author.name``, ``links[2].url``."""
    name = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path[:4])
    return name.removeprefix(".") or "YAML"


# --- Plain scalars, by the rules of Psych's ScalarScanner (psych 4 and 5) -----------------------------------------

_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # compiled when YAML is wrong
_ODD_BREAKS = ("\x85", "\u2028", "\u2029")  # line breaks to YAML 1.1, and to no editor
_MAYBE_NO_TEXT = frozenset("0123456789+-.~yYnNtToOfF")  # what a number, date, truth or null begins with
_NULL = frozenset(("", "~", "null"))
_TRUE = frozenset(("yes", "true", "on"))
_FALSE = frozenset(("no", "false", "off"))
_INTEGER = re.compile(r"[-+]?(?:0b[01_,]+|0x[0-9a-fA-F_,]+|0[0-7_,]*|[1-9](?:[0-9]|[_,](?![_,]))*)")
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}")
_FLOAT = re.compile(r"[-+]?(?:[0-9][0-9_,]*)?\.[0-9]*(?:[eE][-+][0-9]+)?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_TIME = re.compile(
    _DATE.pattern
    + r"(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?"
    + r"(?:[ \t]*(?:Z|([-+])([0-9]{1,2}):?([0-9]{2})?))?"
)
_LONGEST_NUMBER = 4000  # digits; Python refuses to read more


def _is_text(plain: str) -> bool:
    """Tell at a glance whether a plain scalar is certainly a string."""
    return bool(plain) and plain[0] not in _MAYBE_NO_TEXT


def _scalar(event: Any) -> tuple[Any, str | None]:
    """Return a scalar's value, and its text if that is not the value."""
    text: str = event.value
    if not event.implicit[0] and event.tag in (None, "tag:yaml.org,2002:str"):  # quoted, a block, or !!str
        return text, None
    if event.implicit[1] or _is_text(text):  # quoted
        return text, None
    value = _resolved(text)
    return value, None if value is None or isinstance(value, str) else text


def _resolved(text: str) -> Any:
    """Return what a plain scalar means; what is nothing else is text."""
    word = text.lower()
    if word in _NULL:
        return None
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    if len(text) > _LONGEST_NUMBER:
        return text
    if word in (".inf", "+.inf", "-.inf", ".nan"):
        return float(word.replace(".", ""))
    if _INTEGER.fullmatch(text):
        return _integer(text)
    if _SEXAGESIMAL.fullmatch(text):
        return _sexagesimal(text)
    if _FLOAT.fullmatch(text) and any(letter.isdigit() for letter in text):
        return float(text.replace("_", "").replace(",", ""))
    return _moment(text)


def _integer(text: str) -> int | str:
    digits = re.sub("[_,]", "", text)
    sign = -1 if digits[0] == "-" else 1
    digits = digits.lstrip("+-")
    base = {"0b": 2, "0x": 16}.get(digits[:2].lower(), 8 if digits[0] == "0" and len(digits) > 1 else 10)
    try:
        return sign * int(digits, base)
    except ValueError:
        return text


def _sexagesimal(text: str) -> int:
    """Return a number of base 60, with Psych's own reading: two parts are hours and minutes."""
    parts = [int(part) for part in text.lstrip("+-").replace("_", "").split(":")]
    total = parts[0] * 3600 + parts[1] * 60 + (parts[2] if len(parts) > 2 else 0)
    return -total if text[0] == "-" else total


def _moment(text: str) -> date | datetime | str:
    """Return a date or a time, in UTC unless it names an offset; one that no calendar has is text."""
    try:
        if match := _DATE.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _TIME.fullmatch(text):
            fraction = int((match[7] or "0")[:6].ljust(6, "0"))
            offset = timedelta(hours=int(match[9] or 0), minutes=int(match[10] or 0))
            zone = timezone(-offset if match[8] == "-" else offset)
            return datetime(*(int(match[part]) for part in range(1, 7)), fraction, tzinfo=zone)  # type: ignore[misc, arg-type]
    except ValueError:
        pass
    return text


# --- What libyaml says, in an author's words ----------------------------------------------------------------------

_QUOTES = "put the value in quotes"
_SAID = {
    "mapping values are not allowed in this context": (
        "has a second ': ' in its value, or too deep an indent",
        _QUOTES,
    ),
    "could not find expected ':'": ("is no 'key: value'", "write the colon, or indent a text that goes on"),
    "did not find expected key": ("does not fit the lines before it", "check the indentation and the quotes"),
    "did not find expected '-' indicator": ("does not fit the list before it", "check the indentation"),
    "did not find expected ',' or ']'": ("has a [ that is not closed", "close it, or " + _QUOTES),
    "did not find expected ',' or '}'": ("has a { that is not closed", "close it, or " + _QUOTES),
    "found unexpected end of stream": ("has a quote that is not closed", "close it"),
    "found unexpected document indicator": ("has a quote that is not closed", "close it"),
    "found unknown escape character": ("has a backslash in double quotes that escapes nothing", "use single quotes"),
    "block sequence entries are not allowed in this context": ("begins a list where none can stand", _QUOTES),
    "found undefined tag handle": ("has a '!' that names nothing", _QUOTES),
    "exceeded maximum nesting depth": (f"is nested deeper than {DEEPEST} levels", "write fewer brackets"),
}
# libyaml notices these at the end of the text, and keeps where they began
_AT_ITS_BEGINNING = frozenset(
    said for said in _SAID if said.startswith(("found unexpected", "could not find", "did not find expected ','"))
)


def _explain(said: str, row: str) -> tuple[str, str]:
    """Return message and hint for what the parser said of one row of the text."""
    if row.startswith("\t") or row.lstrip(" ").startswith("\t"):
        return "is indented by a tab", "indent with blanks"
    if said.startswith(("found character", "did not find expected alphabetic")):
        value = re.search(r"(?:^|[:\-,\[{]\s+)([@`%|>*&\t])", row)
        return f"has a value that begins with {value[1]!r}" if value else "has a character out of place", _QUOTES
    if said == "did not find expected key" and re.search(r":\s+(['\"]).*\1\s*[^\s#]", row):
        return "goes on after its closing quote", "put the whole value in the other kind of quotes"
    return _SAID.get(said, (f"cannot be read as YAML ({said})", ""))
