"""A search with a memory of failures, which keeps the parsers linear."""

import re


class Finder:
    """Searches one text, and remembers which delimiters do not occur after a position, to search for them only once."""

    def __init__(self, text: str) -> None:
        """Search this text."""
        self._text = text
        self._misses: dict[str | re.Pattern[str], int] = {}

    def find(self, delimiter: str, pos: int) -> int:
        """Return where the delimiter occurs first at or after the position, or -1."""
        if self._is_missing(delimiter, pos):
            return -1
        found = self._text.find(delimiter, pos)
        if found < 0:
            self._misses[delimiter] = pos
        return found

    def search(self, pattern: re.Pattern[str], pos: int) -> re.Match[str] | None:
        """Return the first match at or after the position."""
        if self._is_missing(pattern, pos):
            return None
        found = pattern.search(self._text, pos)
        if not found:
            self._misses[pattern] = pos
        return found

    def _is_missing(self, sought: str | re.Pattern[str], pos: int) -> bool:
        return self._misses.get(sought, pos + 1) <= pos
