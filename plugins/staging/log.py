"""What Pelican only logs, and goes on from with exit status 0, becomes a problem or a warning (edge: logging).

Pelican skips a file that it cannot read, leaves out a static file that it cannot copy, and keeps a link that leads
nowhere. A page or a file that silently vanishes is a problem; the rest is a warning.
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from ..problems import ContentError, Problem

# Warnings of Pelican 4.12 after which a file is missing from the output.
_LOSES_A_FILE = ("A problem occurred copying file", "While copying", "Cannot copy", "Skipped copy")


class Listener(logging.Handler):
    """Turn the records of one build into problems, and give each to ``report``."""

    def __init__(self, report: Callable[[Problem], None]) -> None:
        """Listen from the level of a warning on."""
        super().__init__(logging.WARNING)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        """Report one record."""
        error = sys.exc_info()[1]
        if isinstance(error, ContentError):  # Pelican's command line tells how it ended: nothing new
            return
        message = " ".join(record.getMessage().split())
        if error is not None and record.levelno >= logging.ERROR:
            message += f": {type(error).__name__}: {error}"
        loses = record.levelno >= logging.ERROR or str(record.msg).startswith(_LOSES_A_FILE)
        self._report(Problem(_path(record), 0, "", message, warning=not loses))


def tell_bare(record: logging.LogRecord) -> bool:
    """Filter of Pelican's own logger: let `pelican` end with the problems, one a line, and not with a traceback."""
    error = record.exc_info[1] if record.exc_info else None
    if not isinstance(error, ContentError):
        return True
    for problem in error.problems:
        print(problem, file=sys.stderr)
    return False


def _path(record: logging.LogRecord) -> str:
    """Return the first file that a record names, relative to the project's root; without one, who says it."""
    here = Path.cwd().resolve()
    for argument in record.args if isinstance(record.args, tuple) else ():
        source = getattr(argument, "source_path", argument)
        if isinstance(source, str):
            for path in (Path(source), Path("content", source)):
                if path.is_file():
                    path = path.resolve()
                    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
    return record.name
