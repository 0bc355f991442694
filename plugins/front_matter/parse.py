"""The text of a page → its front matter's values, the line of each key, and the body.

The fences are Jekyll's (``Jekyll::Document::YAML_FRONT_MATTER_REGEXP``): a line ``---``, blanks may follow it; closed
by ``---`` or ``...`` on a line of its own. Kinder than Jekyll, blank lines may stand before the first fence.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from typing import NamedTuple

from ..problems import Place, Problems
from ..yaml_mapping import Value, parse_yaml

_OPENING = re.compile(r"(?:[ \t]*\n)*---[ \t]*(?:\n|\Z)")
_ANY_OPENING = re.compile(r"[\s\ufeff\u200b]*(?:---|\+\+\+)[ \t]*(?:\n|\Z)")  # Hugo's has plus signs
_PELICAN_HEADER = re.compile(r"\s*((?:[A-Za-z_]+:.*(?:\n|\Z))+)")
_PELICAN_KEYS = frozenset("date modified status slug category tags lang template save_as url".split())  # beside a title
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE)


class FrontMatter(NamedTuple):
    """A page, taken apart.

    ``lines`` gives the line of each top-level key in the file, from 1; ``written`` the text of a value that YAML does
    not take for a string (``1.10``, ``no``), by its key; ``body_line`` is the line on which ``body`` begins. ``fenced``
    is False where the file has no front matter at all.
    """

    values: dict[str, Value]
    lines: Mapping[str, int]
    body: str
    body_line: int
    fenced: bool
    written: Mapping[str, str] = {}


def parse(text: str, path: str, problems: Problems) -> FrontMatter:
    """Take a page apart; ``text`` has its lines ended by LF, problems name ``path``."""
    opening = _OPENING.match(text)
    if not opening:
        return FrontMatter({}, {}, text, 1, fenced=False)
    fence_line = opening.group().rstrip("\n").count("\n") + 1
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        place = Place(path, fence_line, "front matter")
        problems.error(place, "'---' opens it here and nothing closes it", "add a line '---' after the last key")
        return FrontMatter({}, {}, "", fence_line, fenced=True)
    reading = parse_yaml(text[opening.end() : closing.start()], path, problems, fence_line + 1)
    return FrontMatter(
        values=reading.values,
        lines={str(where[0]): line for where, line in reading.lines.items() if len(where) == 1},
        body=text[closing.end() :],
        body_line=text.count("\n", 0, closing.end()) + 1,
        fenced=True,
        written={str(where[0]): written for where, written in reading.written.items() if len(where) == 1},
    )


def has_front_matter(data: bytes) -> bool:
    """Return whether a file begins with front matter, of whatever kind and encoding, so that it is meant to be a page.

    Kinder than `parse`, which reads pages: this one keeps them from being taken for something else.
    """
    utf_16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = data.decode("utf-16" if utf_16 else "utf-8", "replace").lstrip("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _ANY_OPENING.match(text):
        return True
    header = _PELICAN_HEADER.match(text)
    keys = {line.partition(":")[0].lower() for line in header[1].split("\n")} if header else set()
    return "title" in keys and not keys.isdisjoint(_PELICAN_KEYS)
