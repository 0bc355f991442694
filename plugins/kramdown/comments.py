"""HTML comments: taken out before anything is parsed, so that no private note can reach the page.

What is left in a comment's place is a comment again, empty but for a number: a place that kramdown's grammar knows (a
list ends at a comment between blank lines, for instance), one line long whatever the author wrote into it, and dropped
when the page is rendered. Only code gives its comments back, since there they are what the author shows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

_MARK = re.compile(r"<!--\ufdd0(\d+)-->")
_LINE_OR_MARK = re.compile(r"\n|<!--\ufdd0(\d+)-->")
_TOKEN = re.compile(
    r"""^[ \t>]*(?P<fence>[~`]{3,})[^`\n]*\n|(?P<ticks>`+)|<(?P<verbatim>script|style)\b|(?P<comment><!--)""",
    re.MULTILINE | re.IGNORECASE,
)
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_CODE_LINE = re.compile(r"(?:^|\n[ \t]*\n)(?: {4}|\t)[^\n]*\Z")


@dataclass(slots=True)
class Comments:
    """The comments of one document, by number; and, of one that is never closed, its line (else 0)."""

    texts: list[str] = field(default_factory=list)
    unclosed_line: int = 0

    def strip(self, text: str) -> str:
        """Return text without the places of comments."""
        return _MARK.sub("", text) if "\ufdd0" in text else text

    def restore(self, text: str) -> str:
        """Return code with its comments."""
        return _MARK.sub(lambda mark: self.texts[int(mark[1])], text) if "\ufdd0" in text else text

    def line_counter(self, text: str) -> Callable[[int], int]:
        """Return a function from a place in the text without comments to the line in the text with them."""
        places: list[int] = []
        lines: list[int] = []
        line = 1
        for match in _LINE_OR_MARK.finditer(text):
            line += self.texts[int(match[1])].count("\n") if match[1] else 1
            places.append(match.start())
            lines.append(line)
        return lambda place: lines[index - 1] if (index := bisect_left(places, place)) else 1


def take_out(text: str) -> tuple[str, Comments]:
    """Return the text with a mark for each comment, and the comments."""
    found = Comments()
    if "<!--" not in text:
        return text, found
    out: list[str] = []
    done = pos = 0
    vain: set[str] = set()  # closings that are not to come any more
    while match := _TOKEN.search(text, pos):
        if not match["comment"]:
            pos = _behind(text, match, vain)
            continue
        start = match.start()
        end = text.find("-->", start + 4)
        if end < 0 and _CODE_LINE.search(text, max(0, text.rfind("\n\n", 0, start) - 1), start):
            pos = match.end()
            continue
        out.append(text[done:start])
        if end < 0:
            found.unclosed_line = text.count("\n", 0, start) + 1
            done = len(text)
            break
        done = pos = end + 3
        out.append(f"<!--\ufdd0{len(found.texts)}-->")
        found.texts.append(text[start:done])
    out.append(text[done:])
    return "".join(out), found


def _behind(text: str, match: re.Match[str], vain: set[str]) -> int:
    """Return where the code that begins here ends; if it does not, where its sign does."""
    if fence := match["fence"]:
        closing = rf"^[ \t>]*{fence}{fence[-1]}*[ \t]*$"
    elif ticks := match["ticks"]:
        closing = rf"(?<!`){ticks}(?!`)"
    else:
        closing = f"</{match['verbatim'].lower()}"
    if closing in vain:
        return match.end()
    end = re.compile(closing, re.MULTILINE | re.IGNORECASE).search(text, match.end())
    if not end:
        vain.add(closing)
        return match.end()
    if match["ticks"] and _PARAGRAPH_END.search(text, match.end(), end.start()):
        return match.end()
    return end.end()
