"""Results that a process which builds again and again need not compute twice.

`invoke serve` hands the same ``Memory`` to every build; any other build begins with an empty one.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from .problems import Problem, Problems

Result = TypeVar("Result")


class Memory:
    """Keeps each result with everything it was computed from, and returns it again while that is equal.

    Nobody may change a source or a result afterwards; the one exception is the `Snapshot` of the output.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[object, object]] = {}

    def recall(self, name: Hashable, source: object, compute: Callable[[], Result]) -> Result:
        """Return ``compute()``, or its last result under this ``name`` if that had an equal ``source``."""
        kept = self._kept.get(name)
        if kept is None or kept[0] != source:
            kept = self._kept[name] = (source, compute())
        return cast(Result, kept[1])

    def recall_reporting(
        self, name: Hashable, source: object, compute: Callable[[Problems], Result], problems: Problems
    ) -> Result:
        """Return ``compute(problems)`` as `recall` does; what it reported is reported each time."""

        def both() -> tuple[Result, tuple[Problem, ...]]:
            found = Problems()
            return compute(found), tuple(found)

        result, found = self.recall(name, source, both)
        problems.extend(found)
        return result
