"""Paragraphs, headings, quotes, horizontal rules and the end-of-block marker."""

import re

from ..engine.block_parser import BlockParser
from ..engine.boundaries import END_MARKER, ENDS_PARAGRAPH, ENDS_QUOTE, MARGIN, QUOTE, RULE
from ..engine.constructs import Match, construct
from ..engine.ruby import FLAGS

_CLOSING_HASHES = re.compile(r"[\t ]#+$")
_ID = re.compile(r"[\t ]\{#((?u:[^\W\d]|[:_])(?u:[\w:.-])*)\}$", FLAGS)
_QUOTE_MARKS = re.compile(rf"^{QUOTE}", FLAGS)
_STRIPPED = " \t\r\f\v\n\0"


@construct(r"(#{1,6})[\t ]+([^\n]*)\n")
def atx_heading(parser: BlockParser, match: Match) -> bool:
    """Read `## Heading`, which needs no blank line around it."""
    text, identifier = _split_id(match[2])
    return _add_heading(parser, len(match[1]), _CLOSING_HASHES.sub("", text).rstrip(), identifier)


@construct(rf"{MARGIN}([^ \t\n][^\n]*)\n([-=])[-=]*[ \t\r\f\v]*\n")
def setext_heading(parser: BlockParser, match: Match) -> bool:
    """Read one line of text underlined with `=` or `-`."""
    return parser.after_boundary() and _add_heading(parser, 1 if match[2] == "=" else 2, *_split_id(match[1]))


def _split_id(text: str) -> tuple[str, str]:
    """Return the heading's text and the id that `{#id}` at its end gives it, or ""."""
    text = text.rstrip()
    if match := _ID.search(text):
        return text[: match.start()].rstrip(), match[1]
    return text, ""


def _add_heading(parser: BlockParser, level: int, text: str, identifier: str) -> bool:
    if text:
        heading = parser.add("header")
        heading.level = level
        heading.add_text(text, "raw_text")
        if identifier:
            heading.attributes["id"] = identifier
    return bool(text)


@construct(QUOTE)
def quote(parser: BlockParser, match: Match) -> None:
    """Read lines that begin with `>` and those that lazily follow, up to a blank line or an HTML block."""
    text, end = parser.text, parser.text.find("\n", parser.pos) + 1
    while not ENDS_QUOTE.match(text, end):
        end = text.find("\n", end) + 1
    parser.pos = end
    parser.parse_into(parser.add("blockquote"), _QUOTE_MARKS.sub("", text[match.start() : end]))


@construct(RULE.pattern)
def rule(parser: BlockParser, match: Match) -> None:
    """Read a horizontal rule: `* * *`, `---` or `___`."""
    parser.add("hr")


@construct(END_MARKER.pattern)
def end_marker(parser: BlockParser, match: Match) -> None:
    """Read a `^` on a line of its own, which ends the block before it."""
    parser.add("eob")


@construct(rf"({MARGIN}[^ \t])?[^\n]*\n")
def paragraph(parser: BlockParser, match: Match) -> None:
    """Read lines up to a blank one or one that begins another block; text right after a paragraph continues it."""
    if not match[1]:  # spaces and then a tab: kramdown makes no paragraph of it
        parser.tree.add_text(match[0], "raw_text")
        return
    text, start = parser.text, match.start()
    while not ENDS_PARAGRAPH.match(text, parser.pos):
        parser.pos = text.find("\n", parser.pos) + 1
    found = text[start : parser.pos].rstrip(_STRIPPED)
    last = parser.tree.last()
    if not last or last.kind != "p":
        parser.add("p").add_text(found.lstrip(_STRIPPED), "raw_text")
    elif (inner := last.last()) and inner.kind == "raw_text":
        broken = text[max(0, start - 3) : start] == "  \n"  # the hard break of the line before was stripped with it
        inner.parts.append(("  \n" if broken else "\n") + found)
    else:
        last.add_text(found, "raw_text")
