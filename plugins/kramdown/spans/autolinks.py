"""Links that show their own address: `<https://example.org>`, `<name@example.org>`."""

import re

from ..engine.ruby import FLAGS
from ..engine.span_parser import SpanParser
from ..engine.tree import Node

_MAIL = r"(?u:[\w.-])+?@(?u:[\w.-])+?"
_AUTOLINK = re.compile(rf"<((mailto|https?|ftps?):[^\n>]+|{_MAIL})>", FLAGS)


def parse(parser: SpanParser) -> bool:
    """Read an address between angle brackets."""
    if not (match := _AUTOLINK.match(parser.text, parser.pos)):
        return False
    link = Node("a", attributes={"href": match[1] if match[2] else f"mailto:{match[1]}"})
    link.add_text(match[1].removeprefix("mailto:"))
    parser.tree.children.append(link)
    parser.pos = match.end()
    return True
