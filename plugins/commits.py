"""When the pages were last committed. Edge: runs git, beside the rest of the build.

Nothing is known of a project that is no git repository, of a shallow clone, whose first commit has every file, and on a
machine without git.
"""

import subprocess
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path

_MOST = 2000  # commits that are looked at
_COMMAND = f"git -c core.quotePath=false log --format=format:%x00%cs --name-only --relative -n {_MOST} --".split()


class Commits:
    """The commits of one project's folder ``root``, as far as they touch ``folder``."""

    def __init__(self, root: Path, folder: str) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        repository = next((above / ".git" for above in (root, *root.parents) if (above / ".git").exists()), None)
        if repository and not (repository / "shallow").exists():
            with suppress(OSError):
                self._process = subprocess.Popen(  # noqa: S603  (a command of this module, no shell)
                    [*_COMMAND, folder], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                )

    @cached_property
    def dates(self) -> Mapping[str, date]:
        """The day of each file's last commit by its path from the root, in the time zone of who committed it."""
        found: dict[str, date] = {}
        output = self._process.communicate()[0] if self._process else b""
        for commit in output.decode("utf-8", "replace").split("\0")[1:]:
            day, *names = commit.strip().split("\n")
            for name in names:
                found.setdefault(name, date.fromisoformat(day))
        return found
