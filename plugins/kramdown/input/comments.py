"""The text as the parsers need it: line feeds only, no character that HTML forbids, and no HTML comment.

Comments are removed before anything is parsed, so that no private note can reach the page. Each is replaced by a
placeholder: a comment on one line that holds only a number. kramdown's grammar needs it (a list, for instance, ends at
a comment between blank lines), and the renderer drops it. Only in code the author's comments are content: there the
renderer restores them.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ..engine.extensions import stop_tag
from ..engine.finder import Finder

MARK = "\ufdd0"  # no text contains it: `clean` drops all noncharacters
# Controls and noncharacters, which HTML does not allow (https://infra.spec.whatwg.org/#noncharacter).
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?")
_PLACEHOLDER = re.compile(rf"<!--{MARK}(\d+)-->")
_LINE_OR_PLACEHOLDER = re.compile(rf"\n|{_PLACEHOLDER.pattern}")
_CODE = r"""^[ \t>]*(?P<fence>[~`]{3,})[^`\n]*\n|(?P<ticks>`+)|<(?P<verbatim>script|style)\b"""
_FLAGS = re.MULTILINE | re.IGNORECASE
_HTML = re.compile(rf"{_CODE}|(?P<comment><!--)", _FLAGS), re.compile("-->")
_EXTENSION = re.compile(rf"{_CODE}|(?P<comment>\{{::comment(?:\s[^}}]*)?\}})", _FLAGS), re.compile(stop_tag("comment"))
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_CODE_LINE = re.compile(r"(?:^|\n[ \t]*\n)(?: {4}|\t)[^\n]*\Z")


@dataclass(slots=True)
class Comments:
    """The comments of one document, by number, and the line of one that is never closed (0: there is none)."""

    texts: list[str] = field(default_factory=list)
    unclosed_line: int = 0

    def strip(self, text: str) -> str:
        """Return the text without placeholders."""
        return _PLACEHOLDER.sub("", text) if MARK in text else text

    def restore(self, text: str) -> str:
        """Return code with its comments."""
        return _PLACEHOLDER.sub(lambda match: self.texts[int(match[1])], text) if MARK in text else text

    def line_counter(self, text: str) -> Callable[[int], int]:
        """Return a function from a position in the text with placeholders to the line in the author's text."""
        positions: list[int] = []
        lines: list[int] = []
        line = 1
        for match in _LINE_OR_PLACEHOLDER.finditer(text):
            line += self.texts[int(match[1])].count("\n") if match[1] else 1
            positions.append(match.start())
            lines.append(line)
        return lambda position: lines[index - 1] if (index := bisect_left(positions, position)) else 1


def clean(text: str) -> str:
    """Return the text without forbidden characters, its lines ended by line feeds, with one at the end."""
    text = _LINE_END.sub("\n", text.removeprefix("\ufeff"))
    text = _SURROGATE.sub("\ufffd", _FORBIDDEN.sub("", text).replace("\v", " "))
    return text.removesuffix("\n") + "\n"


def extract(text: str) -> tuple[str, Comments]:
    """Return the text with a placeholder for each comment, and the comments."""
    found = Comments()

    def replacement(start: int, end: int) -> str:
        if end < 0:
            found.unclosed_line = text.count("\n", 0, start) + 1
            return ""
        found.texts.append(text[start:end])
        return f"<!--{MARK}{len(found.texts) - 1}-->"

    return _replace(text, _HTML, replacement) if "<!--" in text else text, found


def strip_extensions(text: str) -> str:
    """Return the text without kramdown's own comments, `{::comment}`, which its parser drops."""
    return _replace(text, _EXTENSION, lambda start, end: text[start:] if end < 0 else "") if "{::" in text else text


def _replace(text: str, syntax: tuple[re.Pattern[str], re.Pattern[str]], replacement: Callable[[int, int], str]) -> str:
    out: list[str] = []
    done = 0
    for start, end in _comments(text, *syntax):
        out += text[done:start], replacement(start, end)
        done = end if end >= 0 else len(text)
    return "".join([*out, text[done:]])


def _comments(text: str, token: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where each comment outside of code begins and ends, last one that is never closed, with -1 as its end."""
    pos, finder = 0, Finder(text)
    while match := token.search(text, pos):
        if not match["comment"]:
            pos = _end_of_code(finder, match)
            continue
        end = finder.search(closing, match.end())
        if end:
            pos = end.end()
            yield match.start(), pos
        elif _CODE_LINE.search(text, max(0, text.rfind("\n\n", 0, match.start()) - 1), match.start()):
            pos = match.end()
        else:
            yield match.start(), -1
            return


def _end_of_code(finder: Finder, match: re.Match[str]) -> int:
    """Return where the code that begins here ends; if it is not closed, where its opening delimiter ends."""
    if fence := match["fence"]:
        closing = rf"^[ \t>]*{fence}{fence[-1]}*[ \t]*$"
    elif ticks := match["ticks"]:
        closing = rf"(?<!`){ticks}(?!`)"
    else:
        closing = f"</{match['verbatim'].lower()}"
    end = finder.search(re.compile(closing, _FLAGS), match.end())
    if not end or (match["ticks"] and _PARAGRAPH_END.search(match.string, match.end(), end.start())):
        return match.end()
    return end.end()
