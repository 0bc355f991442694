"""Problems: what an author must fix, warnings: what an author should know, and the collector that gathers both.

A step of a build that meets something wrong reports it and goes on, so that one run reports everything:

- a **parser** of one value raises ``InvalidValueError`` with a reason and a way out; it knows no file and no line;
- its **caller** knows the place, and turns the error into a problem: ``with problems.collect(place): …``;
- **check** (`plugins.pipeline`) ends the build if any of the problems is an error.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

_LONGEST = 600  # characters of one part of a problem


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault in one place of the author's content.

    ``path`` is relative to the project's root with forward slashes; ``line`` counts from 1, and 0 means the
    whole file. ``key`` is the front-matter key or the construct that is at fault. ``message`` states the value as
    written and why it cannot be used, ``hint`` the way out. A ``warning`` is reported, and the build goes on.
    """

    path: str
    line: int
    key: str
    message: str
    hint: str = ""
    warning: bool = False

    def __post_init__(self) -> None:
        """Keep every part on one line that a terminal can show, and quote a long value by its two ends."""
        for name in ("path", "key", "message", "hint"):
            object.__setattr__(self, name, _shown(getattr(self, name)))

    def __str__(self) -> str:
        """Return ``path:line: key: message; hint``: what editors and terminals turn into a link."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        text = f"{self.message}; {self.hint}" if self.hint else self.message
        return ": ".join(part for part in (place, "warning" if self.warning else "", self.key, text) if part)

    @property
    def without_line(self) -> str:
        """The same without the line, which moves as the author writes."""
        return str(replace(self, line=0))


def _shown(text: str) -> str:
    """Return a text with escapes for what cannot be printed, and without the middle of a very long one."""
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]}…{text[1 - _LONGEST // 2 :]}"
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


class Place(NamedTuple):
    """Where an author wrote something: file, line from 1 (0: the whole file), key."""

    path: str
    line: int = 0
    key: str = ""

    def __str__(self) -> str:
        """Return ``path:line``."""
        return f"{self.path}:{self.line}" if self.line else self.path


class InvalidValueError(ValueError):
    """A value that cannot be used: ``message`` says why, as it follows the value as written; ``hint`` is a way out."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return both parts as one line."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


class Problems:
    """Collects the problems and warnings of one run; iterates over them sorted, each once."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self._found = dict.fromkeys(found)

    def __iter__(self) -> Iterator[Problem]:
        """Yield the problems sorted by path and line."""
        return iter(sorted(self._found))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._found)

    def add(self, problem: Problem) -> None:
        """Add one problem."""
        self._found[problem] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add several problems."""
        self._found.update(dict.fromkeys(problems))

    def error(self, place: Place, message: str, hint: str = "") -> None:
        """Report what the author must fix."""
        self.add(Problem(place.path, place.line, place.key, message, hint))

    def warn(self, place: Place, message: str, hint: str = "") -> None:
        """Report what the author should know."""
        self.add(Problem(place.path, place.line, place.key, message, hint, warning=True))

    @contextmanager
    def collect(self, place: Place, value: object = ...) -> Iterator[None]:
        """Report an ``InvalidValueError`` that the block raises, as an error of ``place``; the block ends there.

        ``value``, where given, is quoted as the author wrote it in front of the reason.
        """
        try:
            yield
        except InvalidValueError as error:
            self.error(place, f"{value!r} {error.message}" if value is not ... else error.message, error.hint)

    @property
    def failed(self) -> bool:
        """Whether any of them is an error, so that nothing may be published."""
        return any(not problem.warning for problem in self._found)

    def clear(self) -> None:
        """Forget all of them: another run begins."""
        self._found.clear()


class ContentError(Exception):
    """The content has problems; nothing was published. ``problems`` holds all of them, sorted, each once."""

    exitcode = 1  # Pelican's command line ends with this status

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems sorted by path and line, each once."""
        self.problems = tuple(Problems(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def acknowledge(problems: Iterable[Problem], entries: Iterable[str]) -> tuple[list[Problem], list[str]]:
    """Return the problems without the warnings that one of the entries quotes, and the entries that quote none.

    An entry is a warning as it is printed. Line numbers do not count; errors cannot be acknowledged.
    """
    quoted = {re.sub(r"^(.+?):\d+: warning: ", r"\1: warning: ", entry.strip()): entry for entry in entries}
    found = {problem: problem.without_line if problem.warning else None for problem in problems}
    left = [problem for problem, text in found.items() if text not in quoted]
    return left, [entry for text, entry in quoted.items() if text not in found.values()]
