"""Turn what Pelican only logs, before it continues and exits with status 0, into problems and warnings (edge: logging).

Pelican skips a file that it cannot read, omits a static file that it cannot copy, and keeps a broken link. A missing
page or file is a problem; the rest is a warning.
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from ..problems import ContentError, Problem

# How those warnings of Pelican 4.12 begin after which a file is missing from the output.
_FILE_LOST = ("A problem occurred copying file", "While copying", "Cannot copy", "Skipped copy")


class Listener(logging.Handler):
    """Turns the log records of one build into problems and passes each to ``report``."""

    def __init__(self, report: Callable[[Problem], None]) -> None:
        """Handle warnings and above."""
        super().__init__(logging.WARNING)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        """Report one record."""
        error = sys.exc_info()[1]
        if isinstance(error, ContentError):  # reported already
            return
        message = " ".join(record.getMessage().split())
        if error is not None and record.levelno >= logging.ERROR:
            message += f": {type(error).__name__}: {error}"
        loses_file = record.levelno >= logging.ERROR or str(record.msg).startswith(_FILE_LOST)
        self._report(Problem(_path(record), 0, "", message, warning=not loses_file))


def print_problems(record: logging.LogRecord) -> bool:
    """Filter for Pelican's logger: print the problems that ended the build, one a line, in place of a traceback."""
    error = record.exc_info[1] if record.exc_info else None
    if not isinstance(error, ContentError):
        return True
    for problem in error.problems:
        print(problem, file=sys.stderr)
    return False


def _path(record: logging.LogRecord) -> str:
    """Return the first path that a record names, relative to the project's root, or else the logger's name."""
    here = Path.cwd().resolve()
    for argument in record.args if isinstance(record.args, tuple) else ():
        source = getattr(argument, "source_path", argument)
        if isinstance(source, str):
            for path in (Path(source), Path("content", source)):
                if path.is_file() or (path.is_absolute() and path.is_dir()):
                    path = path.resolve()
                    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
    return record.name
