"""A folder on a machine that is reached by ssh. Edge: runs rsync.

Files that differ by checksum are sent beside the old ones, put in place together at the end (``--delay-updates``), and
what is no longer there is deleted last. Killed half-way, the site is the old one or nearly so; repeating mends it.
"""

import shutil
import subprocess
from pathlib import Path

from .difference import Difference
from .errors import PublishError

# %i is the itemized change (rsync(1), --itemize-changes), %l the length, %n the name
FORMAT = "%i %l %n"
OPTIONS = ("--recursive", "--links", "--times", "--checksum", "--delete-after", "--delay-updates", "--chmod=D755,F644")


class Rsync:
    """``to`` is rsync's destination, ``user@host:folder``; ``ssh`` the command that reaches it, ``ssh -p 2222``."""

    def __init__(self, output: Path, to: str, ssh: str) -> None:
        """Know the places; ask nobody yet."""
        self.output = output
        self.to = to
        self.ssh = ssh

    def compare(self) -> Difference:
        """Let rsync say what it would do."""
        return itemized(self.run("--dry-run"))

    def send(self) -> str:
        """Let rsync do it."""
        self.run()
        return f"sent to {self.to}"

    def look(self) -> str:
        """Let rsync compare every file by its checksum once more."""
        if left := self.compare():
            raise PublishError(f"{self.to} differs from what was sent; publish again:\n{left}")
        return f"{self.to} holds exactly this site"

    def roll_back(self) -> str:
        """Say that this place keeps no earlier site."""
        raise PublishError("rsync keeps no earlier site; check the earlier commit out and publish it")

    def run(self, *more: str) -> str:
        """Run rsync and return what it itemizes; PublishError with its last word if it fails."""
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
        ran = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
        if ran.returncode:
            words = ran.stderr.strip().splitlines() or [f"status {ran.returncode}"]
            raise PublishError(f"rsync: {words[0]}; nothing is lost, publish again")
        return ran.stdout


def itemized(told: str) -> Difference:
    """Read rsync's itemized changes: ``<f+++++++++ 12 a.html`` is new, ``<fcs…`` changed, ``*deleting`` deleted."""
    added, changed, deleted = [], [], []
    for line in told.splitlines():
        what, _, rest = line.partition(" ")
        size, _, name = rest.strip().partition(" ")
        if what.startswith("*deleting"):
            deleted.append((name, 0))
        elif what[1:2] == "f" and "+" in what:
            added.append((name, int(size)))
        elif what[1:2] == "f" and what[2:3] == "c":
            changed.append((name, int(size)))
    return Difference(tuple(sorted(added)), tuple(sorted(changed)), tuple(sorted(deleted)))
