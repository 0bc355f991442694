"""Emoji by name: `:wave:` becomes 👋, with GitHub's names, as Jekyll's plugin `jemoji` has them."""

import re

_NAME = re.compile(r":([a-z0-9+_-]+):")


def with_emoji(text: str) -> str:
    """Replace every known name. The table is loaded only when something looks like a name."""
    return _NAME.sub(_character, text) if _NAME.search(text) else text


def _character(match: re.Match[str]) -> str:
    from emoji import emojize

    return emojize(match[0], language="alias")
