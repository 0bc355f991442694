"""A search with a memory, which keeps the parsers linear."""

import re
from bisect import bisect_left
from itertools import accumulate


class Finder:
    """Searches one text, and remembers each delimiter's last answer, so that no part of the text is searched twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._longest: dict[re.Pattern[str], tuple[list[int], list[int]]] = {}  # starts, and the most from there on
        self._answers: dict[object, tuple[int, int, re.Match[str] | None]] = {}  # searched from, found at

    def find(self, delimiter: str, pos: int) -> int:
        """Return where the delimiter occurs first at or after the position, or -1."""
        start, found, _ = self._answers.get(delimiter, (pos + 1, 0, None))
        if not start <= pos or 0 <= found < pos:
            found = self._text.find(delimiter, pos)
            self._answers[delimiter] = pos, found, None
        return found

    def search(self, pattern: re.Pattern[str], pos: int) -> re.Match[str] | None:
        """Return the first match at or after the position."""
        start, found, match = self._answers.get(pattern, (pos + 1, 0, None))
        if not start <= pos or 0 <= found < pos:
            match = pattern.search(self._text, pos)
            self._answers[pattern] = pos, match.start() if match else -1, match
        return match

    def longest(self, pattern: re.Pattern[str], pos: int) -> int:
        """Return the length of the longest first group of a match at or after the position, or 0."""
        if pattern not in self._longest:
            found = list(pattern.finditer(self._text))
            most = list(accumulate((len(match[1]) for match in reversed(found)), max))
            self._longest[pattern] = [match.start() for match in found], most[::-1]
        starts, most = self._longest[pattern]
        at = bisect_left(starts, pos)
        return most[at] if at < len(most) else 0
