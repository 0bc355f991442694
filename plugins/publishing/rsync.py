"""A folder on a machine that is reached by ssh. Edge: runs rsync.

Files that differ by checksum are sent beside the old ones and moved into place together (``--delay-updates``): first
what pages refer to, then the pages. What is no longer part of the site is deleted last, pages first. So a page finds
its files whenever rsync is killed, and publishing again completes the site. The record names what is sent before that
begins.

What is not ours stays (`plugins.publishing.keeping`): rsync lists what it would delete, and those files are protected.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Container, Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from .destination import PAGES, Destination, Difference, PublishError
from .keeping import RECORD, UNPUBLISHED, UNPUBLISHED_TOP, foreign_files, read_record, record_of, site_files

# %i is the itemized change (rsync(1), --itemize-changes), %l the length, %n the name
FORMAT = "%i %l %n"
NOT_FOUND = 23  # the status when a source does not exist: "partial transfer due to error"
OPTIONS = (
    *("--recursive", "--links", "--times", "--checksum", "--delay-updates", "--chmod=D755,F644"),
    "--8-bit-output",  # else rsync escapes names that the locale's encoding lacks
)
# What a killed rsync leaves there: the folders in which --delay-updates collects files, and the file that was written.
WAITING = ".~tmp~/"
PART = re.compile(r"(?P<folder>(?:.*/)?)\.(?P<name>[^/]+)\.(?![a-z]{6})[A-Za-z0-9]{6}", re.DOTALL)
FILTERS = (  # rsync(1), "FILTER RULES": H hides a file of ours, P protects one there, R lets one there be deleted
    *(f"--filter=H {name}" for name in (*UNPUBLISHED, *(f"/{name}" for name in UNPUBLISHED_TOP))),
    f"--filter=P /{RECORD}",
    f"--filter=R {WAITING}",
)
# After the rules that protect what is not ours, these let pages be deleted, and nothing else.
PAGES_ALONE = ("--filter=R */", *(f"--filter=R *{suffix}" for suffix in PAGES), "--filter=P *")


class Rsync(Destination):
    """``to`` is rsync's destination, ``user@host:folder``; ``ssh`` the command that reaches it, ``ssh -p 2222``."""

    no_previous = "rsync keeps no earlier site; check out the earlier commit and publish it"

    def __init__(self, output: Path, to: str, ssh: str) -> None:
        self.output = output
        self.place = to
        self.ssh = ssh
        self.folder = to if to.endswith((":", "/")) else f"{to}/"

    def compare(self) -> Difference:
        """Return what rsync would change."""
        changes = parse_changes(self.run("--delete-after", "--dry-run"))
        if not changes.deleted:
            return changes
        new = set(site_files(self.output))
        ours = self.recorded() | new | {RECORD}
        parts = (PART.fullmatch(path) for path, _ in changes.deleted)
        left = {part[0] for part in parts if part and part["folder"] + part["name"] in ours}
        deleted = {path for path, _ in changes.deleted if WAITING not in path}
        kept = foreign_files(deleted - left, new, ours)
        return replace(changes, deleted=tuple(each for each in changes.deleted if each[0] not in kept), kept=kept)

    def send(self) -> str:
        """Run rsync for the files that pages refer to, then for everything, and spare what is not ours."""
        changes = self.compare()
        new = set(site_files(self.output))
        if changes.added:
            self.write_record(new.union(path for path, _ in changes.deleted))
        if not all(path.endswith(PAGES) for path, _ in changes.added + changes.changed):
            self.run("--force", *(f"--exclude=*{suffix}" for suffix in PAGES))
        with TemporaryDirectory() as workdir:
            rules = Path(workdir) / "rules"
            rules.write_bytes(b"".join(os.fsencode(f"P /{pattern_of(path)}\0") for path in changes.kept))
            delete = ("--delete-after", "--from0", f"--filter=merge {rules}")
            if any(path.endswith(PAGES) for path, _ in changes.deleted):
                self.run(*delete, *PAGES_ALONE)
            self.run(*delete)
        self.write_record(new)
        return f"sent to {self.place}"

    def write_record(self, paths: Iterable[str]) -> None:
        """Replace the record of what publications wrote."""
        with TemporaryDirectory() as workdir:
            record = Path(workdir) / RECORD
            record.write_bytes(record_of(paths))
            self.call("--chmod=D755,F644", "--rsh", self.ssh, "--", str(record), self.folder)

    def recorded(self) -> frozenset[str]:
        """Return the paths that the last publication wrote."""
        with TemporaryDirectory() as workdir:
            self.call("--rsh", self.ssh, "--", f"{self.folder}{RECORD}", f"{workdir}/", accepted=(0, NOT_FOUND))
            record = Path(workdir) / RECORD
            return read_record(record.read_bytes()) if record.is_file() else frozenset()

    def run(self, *more: str) -> str:
        """Run rsync for the whole site, and return the changes that it itemizes."""
        shown = f"--out-format={FORMAT}"
        return self.call(*OPTIONS, *more, *FILTERS, shown, "--rsh", self.ssh, "--", f"{self.output}/", self.place)

    def call(self, *arguments: str, accepted: Container[int] = (0,)) -> str:
        """Run rsync and return its output; PublishError with its first message if it fails.

        Names are bytes: those that are not UTF-8 pass as lone surrogates.
        """
        program = shutil.which("rsync")
        if program is None:
            raise PublishError("rsync is not installed; Debian: apt install rsync")
        command = [program, *arguments]
        ran = subprocess.run(command, capture_output=True, encoding="utf-8", errors="surrogateescape")  # noqa: S603
        if ran.returncode not in accepted:
            messages = ran.stderr.strip().splitlines() or [f"status {ran.returncode}"]
            raise PublishError(f"rsync: {messages[0]}; nothing is lost, publish again")
        return ran.stdout


def pattern_of(path: str) -> str:
    """Return the filter pattern that matches a path alone (rsync(1), "PATTERN MATCHING RULES").

    A backslash escapes only in a pattern that has a wildcard.
    """
    if not re.search(r"[*?\[]", path):
        return path
    return re.sub(r"[*?\[\\]", r"\\\g<0>", path)


def unescaped(name: str) -> str:
    """Return a name as it is: rsync prints a control character and what looks like an escape as ``\\#`` and octal."""
    return re.sub(r"\\#([0-7]{3})", lambda match: chr(int(match[1], 8)), name)


def parse_changes(itemized: str) -> Difference:
    """Parse rsync's itemized changes: ``<f+++++++++ 12 a.html`` is new, ``<fc…`` changed, ``*deleting`` deleted.

    Folders, and files of which only the time or the mode changes, are left out.
    """
    added, changed, deleted = [], [], []
    for line in itemized.splitlines():
        what, _, rest = line.partition(" ")
        size, _, name = rest.lstrip().partition(" ")
        name = unescaped(name)
        if what.startswith("*deleting"):
            if not name.endswith("/"):
                deleted.append((name, 0))
        elif what[1:2] == "f" and what[2:3] == "+":
            added.append((name, int(size)))
        elif what[1:2] == "f" and what[2:3] == "c":
            changed.append((name, int(size)))
    return Difference(tuple(sorted(added)), tuple(sorted(changed)), tuple(sorted(deleted)))
