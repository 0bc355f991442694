"""Where a block may begin or end: the lines that stop a paragraph, a quote or a list item without a blank line."""

import re

from .attribute_lists import CONTENT
from .html_elements import NAME, SPAN_ELEMENTS
from .ruby import FLAGS

INDENT = r"(?:\t| {4})"
MARGIN = r" {0,3}"
REST = r"[ \t\r\f\v]*\n"  # nothing more on this line

ATTRIBUTE_LINE = rf"\{{:(?!:|/)({CONTENT})\}}{REST}"

_INLINE_TAGS = "|".join(sorted({*SPAN_ELEMENTS, "script"}))
_BLOCK_NAME = rf"(?!(?:{_INLINE_TAGS})(?u:\b)){NAME}"
BLOCK_TAG = rf"<(?:/{_BLOCK_NAME}\s*>|{_BLOCK_NAME})"
_END_OF_BLOCK = rf"\^{REST}"

BLANK = re.compile(r"\s*\n", FLAGS)
INDENTED = re.compile(rf"^{INDENT}", FLAGS)
END_MARKER = re.compile(_END_OF_BLOCK, FLAGS)
ATTRIBUTES_ALONE = re.compile(rf"{MARGIN}{ATTRIBUTE_LINE}", FLAGS)
RULE = re.compile(rf"{MARGIN}([*_-])[ \t]*\1[ \t]*\1(?:\1|[ \t])*+\n", FLAGS)

TAIL = r"[\t| ][^\n]*\n"
BULLET = "[+*-]"
NUMBER = r"\d+\."
LIST_ITEM = re.compile(rf"{MARGIN}(?:{BULLET}|{NUMBER}){TAIL}", FLAGS)
QUOTE = rf"{MARGIN}> ?"

_LAZY_END = rf"\s*\n|{MARGIN}{ATTRIBUTE_LINE}|{_END_OF_BLOCK}|{MARGIN}{BLOCK_TAG}|\Z"
ENDS_QUOTE = re.compile(_LAZY_END, FLAGS)
ENDS_PARAGRAPH = re.compile(
    rf"{_LAZY_END}|{MARGIN}(?:(?:[+*:-]|\d+\.)[\t| ]|[~`]{{3}}|>)|#{{1,6}}[\t ]",
    FLAGS,
)
BOUNDARY = re.compile(rf"\s*\n|{_END_OF_BLOCK}|{MARGIN}{ATTRIBUTE_LINE}|\Z", FLAGS)
ENDS_LAZY_CODE = re.compile(rf"{MARGIN}(?:{ATTRIBUTE_LINE}|{BLOCK_TAG})|{_END_OF_BLOCK}", FLAGS)


def closing_fence(fence: str) -> str:
    """Return the pattern of a fence that is at least as long; a count, since a fence may be as long as a page."""
    last = fence[-1]
    return f"{last}{{{len(fence)},}}" if fence == last * len(fence) else f"{fence}{last}*"
