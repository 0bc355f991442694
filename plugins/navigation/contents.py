"""A table of contents beside the text of a long page.

None where the page has fewer than five headings, where its author writes ``toc: false``, or puts ``{:toc}`` into the
text. It names the headings of the highest level; with fewer than five of these, those of the next level too.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..markup import scan, to_text
from ..site import Page

FEWEST = 5
_LEVELS = {f"h{level}": level for level in range(1, 5)}
_OFF = ("false", "no", "off", "0")


class Heading(NamedTuple):
    """One line: ``level`` is 1, or 2 for a heading below one of them; ``anchor`` is the heading's ``id``."""

    level: int
    anchor: str
    text: str


def table_of_contents(page: Page) -> Sequence[Heading]:
    """Return the lines of a page's table of contents, () for a page without one."""
    if str(page.front_matter.get("toc", "")).lower() in _OFF or 'id="markdown-toc"' in page.html:
        return ()
    headings = _headings(page.html)
    if len(headings) < FEWEST:
        return ()
    highest = min(heading.level for heading in headings)
    wanted = (highest,) if sum(heading.level == highest for heading in headings) >= FEWEST else (highest, highest + 1)
    return [
        heading._replace(level=1 + heading.level - highest)
        for heading in headings
        if heading.level in wanted and not re.fullmatch(r"\d{4}", heading.text)  # the years of a list
    ]


def _headings(html: str) -> list[Heading]:
    """Return the headings that have an ``id`` and words."""
    found: list[Heading] = []
    name, anchor, start = "", "", 0
    for token in scan(html):
        if token.name in _LEVELS and token.kind == "start":
            name, anchor, start = token.name, token.attributes.get("id", ""), token.position
        elif token.name == name and token.kind == "end" and name:
            text = to_text(html[start : token.position])
            if anchor and text:
                found.append(Heading(_LEVELS[name], anchor, text))
            name = ""
    return found
