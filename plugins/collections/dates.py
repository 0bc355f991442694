"""What an author wrote about a date → what is known of it."""

import re
from datetime import date

from .entry import PartialDate

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = re.compile(
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20|21)\d\d(?!\d)")
_YMD = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?)?年?(?:[T ]+\d{1,2}:\d\d.*)?", re.ASCII)
_DMY = re.compile(r"(?:(\d{1,2})[./])?(\d{1,2})[./](\d{4})", re.ASCII)
_NAMED = re.compile(
    r"(?:(?:(\d{1,2})(?:st|nd|rd|th)?\.?|M (\d{1,2})(?:st|nd|rd|th)?)[ ,]+)?(?:M[ ,.]*)?(\d{4})", re.ASCII
)
_IN_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?=\D|\Z)|(\d{4})(?:-(\d{1,2}))?(?=[-_.]|\Z)", re.ASCII)


def of_value(value: object) -> PartialDate:
    """Return what a value of front matter says: a date of YAML, a year, or a text of any form."""
    if isinstance(value, date):  # a datetime too
        return PartialDate(value.year, value.month, value.day)
    text = " ".join(str(value).split())
    return _exact(text) or _rough(text)


def of_name(stem: str) -> PartialDate:
    """Return the date with which a file's name begins: ``2020-05-17-title``, ``2020-05-title``, ``2020-title``."""
    match = _IN_NAME.match(stem)
    if not match:
        return PartialDate()
    return _checked(match[1] or match[4], match[2] or match[5], match[3]) or PartialDate()


def _exact(text: str) -> PartialDate | None:
    """Return the date that a text writes out and nothing else, None for any other."""
    if match := _YMD.fullmatch(text):
        return _checked(*match.groups())
    if match := _DMY.fullmatch(text):
        day, month, year = match.groups()
        return _checked(year, month, day) if int(month) <= 12 else _checked(year, day, month)
    if (names := _MONTH.findall(text)) and len(names) == 1:
        month = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(names[0].lower()[:3]))
        if match := _NAMED.fullmatch(_MONTH.sub("M", text)):
            return _checked(match[3], str(month), match[1] or match[2])
    return None


def _rough(text: str) -> PartialDate:
    """Return a text that is printed as it is, with the year in it."""
    year = _YEAR.search(text)
    return PartialDate(int(year[0]) if year else 0, text=text)


def _checked(year: str | None, month: str | None, day: str | None) -> PartialDate | None:
    """Return a date of digits; None if no calendar has it."""
    found = PartialDate(int(year or 0), int(month or 0), int(day or 0))
    try:
        date(found.year, found.month or 1, found.day or 1)
    except ValueError:
        return None
    return found
