"""Values as Ruby has them: how they are printed, inspected, turned into JSON or numbers, and compared."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Self

from liquid.undefined import Undefined

from .dates import strftime, to_moment

Spend = Callable[[int], None]  # counts steps

_FLOAT = re.compile(r"\s*-?(?:\d+\.?\d*|\.\d+)\s*", re.ASCII)
_INTEGER = re.compile(r"\s*-?\d+\s*", re.ASCII)
_LEADING_INTEGER = re.compile(r"\s*[+-]?\d+", re.ASCII)
_LONGEST = 4000  # digits of a number; Python refuses more than 4300


class Moment(datetime):
    """A moment that Liquid can compare with another: what a variable holds whose value is a date and a time."""

    @classmethod
    def of(cls, value: date) -> Self:
        """Return a date, or a date and a time."""
        moment = to_moment(value) or datetime.now(UTC)
        return cls.combine(moment.date(), moment.timetz())

    def __liquid__(self) -> float:
        """Return what Liquid compares."""
        return self.timestamp()


class Day(date):
    """The same for a date without a time."""

    def __liquid__(self) -> float:
        """Return what Liquid compares."""
        return Moment.of(self).timestamp()


def comparable(value: object) -> object:
    """Return a value of a variable, so that Liquid's conditions can compare it."""
    if isinstance(value, date) and not isinstance(value, Moment | Day):
        return Moment.of(value) if isinstance(value, datetime) else Day(value.year, value.month, value.day)
    return value


def printed(value: object) -> str:
    """Return what Liquid prints for a value: of a list, its items, one behind the other."""
    return "".join(map(to_s, flat(value))) if isinstance(value, list | tuple) else to_s(value)


def to_s(value: object) -> str:
    """Return a value as text, as Ruby's ``to_s`` does."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, Mapping) and not isinstance(value, dict):
        return "" if type(value).__str__ is object.__str__ else str(value)
    return inspect(value)


def inspect(value: object) -> str:
    """Return a value as Ruby's ``inspect`` shows it."""
    match value:
        case None | Undefined():
            return "nil"
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("#{", "\\#{")
        case float():
            text = repr(value).replace("inf", "Infinity").replace("nan", "NaN")
            return re.sub(r"^(-?\d+)e", r"\1.0e", text)
        case datetime():
            return strftime(to_moment(value) or value, "%Y-%m-%d %H:%M:%S %z")
        case date():
            return value.isoformat()
        case dict():
            return "{" + ", ".join(f"{inspect(key)}=>{inspect(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(inspect, value)) + "]"
        case range():
            return f"{value.start}..{value.stop - 1}"
        case Mapping():
            return json.dumps(plain(value, lambda steps: None), ensure_ascii=False, indent=2)
    return str(value)


def to_json(value: object, spend: Spend) -> str:
    """Return a value as JSON, as Jekyll's ``jsonify`` does; each document takes steps."""
    return json.dumps(plain(value, spend), ensure_ascii=False, separators=(",", ":"))


def plain(value: object, spend: Spend, depth: int = 0) -> object:
    """Return a value of lists, dictionaries, texts and numbers alone; documents by their own ``for_json(depth)``."""
    if isinstance(value, Undefined):
        return None
    if isinstance(value, Mapping):
        items: Mapping[str, object] = value
        if not isinstance(value, dict):
            spend(6)
            items = value.for_json(depth) if hasattr(value, "for_json") else {}
        return {to_s(key): plain(item, spend, depth + 1) for key, item in items.items()}
    if isinstance(value, list | tuple):
        return [plain(item, spend, depth + 1) for item in value]
    return value if value is None or isinstance(value, str | bool | int | float) else to_s(value)


# --- Lists ----------------------------------------------------------------------------------------------------------


def flat(items: list[object] | tuple[object, ...], depth: int = 20) -> Iterator[object]:
    """Yield the items of a list, and of the lists in it."""
    for item in items:
        if depth and isinstance(item, list | tuple):
            yield from flat(item, depth - 1)
        else:
            yield item


def to_list(value: object) -> list[object]:
    """Return the items that one of Liquid's filters for lists goes through: one that is no list is its only item."""
    match value:
        case None | Undefined():
            return []
        case list() | tuple():
            return list(flat(value))
        case range():
            return list(value)
    return [value]


# --- Numbers --------------------------------------------------------------------------------------------------------


def to_integer(value: object) -> int:
    """Return Ruby's ``to_i`` of a value: the number with which a text begins, else 0."""
    if isinstance(value, int | float | Decimal):
        return int(value)
    if isinstance(value, datetime):
        return int(Moment.of(value).timestamp())
    found = _LEADING_INTEGER.match(value) if isinstance(value, str) else None
    return int(found[0][:_LONGEST]) if found else 0


def to_number(value: object) -> int | Decimal:
    """Return the number with which Liquid counts, exactly: ``0.1 + 0.2`` is ``0.3``."""
    match value:
        case bool():
            return 0
        case int():
            return value
        case float():
            return Decimal(repr(value))
        case str() if re.fullmatch(r"\s*-?\d+\.\d+\s*", value, re.ASCII):
            return Decimal(value.strip()[:_LONGEST])
    return to_integer(value)


def sortable(value: object) -> object:
    """Return a property as filters compare it: a text that looks like a number is one."""
    if isinstance(value, str) and len(value) < _LONGEST:
        if _INTEGER.fullmatch(value):
            return int(value)
        if _FLOAT.fullmatch(value):
            return float(value)
    return value


# --- Order ----------------------------------------------------------------------------------------------------------


def order(one: object, other: object) -> int | None:
    """Return Ruby's ``<=>``: -1, 0 or 1; None for values that have no order, such as a number and a text."""
    match one, other:
        case (bool(), _) | (_, bool()):
            return 0 if one is other else None
        case str(), str():
            return (one > other) - (one < other)
        case int() | float(), int() | float():
            return (one > other) - (one < other)
        case date(), date():
            return order(Moment.of(one).timestamp(), Moment.of(other).timestamp())
        case list() | tuple(), list() | tuple():
            found = (order(a, b) for a, b in zip(one, other, strict=False))
            return next((result for result in found if result != 0), order(len(one), len(other)))
        case Mapping(), Mapping() if not isinstance(one, dict) and not isinstance(other, dict):
            return order(one.get("date"), other.get("date")) or order(one.get("path"), other.get("path"))  # documents
    return 0 if one is other or one == other else None
