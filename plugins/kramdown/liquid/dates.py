"""Dates as Ruby reads and writes them: ``Liquid::Utils.to_date``, ``Time.parse``, ``Time#strftime``; all in UTC.

Python's own ``strftime`` differs from system to system, and speaks the language of the machine.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_DIRECTIVE = re.compile(r"%([-0^#_]*)(\d*)(:{0,2})([A-Za-z%+])")
_WIDEST = 200  # characters that a directive may be padded to

_MONTH = rf"(?P<name>{'|'.join(month[:3].lower() for month in _MONTHS)})[a-z]*\.?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?<!\d)(?P<year>\d{4})(?!\d)"
_NUMBER = r"(?<!\d)(?P<month>\d{1,2})(?!\d)"
_DATES = [  # the first that is found counts
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}[ -]+{_MONTH}(?:[ ,-]+{_YEAR})?",
        rf"{_YEAR}[ -]+{_MONTH}(?:[ -]+{_DAY})?",
        rf"\b{_MONTH}[ -]*{_DAY}(?:[ ,-]+{_YEAR})?",
        rf"\b{_MONTH}(?:[ ,-]+{_YEAR})?",
        rf"{_YEAR}([-/.]){_NUMBER}\2{_DAY}",
        rf"{_DAY}([-/.]){_NUMBER}\2{_YEAR}",
        rf"{_NUMBER}/{_YEAR}",
    )
]
_ZONES = dict(zip("est edt cst cdt mst mdt pst pdt".split(), (-5, -4, -6, -5, -7, -6, -8, -7), strict=True))
_TIME = re.compile(
    r"(?<![\d-])(\d{1,2})(?:(?::(\d\d))?(?::(\d\d)(?:[.,]\d+)?)? *([ap])\.?m\b|:(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)"
    r" *(?:([+-])(\d\d):?(\d\d)|(" + "|".join(_ZONES) + r")\b)?"
)


def to_moment(value: object) -> datetime | None:
    """Return the moment that a value stands for, as Liquid takes it; None if it stands for none."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    text = str(value).strip().lower() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if text in ("now", "today"):
        return datetime.now(UTC)
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(int(text), UTC) if re.fullmatch(r"-?[0-9]+", text) else _parsed(text[:200])
    return None


def _parsed(text: str) -> datetime | None:
    """Return what Ruby's ``Time.parse`` makes of a text: what is not said of a date is the first, or this year."""
    clock = _TIME.search(text)
    text = text.replace(clock[0], " ", 1) if clock else text
    found = next(filter(None, (pattern.search(text) for pattern in _DATES)), None)
    today = datetime.now(UTC)
    if not found and not clock:
        return None
    parts = found.groupdict() if found else {"month": str(today.month), "day": str(today.day)}
    year, day = int(parts.get("year") or today.year), int(parts.get("day") or 1)
    names = [month[:3].lower() for month in _MONTHS]
    month = names.index(parts["name"]) + 1 if parts.get("name") else int(parts["month"])
    if day > 31:
        return None
    moment = datetime(year, month, 1, tzinfo=UTC) + timedelta(days=day - 1)  # the 30th of February is the 1st of March
    if clock:
        hour = int(clock[1]) % 12 + 12 * (clock[4] == "p") if clock[4] else int(clock[1])
        moment += timedelta(hours=hour, minutes=int(clock[2] or clock[5] or 0), seconds=int(clock[3] or clock[6] or 0))
        offset = timedelta(hours=int(clock[8] or 0), minutes=int(clock[9] or 0)) * (-1 if clock[7] == "-" else 1)
        moment -= offset + timedelta(hours=_ZONES.get(clock[10] or "", 0))
    return moment


def strftime(moment: datetime, form: str) -> str:
    """Return a moment in Ruby's format; what is no directive stays as it is."""

    def replaced(match: re.Match[str]) -> str:
        flags, width, colons, letter = match.groups()
        if letter == "z":
            text = f"{moment:%z}"
            return f"{text[:3]}:{text[3:]}{':00' if colons == '::' else ''}" if colons else text
        if colons or letter not in _VALUES:
            return match[0]
        value, digits, pad = _VALUES[letter](moment), *_PADDING.get(letter, (0, "0" if letter == "s" else " "))
        if isinstance(value, str):
            value = value.upper() if "^" in flags or ("#" in flags and letter != "p") else value
            value = value.lower() if "#" in flags and letter == "p" else value
        if letter in "LN":
            return f"{moment.microsecond:06}000".ljust(_WIDEST, "0")[: min(int(width or digits), _WIDEST)]
        pad = {"0": "0", "_": " "}.get(flags.replace("^", "").replace("#", "")[-1:], pad)
        return str(value) if "-" in flags else str(value).rjust(min(int(width or digits), _WIDEST), pad)

    return _DIRECTIVE.sub(replaced, form)


_VALUES: dict[str, Callable[[datetime], int | str]] = {
    "Y": lambda at: at.year,
    "C": lambda at: at.year // 100,
    "y": lambda at: at.year % 100,
    "m": lambda at: at.month,
    "B": lambda at: _MONTHS[at.month - 1],
    "b": lambda at: _MONTHS[at.month - 1][:3],
    "h": lambda at: _MONTHS[at.month - 1][:3],
    "d": lambda at: at.day,
    "e": lambda at: at.day,
    "j": lambda at: at.timetuple().tm_yday,
    "H": lambda at: at.hour,
    "k": lambda at: at.hour,
    "I": lambda at: (at.hour - 1) % 12 + 1,
    "l": lambda at: (at.hour - 1) % 12 + 1,
    "M": lambda at: at.minute,
    "S": lambda at: at.second,
    "L": lambda at: "",
    "N": lambda at: "",
    "P": lambda at: "pm" if at.hour >= 12 else "am",
    "p": lambda at: "PM" if at.hour >= 12 else "AM",
    "Z": lambda at: at.tzname() or "",
    "A": lambda at: _DAYS[at.weekday()],
    "a": lambda at: _DAYS[at.weekday()][:3],
    "u": lambda at: at.isoweekday(),
    "w": lambda at: at.isoweekday() % 7,
    "G": lambda at: at.isocalendar()[0],
    "g": lambda at: at.isocalendar()[0] % 100,
    "V": lambda at: at.isocalendar()[1],
    "U": lambda at: (at.timetuple().tm_yday + 6 - at.isoweekday() % 7) // 7,
    "W": lambda at: (at.timetuple().tm_yday + 6 - at.weekday()) // 7,
    "s": lambda at: int(at.timestamp()),
    "%": lambda at: "%",
    "n": lambda at: "\n",
    "t": lambda at: "\t",
    "c": lambda at: strftime(at, "%a %b %e %H:%M:%S %Y"),
    "D": lambda at: strftime(at, "%m/%d/%y"),
    "x": lambda at: strftime(at, "%m/%d/%y"),
    "F": lambda at: strftime(at, "%Y-%m-%d"),
    "T": lambda at: strftime(at, "%H:%M:%S"),
    "X": lambda at: strftime(at, "%H:%M:%S"),
    "R": lambda at: strftime(at, "%H:%M"),
    "r": lambda at: strftime(at, "%I:%M:%S %p"),
    "v": lambda at: strftime(at, "%e-%^b-%Y"),
}
_PADDING = {  # how many characters a number takes at least, and what fills them
    **dict.fromkeys("CymdHIMSgVUW", (2, "0")),
    **dict.fromkeys("ekl", (2, " ")),
    **dict.fromkeys("YG", (4, "0")),
    **dict.fromkeys("uw", (1, "0")),
    "j": (3, "0"),
    "L": (3, "0"),
    "N": (9, "0"),
}
