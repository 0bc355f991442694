"""The file ``.frontispiece``: which release generated which files of a site, by hash.

    # What `frontispiece upgrade` may refresh. Commit this file.
    version 0.1.0
    sha256 2c26b46b… README.md

A hash is taken with lines ended by LF, since git may change them on Windows, and without the version in
requirements.txt, which a bot may raise.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..problems import Place, Problems

FILE = ".frontispiece"
_HEADER = "# What `frontispiece upgrade` may refresh. Commit this file.\n"
_VERSION = re.compile(rb"^(frontispiece==)\S+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Record:
    """What was generated last: the release's ``version``, and path → hash."""

    version: str
    hashes: Mapping[str, str]

    def __str__(self) -> str:
        """Return the text of the file."""
        lines = [f"version {self.version}\n", *(f"sha256 {digest} {path}\n" for path, digest in self.hashes.items())]
        return _HEADER + "".join(lines)


def fingerprint(data: bytes) -> str:
    """Return the hash of a generated file."""
    return hashlib.sha256(_VERSION.sub(rb"\1", data.replace(b"\r\n", b"\n"))).hexdigest()


def read_record(text: str, problems: Problems) -> Record:
    """Read the text of the file; a line that is neither is reported, such as git's marks of a conflict."""
    version, hashes = "", {}
    for number, line in enumerate(text.splitlines(), 1):
        match line.split(" ", 2):
            case ["version", value]:
                version = value
            case ["sha256", digest, path]:
                hashes[path] = digest
            case _ if line.strip() and not line.startswith("#"):
                message = f"{line!r} is not a line that `frontispiece upgrade` writes"
                problems.error(Place(FILE, number), message, "restore the file from git")
    return Record(version, hashes)
