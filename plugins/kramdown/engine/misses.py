"""A memory of failed searches, which keeps the parsers linear."""


class Misses:
    """Delimiters known not to occur after a position, so that no text is searched twice for the same one."""

    def __init__(self) -> None:
        """Begin empty."""
        self._since: dict[str, int] = {}

    def __contains__(self, sought: tuple[str, int]) -> bool:
        """Return whether the delimiter is known not to occur at or after the position."""
        delimiter, pos = sought
        return self._since.get(delimiter, pos + 1) <= pos

    def add(self, delimiter: str, pos: int) -> None:
        """Record that the delimiter does not occur at or after the position."""
        self._since[delimiter] = min(pos, self._since.get(delimiter, pos))
