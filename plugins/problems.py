"""What an author must mend (a problem) or should know (a warning), and how it reads.

The one word that all packages share. It imports nothing of Pelican and touches no disk.
"""

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault in one place of the author's content.

    ``path`` is relative to the project's root with forward slashes; ``line`` counts from 1, and 0 means the
    whole file. ``key`` is the front-matter key or the construct that is at fault. ``message`` states the value as
    written and why it cannot be used, ``hint`` the way out. A ``warning`` is told, and the build goes on.
    """

    path: str
    line: int
    key: str
    message: str
    hint: str = ""
    warning: bool = False

    def __str__(self) -> str:
        """Return ``path:line: key: message; hint``: what editors and terminals turn into a link."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        said = f"{self.message}; {self.hint}" if self.hint else self.message
        return ": ".join(part for part in (place, "warning" if self.warning else "", self.key, said) if part)


class ContentError(Exception):
    """The content has problems; nothing was published. ``problems`` holds all of them, sorted, each once."""

    exitcode = 1  # Pelican's command line ends with this status

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems sorted by path and line, each once."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def reported(context: MutableMapping[str, Any]) -> list[Problem]:
    """Return the list in which this build's problems and warnings gather; append to it.

    ``context`` is Pelican's settings or a generator's context: a context is a shallow copy of the settings, so that
    both hold the same list.
    """
    problems: list[Problem] = context.setdefault("PROBLEMS", [])
    return problems
