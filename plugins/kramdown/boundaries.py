"""Where a block may begin or end: the lines that stop a paragraph, a quote or a list item without a blank line."""

import re

from .html_elements import NAME, SPAN_ELEMENTS
from .ruby import FLAGS

INDENT = r"(?:\t| {4})"
MARGIN = r" {0,3}"
REST = r"[ \t\r\f\v]*\n"  # nothing more on this line

# An attribute list ends at the first brace that is not escaped. It may run over several lines; the bound keeps a
# page of unclosed braces from costing more than its length.
ATTRIBUTES = r"(?:\\\}|[^}]){1,1000}"
ATTRIBUTE_LINE = rf"\{{:(?!:|/)({ATTRIBUTES})\}}{REST}"

_INLINE_TAGS = "|".join(sorted({*SPAN_ELEMENTS, "script"}))
BLOCK_TAG = rf"<(?!(?:{_INLINE_TAGS})(?u:\b)){NAME}"
BLOCK_CLOSE_TAG = rf"</(?!(?:{_INLINE_TAGS})(?u:\b)){NAME}\s*>"
END_OF_BLOCK = rf"\^{REST}"

BLANK = re.compile(r"\s*\n", FLAGS)
INDENTED = re.compile(rf"^{INDENT}", FLAGS)
END_MARKER = re.compile(END_OF_BLOCK, FLAGS)
ATTRIBUTES_ALONE = re.compile(rf"{MARGIN}{ATTRIBUTE_LINE}", FLAGS)
RULE = re.compile(rf"{MARGIN}([*_-])[ \t]*\1[ \t]*\1(?:\1|[ \t])*\n", FLAGS)

TAIL = r"[\t| ][^\n]*\n"
BULLET = re.compile(rf"({MARGIN}[+*-])({TAIL})", FLAGS)
NUMBER = re.compile(rf"({MARGIN}\d+\.)({TAIL})", FLAGS)
LIST_ITEM = re.compile(rf"{MARGIN}(?:[+*-]|\d+\.){TAIL}", FLAGS)
DEFINITION = re.compile(rf"({MARGIN}:)({TAIL})", FLAGS)
ATX_HEADING = re.compile(r"(#{1,6})[\t ]+([^\n]*)\n", FLAGS)
QUOTE = re.compile(rf"{MARGIN}> ?", FLAGS)
FENCE = re.compile(rf"{MARGIN}[~`]{{3,}}", FLAGS)

LAZY_END = rf"\s*\n|{MARGIN}{ATTRIBUTE_LINE}|{END_OF_BLOCK}|{MARGIN}(?:{BLOCK_CLOSE_TAG}|{BLOCK_TAG})|\Z"
ENDS_QUOTE = re.compile(LAZY_END, FLAGS)
ENDS_PARAGRAPH = re.compile(
    rf"{LAZY_END}|{MARGIN}(?:(?:[+*:-]|\d+\.)[\t| ]|[~`]{{3}}|>)|#{{1,6}}[\t ]",
    FLAGS,
)
BOUNDARY = re.compile(rf"\s*\n|{END_OF_BLOCK}|{MARGIN}{ATTRIBUTE_LINE}|\Z", FLAGS)
ENDS_LAZY_CODE = re.compile(rf"{MARGIN}(?:{ATTRIBUTE_LINE}|{BLOCK_CLOSE_TAG}|{BLOCK_TAG})|{END_OF_BLOCK}", FLAGS)
