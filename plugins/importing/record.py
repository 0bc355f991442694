"""What was imported, by hash: the file ``.frontispiece-import`` in the project, to be committed with it.

With it an import that is repeated knows which files its owner has changed or removed since: those it leaves as they
are. Of the settings files single settings are recorded, ``pelicanconf.py AUTHOR``.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

FILE = ".frontispiece-import"
_HEADER = (
    "# What `invoke import` has written, by hash: what you change or remove since then stays so. Commit this file.\n"
)


def written(hashes: Mapping[str, str]) -> bytes:
    """Return the text of the file."""
    return (_HEADER + "".join(f"sha256 {digest} {path}\n" for path, digest in sorted(hashes.items()))).encode()


def read(file: Path) -> dict[str, str]:
    """Return the hashes by path; of a line that is none, such as git's marks of a conflict, nothing."""
    if not file.is_file():
        return {}
    parts = (line.split(" ", 2) for line in file.read_text("utf-8", "replace").splitlines())
    return {part[2]: part[1] for part in parts if len(part) == 3 and part[0] == "sha256"}


def fingerprint(source: bytes | Path) -> str:
    """Return the hash of bytes or of a file, whose lines may be ended as git does on Windows."""
    if isinstance(source, bytes):
        return hashlib.sha256(source.replace(b"\r\n", b"\n")).hexdigest()
    digest, rest = hashlib.sha256(), b""
    with source.open("rb") as opened:
        while data := opened.read(1 << 20):
            data = rest + data
            rest = b"\r" if data.endswith(b"\r") else b""
            digest.update(data[: len(data) - len(rest)].replace(b"\r\n", b"\n"))
    digest.update(rest)
    return digest.hexdigest()
