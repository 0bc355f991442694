"""Which words are set in small capitals: whole ones, or none.

A word is one if each of its parts, joined by hyphens or slashes, has two capitals or more, digits allowed among them,
or is a number after the first: NASA, AI/ML, NIOO-KNAW, COVID-19; not "CLIP-driven", "GPUs" or "R&D". Initials, J.P.,
stay capitals: small ones would be lower than the first letter of the name after them.
"""

import re

from .markup import RAW_TEXT, scan

_PART = r"[0-9]*+[A-Z](?=[0-9]*[A-Z])[A-Z0-9]++"
WORD = rf"(?<![\w.&/@#:–-]){_PART}(?:[/–-](?:{_PART}|[0-9]+))*(?![\w/@–-]|[.&+]\w|[’'](?!s\b)\w)"
_WORD = re.compile(WORD)
_UNTOUCHED = RAW_TEXT | frozenset("title svg code pre textarea math".split())


def mark(html: str) -> str:
    """Return some HTML with a ``span`` around each such word of its text."""
    depth, parts = 0, []
    for token in scan(html):
        if token.name in _UNTOUCHED and token.kind != "text":
            depth = max(0, depth + (token.kind == "start") - (token.kind == "end"))
        is_text = token.kind == "text" and not depth and not token.name
        parts.append(_WORD.sub(r'<span class="caps">\g<0></span>', token.source) if is_text else token.source)
    return "".join(parts)
