"""CHANGES.md → what is new to a site."""

import re
from pathlib import Path

_CHANGES = Path(__file__).parent.parent / "CHANGES.md"
_HEADING = re.compile(r"^## (\S+).*\n", re.MULTILINE)


def changes_since(version: str, text: str | None = None) -> str:
    """Return the sections of CHANGES.md above the one of ``version``; the newest one if it has none.

    ``text`` replaces CHANGES.md. Its sections begin with ``## VERSION``, and the newest comes first.
    """
    text = _CHANGES.read_text("utf-8") if text is None else text
    headings = list(_HEADING.finditer(text))
    later = [heading.start() for heading in headings]
    for heading in headings:
        if heading[1] == version:
            return text[later[0] : heading.start()].strip()
    return text[later[0] : later[1] if len(later) > 1 else None].strip()
