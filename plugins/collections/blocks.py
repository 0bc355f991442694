"""HTML of an entry's text → HTML that fits into a page of several entries."""

import re

from ..markup import Token, scan

HIGHEST = 4  # the level of the highest heading: those of the page, of its sections and of their groups are above it
_LEVEL = re.compile("h[1-6]")


def within(html: str, anchor: str) -> str:
    """Return HTML whose ids begin with the entry's anchor, and whose headings begin at the level `HIGHEST`."""
    if "<h" not in html and "id=" not in html:
        return html
    tokens = list(scan(html))
    levels = [int(token.name[1]) for token in tokens if token.kind == "start" and _LEVEL.fullmatch(token.name)]
    shift = max(0, HIGHEST - min(levels, default=HIGHEST))
    ids = {token.attributes.get("id", "") for token in tokens if token.kind == "start"} - {""}
    return "".join(_lowered(token, _renamed(token, ids, anchor), shift) for token in tokens)


def _renamed(token: Token, ids: set[str], anchor: str) -> str:
    """Return a token with the anchor in front of the ids, and of what refers to them."""
    if token.kind != "start" or not ids:
        return token.source
    changes: dict[str, str | None] = {}
    for name, value in token.attributes.items():
        mark = "#" if name == "href" and value.startswith("#") else ""
        if (mark or name in ("id", "for")) and value.removeprefix(mark) in ids:
            changes[name] = f"{mark}{anchor}-{value.removeprefix(mark)}"
    return token.edited(changes) if changes else token.source


def _lowered(token: Token, source: str, shift: int) -> str:
    """Return a heading's tag so many levels lower, any other token as it is."""
    if token.kind not in ("start", "end") or not _LEVEL.fullmatch(token.name):
        return source
    return re.sub(r"(?<=[hH])\d", lambda level: str(min(6, int(level[0]) + shift)), source, count=1)
