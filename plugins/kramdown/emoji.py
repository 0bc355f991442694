"""Emoji by name: `:wave:` → 👋, with GitHub's names, which the old site's plugin knew."""

import re

_NAME = re.compile(r":([a-z0-9+_-]+):")


def with_emoji(text: str) -> str:
    """Return the text with every known name replaced. The table is loaded only when something looks like a name."""
    return _NAME.sub(_character, text) if _NAME.search(text) else text


def _character(match: re.Match[str]) -> str:
    from emoji import emojize

    return emojize(match[0], language="alias")
