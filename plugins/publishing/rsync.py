"""A folder on a machine that is reached by ssh. Edge: runs rsync.

Files that differ by checksum are sent beside the old ones, moved into place together at the end (``--delay-updates``),
and what is no longer part of the site is deleted last. If it is killed, the site is the old one or nearly so, and
publishing again completes it.
"""

import shutil
import subprocess
from pathlib import Path

from .destination import PublishError
from .difference import Difference

# %i is the itemized change (rsync(1), --itemize-changes), %l the length, %n the name
FORMAT = "%i %l %n"
OPTIONS = (
    *("--recursive", "--links", "--times", "--checksum", "--delete-after", "--delay-updates", "--chmod=D755,F644"),
    "--8-bit-output",  # else rsync escapes names that the locale's encoding lacks
)


class Rsync:
    """``to`` is rsync's destination, ``user@host:folder``; ``ssh`` the command that reaches it, ``ssh -p 2222``."""

    def __init__(self, output: Path, to: str, ssh: str) -> None:
        """Store the arguments; connect to nothing yet."""
        self.output = output
        self.to = to
        self.ssh = ssh

    def compare(self) -> Difference:
        """Return what rsync would change."""
        return parse_changes(self.run("--dry-run"))

    def send(self) -> str:
        """Run rsync."""
        self.run()
        return f"sent to {self.to}"

    def verify(self) -> str:
        """Let rsync compare every file by its checksum once more."""
        if left := self.compare():
            raise PublishError(f"{self.to} differs from what was sent; publish again:\n{left}")
        return f"{self.to} holds exactly this site"

    def roll_back(self) -> str:
        """Raise: rsync keeps no earlier site."""
        raise PublishError("rsync keeps no earlier site; check out the earlier commit and publish it")

    def run(self, *more: str) -> str:
        """Run rsync and return the changes that it itemizes; PublishError with its first message if it fails."""
        program = shutil.which("rsync")
        if program is None:
            raise PublishError("rsync is not installed; Debian: apt install rsync")
        command = [
            program,
            *OPTIONS,
            *more,
            f"--out-format={FORMAT}",
            "--rsh",
            self.ssh,
            "--",
            f"{self.output}/",
            self.to,
        ]
        ran = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")  # noqa: S603
        if ran.returncode:
            messages = ran.stderr.strip().splitlines() or [f"status {ran.returncode}"]
            raise PublishError(f"rsync: {messages[0]}; nothing is lost, publish again")
        return ran.stdout


def parse_changes(itemized: str) -> Difference:
    """Parse rsync's itemized changes: ``<f+++++++++ 12 a.html`` is new, ``<fc…`` changed, ``*deleting`` deleted.

    Folders, and files of which only the time or the mode changes, are left out.
    """
    added, changed, deleted = [], [], []
    for line in itemized.splitlines():
        what, _, rest = line.partition(" ")
        size, _, name = rest.strip().partition(" ")
        if what.startswith("*deleting"):
            deleted.append((name, 0))
        elif what[1:2] == "f" and what[2:3] == "+":
            added.append((name, int(size)))
        elif what[1:2] == "f" and what[2:3] == "c":
            changed.append((name, int(size)))
    return Difference(tuple(sorted(added)), tuple(sorted(changed)), tuple(sorted(deleted)))
