"""Links that show themselves: `<https://example.org>`, `<name@example.org>`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .ruby import FLAGS
from .tree import Node

if TYPE_CHECKING:
    from .spans import Spans

_MAIL = r"(?u:[\w.-])+?@(?u:[\w.-])+?"
_AUTOLINK = re.compile(rf"<((mailto|https?|ftps?):[^\n>]+|{_MAIL})>", FLAGS)


def parse(spans: Spans) -> bool:
    """Read an address between angle brackets."""
    if not (match := _AUTOLINK.match(spans.text, spans.pos)):
        return False
    link = Node("a", attributes={"href": match[1] if match[2] else f"mailto:{match[1]}"})
    link.add_text(match[1].removeprefix("mailto:"))
    spans.tree.children.append(link)
    spans.pos = match.end()
    return True
