"""Turn what Pelican only logs, before it continues and exits with status 0, into problems and warnings (edge: logging).

Pelican skips a file that it cannot read, omits a static file that it cannot copy, and keeps a broken link. A missing
page or file is a problem; the rest is a warning.
"""

import logging
import re
import sys
from collections.abc import Callable
from pathlib import Path

from ..problems import ContentError, Place, Problem
from ..settings import FILE as SETTINGS

# How those warnings of Pelican 4.12 begin that are about what no page shows (pages with one slug, addresses of lists
# that are not made), are no fault, or are reported better; and those after which a file is missing from the output.
_NOTHING_LOST = (
    "There are %s",
    "All items",
    "Unable to generate valid slug",
    "Other invalid slugs",
    "Cannot get modification",
    "Unable to find '%s', skipping url",
    "Replacement Indicator",
    "Other resources were not found",
    "Empty alt attribute",  # right for a picture that only decorates
    "Other images have empty alt attributes",
)
_FILE_LOST = ("A problem occurred copying file", "While copying", "Cannot copy", "Skipped copy")
_SETTING = re.compile(r"\b[A-Z][A-Z_]{3,}\b")
_STAGED = re.compile(r"\.staging-([^/\\]+)(?:[/\\](?:new|next|spare|lock|files\.json)\b)?")


class Listener(logging.Handler):
    """Turns the log records of one build into problems and passes each to ``report``."""

    def __init__(self, report: Callable[[Problem], None]) -> None:
        super().__init__(logging.WARNING)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        """Report one record."""
        error = sys.exc_info()[1]
        if isinstance(error, ContentError):  # reported already
            return
        if str(record.msg).startswith(_NOTHING_LOST):
            return
        message = " ".join(record.getMessage().split())
        if error is not None and record.levelno >= logging.ERROR:
            message += f": {type(error).__name__}: {error}"
        loses_file = record.levelno >= logging.ERROR or str(record.msg).startswith(_FILE_LOST)
        place = Place(_path(record))
        if record.name == "pelican.settings":
            place = Place(SETTINGS, 0, next(iter(_SETTING.findall(message)), ""))
        if str(record.msg).startswith(("Cannot register plugin", "Cannot load plugin")):
            place = Place(SETTINGS, 0, "PLUGINS")
        self._report(Problem(*place, without_paths(message), warning=not loses_file))


def print_problems(record: logging.LogRecord) -> bool:
    """Filter for Pelican's logger: print the problems that ended the build, one a line, in place of a traceback."""
    error = record.exc_info[1] if record.exc_info else None
    if not isinstance(error, ContentError):
        return True
    for problem in error.problems:
        print(problem, file=sys.stderr)
    return False


def without_paths(text: str) -> str:
    """Return a text with the paths of files as an author knows them: from the project's root, and in the output."""
    here = Path.cwd()
    for root in (here.resolve(), here):
        text = re.sub(rf"{re.escape(str(root))}(?:[/\\]|(?![\w.-]))", "", text)
    return _STAGED.sub(r"\1", text)


def shown(path: Path) -> str:
    """Return a path in the same way, with forward slashes."""
    return Path(without_paths(str(path.absolute()))).as_posix()


def _path(record: logging.LogRecord) -> str:
    """Return the first path that a record names, relative to the project's root, or else the logger's name."""
    for argument in record.args if isinstance(record.args, tuple) else ():
        source = getattr(argument, "source_path", argument)
        if isinstance(source, str):
            for path in (Path(source), Path("content", source)):
                if path.is_file() or (path.is_absolute() and path.is_dir()):
                    return shown(path)
    return record.name
