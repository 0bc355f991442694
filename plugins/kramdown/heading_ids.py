"""The ids of headings: GitHub's where Markdown wrote them, kramdown's own within HTML and footnotes."""

import re
from collections import Counter

from .engine.ruby import is_word, lower


def github_id(text: str, seen: Counter[str]) -> str:
    """Return GitHub's id for a heading: lower case, no punctuation, hyphens for spaces; `-1` for the second of a name.

    Emoji vanish and the space after them stays, so that `## 🌈 Research Belief` is `-research-belief`.
    """
    name = "".join(
        "-" if character in " \t" else character
        for character in lower(text)
        if character in "- \t" or is_word(character)
    )
    return _unique(name, seen)


def kramdown_id(text: str, seen: Counter[str]) -> str:
    """Return kramdown's own id for a heading: ASCII letters, digits and hyphens."""
    name = re.sub(r"^[^a-zA-Z]+", "", text, flags=re.MULTILINE)
    return _unique(re.sub(r"[^a-zA-Z0-9 -]", "", name).replace(" ", "-").lower() or "section", seen)


def _unique(name: str, seen: Counter[str]) -> str:
    seen[name] += 1
    return f"{name}-{seen[name] - 1}" if seen[name] > 1 else name
