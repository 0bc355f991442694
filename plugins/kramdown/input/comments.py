"""The text as the parsers need it: line feeds only, no character that HTML forbids, and no comment.

Comments are removed before anything is parsed, so that no private note can reach the page. Each is replaced by a
placeholder: an HTML comment on one line that holds only a number. kramdown's grammar needs it (a list, for instance,
ends at a comment between blank lines), and the renderer drops it. Only in code the author's comments are content: there
the renderer restores them.

Where code is, only the parser knows. Until it has read the text, code is assumed where the delimiters look like it: in
it, placeholders stand for the delimiters that would open comments. If the parser finds one of them outside of code, the
assumption is refused, and the text is taken apart again.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from ..engine.attribute_lists import LONGEST
from ..engine.boundaries import closing_fence
from ..engine.extensions import ARGUMENTS, stop_tag
from ..engine.finder import Finder
from ..engine.tree import Node

MARK = "\ufdd0"  # no text contains it: `clean` drops all noncharacters
# Controls and noncharacters, which HTML does not allow (https://infra.spec.whatwg.org/#noncharacter).
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?")
_PLACEHOLDER = re.compile(rf"<!--{MARK}(\d+)-->")
_LINE_OR_PLACEHOLDER = re.compile(rf"\n|{_PLACEHOLDER.pattern}")
_FLAGS = re.MULTILINE | re.IGNORECASE
_LINK = r"\[(?://|comment)\]:"  # the definition of a link that no text has: a comment in any Markdown
_TAG = rf"\{{::comment(?=[^}}]{{0,{LONGEST}}}+\}})(?:\s{ARGUMENTS})?(?P<alone>/)?\}}"
_OPENING = re.compile(rf"<!--|<\?[a-z]|\{{::comment\b|{_LINK}", _FLAGS)
_TOKEN = re.compile(
    rf"""^[ \t>]*(?P<fence>[~`]{{3,}})[^`\n]*\n|(?P<ticks>`+)|<(?P<verbatim>script|style)\b
    |(?P<html><!--)|(?P<instruction><\?[a-z])
    |^[ \t>]*(?P<link>{_LINK}[ \t]*(?:\#|<>)[^\n]*(?:\n[ \t>]*(?:"[^\n]+"|'[^\n]+')[ \t]*$)?)
    |(?P<first>^[ \t>*+-]*(?:\d+\.[ \t]+)?)?(?P<tag>{_TAG})(?P<last>[ \t]*$)?""",
    _FLAGS | re.VERBOSE,
)
_END = re.compile("-->")
_END_INSTRUCTION = re.compile(r"\?>")  # of `<?php … ?>`, which is a comment to a browser
_END_TAG = re.compile(stop_tag("comment"), _FLAGS)
_END_LINE = re.compile(rf"^[ \t>]*{stop_tag('comment')}(?=[ \t]*$)", _FLAGS)
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")


@dataclass(slots=True)
class Comments:
    """The comments of one text, by number.

    ``assumed`` maps the number of a placeholder that stands for a delimiter to where the code around it begins;
    ``unclosed`` is the position of a comment that is never closed, -1 without one.
    """

    texts: list[str] = field(default_factory=list)
    assumed: dict[int, int] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)
    unclosed: int = -1

    def placeholder(self, text: str) -> str:
        """Return a new placeholder for a comment or a delimiter."""
        self.texts.append(text)
        return f"<!--{MARK}{len(self.texts) - 1}-->"

    def strip(self, text: str) -> str:
        """Return the text without comments."""
        return self._with(text, lambda number: False)

    def restore(self, text: str) -> str:
        """Return the text with all comments."""
        return self._with(text, lambda number: True)

    def restore_in_line(self, text: str) -> str:
        """Return a code span with its comments; those of several lines were taken out, and no code was assumed."""
        return self._with(text, lambda number: "\n" not in self.texts[number])

    def show(self, code: Iterable[Node]) -> set[int]:
        """Take what the parser found to be code; return where code was assumed that is none."""
        for node in code:
            numbers = map(int, _PLACEHOLDER.findall(node.text))
            self.shown.update(n for n in numbers if node.kind != "codespan" or "\n" not in self.texts[n])
        return {start for number, start in self.assumed.items() if number not in self.shown}

    def published(self, text: str) -> str:
        """Return the text with those comments that are shown as code."""
        return self._with(text, self.shown.__contains__)

    def _with(self, text: str, keeps: Callable[[int], bool]) -> str:
        def comment(match: re.Match[str]) -> str:
            known = int(match[1]) < len(self.texts)  # the values of Liquid may hold any character
            return self.texts[int(match[1])] if known and keeps(int(match[1])) else ""

        return _PLACEHOLDER.sub(comment, text) if MARK in text else text

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


def extract(text: str, refused: Container[int] = ()) -> tuple[str, Comments]:
    """Return the text with placeholders, and the comments; no code begins where it is ``refused``."""
    found = Comments()
    if not _OPENING.search(text):
        return text, found
    out: list[str] = []
    done = 0
    for start, end, code in _parts(text, refused):
        out.append(text[done:start])
        done = end if end >= 0 else len(text)
        if code >= 0:
            out.append(_OPENING.sub(partial(_assume, found, code), text[start:end]))
        elif end >= 0:
            out.append(found.placeholder(text[start:end]))
        else:
            found.unclosed = start
    return "".join([*out, text[done:]]), found


def _assume(found: Comments, code: int, match: re.Match[str]) -> str:
    found.assumed[len(found.texts)] = code
    return found.placeholder(match[0])


def _parts(text: str, refused: Container[int]) -> Iterator[tuple[int, int, int]]:
    """Yield start and end of each comment, with -1, and of what looks like code, with where it begins.

    The last part may be a comment that is never closed, with the end -1.
    """
    pos, finder = 0, Finder(text)
    while match := _TOKEN.search(text, pos):
        pos = match.end()
        if kind := next(filter(match.group, ("html", "instruction", "link", "tag")), ""):
            start, pos = match.span(kind)
            if kind == "link" or match["alone"]:
                yield start, pos, -1
            elif end := _end_of_comment(finder, match):
                pos = end.end()
                yield start, pos, -1
            elif kind == "instruction":
                continue
            elif start not in refused:  # it may be in code that does not look like it
                yield start, pos, start
            else:
                yield start, -1, -1
                return
        elif match.start() in refused:
            pos = match.end("fence") if match["fence"] else pos
        else:
            pos = _end_of_code(finder, match)
            yield match.start(), pos, match.start()


def _end_of_comment(finder: Finder, match: re.Match[str]) -> re.Match[str] | None:
    """Return where the comment that begins here ends; kramdown's tag on a line of its own ends at such a line."""
    if match["html"] or match["instruction"]:
        return finder.search(_END if match["html"] else _END_INSTRUCTION, match.end())
    end = None if match["first"] is None or match["last"] is None else finder.search(_END_LINE, match.end())
    return end or finder.search(_END_TAG, match.end())


def _end_of_code(finder: Finder, match: re.Match[str]) -> int:
    """Return where the code that begins here ends; if it is not closed, where its opening delimiter ends."""
    if fence := match["fence"]:
        closing = rf"^[ \t>]*{closing_fence(fence)}[ \t]*$"
    elif ticks := match["ticks"]:
        closing = f"(?<!`)`{{{len(ticks)}}}(?!`)"
    else:
        closing = f"</{match['verbatim'].lower()}"
    end = finder.search(re.compile(closing, _FLAGS), match.end())
    if not end or (match["ticks"] and _PARAGRAPH_END.search(match.string, match.end(), end.start())):
        return match.end()
    return end.end()
