"""YAML text → the values of its mapping, the line of every key, and problems.

Front matter and content/authors.yml are written for Ruby's Psych. PyYAML composes the nodes; this module gives them the
values that Psych does (``017`` and ``1:30`` are numbers, ``y`` and ``2024-13-45`` are strings), and accepts what Psych
accepts: a tab before a colon, an anchor that is defined twice, an unknown tag.
"""

import gc
import math
import re
from bisect import bisect_left
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any, NoReturn, TypeAlias, TypeVar

import yaml
from yaml.composer import Composer, ComposerError

from .comments import OPENING, without_comments
from .problems import Place, Problems
from .utf8 import decode

Value: TypeAlias = "bool | int | float | str | date | list[Value] | dict[str, Value] | None"
"""What YAML makes of a text; a date may be a datetime."""

T = TypeVar("T")
Path = tuple[str | int, ...]
"""The keys and list positions from the top to a value, such as ``("links", 0, "url")``."""

MAX_DEPTH = 100  # levels; nobody writes more, and code that walks the values may recurse
MAX_REPEATED = 100_000  # values that aliases may add to those written out: ten lines of YAML can claim a billion


@dataclass(slots=True)
class Reading:
    """What one YAML text holds.

    ``values`` is empty where the text holds nothing or cannot be read. ``lines`` has the line of every mapping key at
    any depth, by its path. ``written`` has the text of each number, date or truth value, by its path: the ``1.10``
    of a title, the ``0044`` of a telephone number.
    """

    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)


def read_yaml(data: bytes, path: str, problems: Problems) -> Reading:
    """Read the YAML file at ``path`` from its bytes: UTF-8 whose top is a mapping. See ``parse_yaml``."""
    text = decode(data, path, problems)
    return Reading() if text is None else parse_yaml(text, path, problems)


def read_yaml_value(data: bytes, path: str, problems: Problems) -> Value:
    """Read the YAML file at ``path`` from its bytes: UTF-8 that holds any value, a list say. See ``parse_yaml``."""
    text = decode(data, path, problems)
    return None if text is None else _read(lambda: _Builder(text, path, problems, 1).value()[0], None)


def parse_yaml(text: str, path: str, problems: Problems, first_line: int = 1) -> Reading:
    """Read the first YAML document of ``text``, whose top is a mapping; whatever is wrong with it is a problem.

    ``path`` is the file that problems name, ``first_line`` the line in it on which ``text`` begins. Keys are strings as
    they are written (``on``, ``2024``). Of a key written twice the last one counts, with a warning.
    """
    return _read(_Builder(text, path, problems, first_line).read, Reading())


def _read(read: Callable[[], T], otherwise: T) -> T:
    """Return what is read, or the other if it cannot be."""
    collects = gc.isenabled()
    gc.disable()  # it would go through the nodes of a long list again and again, and all of them are in use
    try:
        return read()
    except _StopError:
        return otherwise
    finally:
        if collects:
            gc.enable()


class _StopError(Exception):
    """The text cannot be read; a problem says why."""


# --- Nodes → values -----------------------------------------------------------------------------------------------


class _Builder:
    """Builds the values of one text from PyYAML's nodes."""

    def __init__(self, text: str, path: str, problems: Problems, first_line: int) -> None:
        self.text = text.removeprefix("\ufeff")
        self.path = path
        self.problems = problems
        self.first_line = first_line
        self.breaks = [found.start() for found in re.finditer("\n", self.text)]
        self.reading = Reading()
        self.built: dict[yaml.Node, tuple[Value, int]] = {}  # a list or mapping → its value, and their number in it
        self.hides = "\\" in self.text or bool(OPENING.search(self.text))  # comments, or escapes that may be some
        self.count = 0  # values so far, those that aliases repeat counted again
        self.repeated = 0

    def value(self) -> tuple[Value, int]:
        """Return the value of the first document, and the line on which it begins."""
        try:
            root, second = _compose(self.text)
        except (yaml.YAMLError, UnicodeError, RecursionError) as error:
            row, key, message, hint = _fault(error, self.text)
            self._stop(Place(self.path, row + self.first_line, key), message, hint)
        value = self._value(root, ()) if root else None
        if second:
            self.problems.warn(self._place(self._line(second), ()), "a second document is not read", "delete this line")
        return value, self._line(root) if root else 0

    def read(self) -> Reading:
        values, line = self.value()
        if isinstance(values, dict):
            self.reading.values = values
        elif values is not None:
            what = "a list" if isinstance(values, list) else "one value"
            self._stop(self._place(line, ()), f"this is {what}, not keys with values", "write 'key: value'")
        return self.reading

    def _line(self, at: Any) -> int:
        """Return the line of a node or event, by its index: YAML's own lines end at U+2028 too, an editor's do not."""
        return bisect_left(self.breaks, at.start_mark.index) + self.first_line

    def _place(self, line: int, path: Path) -> Place:
        return Place(self.path, line, _name(path))

    def _stop(self, place: Place, message: str, hint: str) -> NoReturn:
        self.problems.error(place, message, hint)
        raise _StopError

    def _value(self, node: yaml.Node, path: Path) -> Value:
        if isinstance(node, yaml.ScalarNode):
            text = self._text(node, path)
            value = text if node.tag == _TEXT else _resolved(text)
            if value is not None and not isinstance(value, str):
                self.reading.written[path] = text
            return value
        if node in self.built:
            return self._alias(node, path)
        if len(path) >= MAX_DEPTH:
            place = self._place(self._line(node), path)
            self._stop(place, f"is nested deeper than {MAX_DEPTH} levels", "write fewer levels")
        self.built[node] = None, 0
        before = self.count
        value = self._mapping(node, path) if isinstance(node, yaml.MappingNode) else self._list(node, path)
        self.count += len(node.value)
        self.built[node] = value, self.count - before
        return value

    def _text(self, node: yaml.ScalarNode, path: Path) -> str:
        """Return a scalar as it is written, without comments."""
        if self.hides:
            with self.problems.collect(self._place(self._line(node), path)):
                return without_comments(node.value)
        return str(node.value)

    def _alias(self, node: yaml.Node, path: Path) -> Value:
        value, count = self.built[node]
        place = self._place(next(reversed(self.reading.lines.values()), self.first_line), path)  # of the key above it
        if value is None:
            self._stop(place, "is an alias of a value that contains it", "write the value out")
        self.count += count
        self.repeated += count
        if self.repeated > MAX_REPEATED:
            self._stop(place, f"aliases repeat more than {MAX_REPEATED} values", "write the values out")
        return value

    def _list(self, node: yaml.Node, path: Path) -> Value:
        return [  # text is taken as it is: a path for each of many thousands would take as long as composing them
            item.value if item.tag is _TEXT and not self.hides else self._value(item, (*path, index))
            for index, item in enumerate(node.value)
        ]

    def _mapping(self, node: yaml.MappingNode, path: Path) -> Value:
        pairs: dict[str, Value] = {}
        merged: dict[str, Value] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = self._line(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                what = "list" if isinstance(key_node, yaml.SequenceNode) else "mapping"
                message = f"a key that is a {what} is left out"
                self.problems.warn(self._place(line, path), message, "put a value with braces in quotes")
                continue
            key = self._text(key_node, path)
            here = (*path, key)
            if key in lines:
                message = f"is written twice, first on line {lines[key]}; this one counts"
                self.problems.warn(self._place(line, here), message, "delete one of them")
            self.reading.lines[here] = lines[key] = line
            value = self._value(value_node, here)
            if key == "<<" and not key_node.style and (mappings := _mappings(value)):
                for mapping in mappings:
                    merged = mapping | merged
            else:
                pairs[key] = value
        return {**merged, **pairs}


def _mappings(value: Value) -> list[dict[str, Value]]:
    """Return the mappings that a merge key takes: one, or a list of nothing else."""
    values = value if isinstance(value, list) else [value]
    mappings = [source for source in values if isinstance(source, dict)]
    return mappings if len(mappings) == len(values) else []


def _name(path: Path) -> str:
    """Return how a problem names the key at ``path``: ``author.name``, ``links[2].url``."""
    name = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path[:4])
    return name.removeprefix(".") or "YAML"


# --- Text → nodes -------------------------------------------------------------------------------------------------

_TEXT = "tag:yaml.org,2002:str"
_MAYBE_NO_TEXT = frozenset("0123456789+-.~yYnNtToOfF")  # what a number, date, truth value or null begins with


class _Tags:
    """Replaces PyYAML's rules for plain scalars: a scalar is text, or `_resolved` decides what it is."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: tuple[bool, bool]) -> str:
        if kind is not yaml.ScalarNode or (implicit[0] and (not value or value[0] in _MAYBE_NO_TEXT)):
            return ""
        return _TEXT


class _AnchorsAgain(Composer):
    """Accepts an anchor that is defined twice, as Ruby does; libyaml's own composer is faster and refuses it."""

    def compose_node(self: Any, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if parent is None:
            self.anchors = {}
        elif not self.check_event(yaml.AliasEvent):
            self.anchors.pop(self.peek_event().anchor, None)
        return super().compose_node(parent, index)


class _PythonLoader(yaml.SafeLoader):
    """Accepts a tab before a colon, as libyaml does."""

    def __init__(self, text: str) -> None:
        super().__init__(re.sub(r"(?m)^([ -]*[\w-]+)(\t+)(?=:(?:\s|$))", lambda tabs: tabs[0].replace("\t", " "), text))


_BASE: type = yaml.CSafeLoader if yaml.__with_libyaml__ else _PythonLoader


@cache
def _loader(*bases: Any) -> Any:
    return type("_Loader", bases, {"__init__": bases[-1].__init__})


def _compose(text: str) -> tuple[yaml.Node | None, yaml.Event | None]:
    """Return the top node of the first document, and the event with which a second one begins."""
    try:
        return _document(_loader(_Tags, _BASE)(text))
    except ComposerError:
        return _document(_loader(_AnchorsAgain, _Tags, _BASE)(text))


def _document(loader: Any) -> tuple[yaml.Node | None, yaml.Event | None]:
    loader.get_event()
    root = loader.get_node()
    following = loader.peek_event()
    return root, following if isinstance(following, yaml.DocumentStartEvent) else None


# --- Plain scalars, by the rules of Psych's ScalarScanner (psych 4 and 5) -----------------------------------------

_WORDS: dict[str, Value] = {
    **dict.fromkeys(("", "~", "null")),
    **dict.fromkeys(("yes", "true", "on"), True),
    **dict.fromkeys(("no", "false", "off"), False),
    **dict.fromkeys((".inf", "+.inf"), math.inf),
    "-.inf": -math.inf,
    ".nan": math.nan,
}
_DATE = "([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_CLOCK = r"(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?"
_ZONE = r"(?:[ \t]*(?:Z|([-+])([0-9]{1,2}):?([0-9]{2})?))?"
_LONGEST_NUMBER = 3000  # characters; Python converts no more than 4,300 digits, and hexadecimal ones become more


def _resolved(text: str) -> Value:
    """Return what a plain scalar means; what has no other meaning is text."""
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if len(text) <= _LONGEST_NUMBER:
        for pattern, convert in _FORMS:
            if match := pattern.fullmatch(text):
                with suppress(ValueError):  # a day that no calendar has
                    return convert(match)
    return text


def _integer(match: re.Match[str]) -> int:
    digits = re.sub("[_,]", "", match[0])
    unsigned = digits.lstrip("+-")
    base = {"0b": 2, "0x": 16}.get(unsigned[:2], 8 if unsigned[0] == "0" else 10)
    return int(digits, base)


def _sexagesimal(match: re.Match[str]) -> int:
    """Return a number of base 60, with Psych's own reading: two parts are hours and minutes."""
    hours, minutes, seconds = (int((part or "0").replace("_", "")) for part in match.groups()[1:])
    total = hours * 3600 + minutes * 60 + seconds
    return -total if match[1] == "-" else total


def _time(match: re.Match[str]) -> datetime:
    """Return a time, in UTC unless it names an offset."""
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    fraction, sign, hours, minutes = match.groups()[6:]
    microsecond = int((fraction or "")[:6].ljust(6, "0"))
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    zone = timezone(-offset if sign == "-" else offset)
    return datetime(year, month, day, hour, minute, second, microsecond, zone)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Value]], ...] = (
    (re.compile("[-+]?(?:0b[01_,]+|0x[0-9a-fA-F_,]+|0[0-7_,]*|[1-9](?:[0-9]|[_,](?![_,]))*)"), _integer),
    (re.compile("([-+]?)([0-9][0-9_]*):([0-5]?[0-9])(?::([0-5]?[0-9]))?"), _sexagesimal),
    (
        re.compile(r"(?=.*[0-9])[-+]?(?:[0-9][0-9_,]*)?\.[0-9]*(?:[eE][-+][0-9]+)?"),
        lambda match: float(re.sub("[_,]", "", match[0])),
    ),
    (re.compile(_DATE), lambda match: date(*map(int, match.groups()))),
    (re.compile(_DATE + _CLOCK + _ZONE), _time),
)


# --- libyaml's errors, explained to an author ---------------------------------------------------------------------

_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_QUOTES = "put the value in quotes"
_UNKNOWN_ALIAS = "found undefined alias"
_EXPLAINED = {
    "mapping values are not allowed in this context": ("has a second ': ', or is indented too far", _QUOTES),
    "could not find expected ':'": ("is not 'key: value'", "add the colon, or indent a text that continues"),
    "did not find expected key": ("does not fit the lines before it", "check the indentation and the quotes"),
    "did not find expected '-' indicator": ("does not fit the list before it", "check the indentation"),
    "did not find expected ',' or ']'": ("has a [ that is not closed", f"close it, or {_QUOTES}"),
    "did not find expected ',' or '}'": ("has a { that is not closed", f"close it, or {_QUOTES}"),
    "did not find expected node content": ("has a bracket that is not closed", f"close it, or {_QUOTES}"),
    "found unexpected end of stream": ("has a quote that is not closed", "close it"),
    "found unexpected document indicator": ("has a quote that is not closed", "close it"),
    "found unknown escape character": ("has an unknown escape after a backslash", "use single quotes"),
    "block sequence entries are not allowed in this context": ("begins a list where none is allowed", _QUOTES),
    **dict.fromkeys(
        (
            "found undefined tag handle",
            "did not find expected tag URI",
            "did not find URI escaped octet",
            "did not find expected '!'",
            "did not find the expected '>'",
            "found an incorrect leading UTF-8 octet",
            "found an incorrect trailing UTF-8 octet",
            "did not find expected whitespace or line break",
        ),
        ("has a '!' that names no tag", _QUOTES),
    ),
    **dict.fromkeys(
        ("found invalid Unicode character escape code", "did not find expected hexdecimal number"),
        ("has an escape of a character that does not exist", "use single quotes"),
    ),
    "mapping keys are not allowed in this context": ("begins with '?'", _QUOTES),
    "found unexpected ':'": ("has a ':' out of place", _QUOTES),
    "did not find expected comment or line break": (
        "has text behind '|' or '>'",
        "write it on the next line, indented",
    ),
    "found an indentation indicator equal to 0": ("has a 0 behind '|' or '>'", "write '|' or '>' alone"),
    "did not find expected <document start>": ("is not 'key: value'", "indent a text that continues, or delete it"),
    "exceeded maximum nesting depth": (f"is nested deeper than {MAX_DEPTH} levels", "write fewer brackets"),
}
# libyaml notices these at the end of the text, and keeps the place where they began
_AT_THEIR_START = ("found unexpected", "could not find", "did not find expected ','")


def _fault(error: Exception, text: str) -> tuple[int, str, str, str]:
    """Return the row of an error in the text, from 0, the key at fault, the message and the hint."""
    if unprintable := re.search(_UNPRINTABLE, text):
        row = text.count("\n", 0, unprintable.start())
        return row, "YAML", f"the character U+{ord(unprintable[0]):04X} is not allowed in YAML", "delete it"
    said = str(getattr(error, "problem", None) or "unknown")
    mark = getattr(error, "context_mark" if said.startswith(_AT_THEIR_START) else "problem_mark", None)
    row = text.count("\n", 0, mark.index) if mark else 0
    line = text.split("\n")[row]
    key = re.match(r"[ -]*([^\s:#]+)\s*:(?:\s|$)", line)
    return row, key[1] if key else "YAML", *_explained(said, line)


def _explained(said: str, line: str) -> tuple[str, str]:
    """Return message and hint for what the parser reported about a line of the text."""
    if line.lstrip(" ").startswith("\t"):
        return "is indented by a tab", "indent with spaces"
    if said.startswith(("found character", "did not find expected alphabetic")):
        first = re.search(r"(?:^|[:\-,\[{]\s+)([@`%|>*&\t])", line)
        return f"has a value that begins with {first[1]!r}" if first else "has a character out of place", _QUOTES
    if said.startswith(_UNKNOWN_ALIAS):
        name = said.removeprefix(_UNKNOWN_ALIAS).strip(" '")
        return f"*{name} names no anchor above it", "put a value that begins with * in quotes"
    if said == "did not find expected key" and re.search(r":\s+(['\"]).*\1\s*[^\s#]", line):
        return "continues after its closing quote", "put the whole value in the other kind of quotes"
    if line.startswith("%"):
        return "begins with '%', which is YAML's mark of a directive", _QUOTES
    return _EXPLAINED.get(said, ("cannot be read as YAML", _QUOTES))
