"""The files of an owner's repository, as this release generates them, and the record of those that it has.

The file ``.frontispiece`` states which release generated which files, by hash::

    # What `frontispiece upgrade` may refresh. Commit this file.
    version 0.1.0
    sha256 2c26b46b… README.md

A hash is taken with lines ended by LF, since git may change them on Windows, and without the version in
requirements.txt, which a bot may raise.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..problems import Place, Problem, Problems
from ..settings_source import with_settings

_SITE = Path(__file__).parent / "site"
_TESTED = Path(__file__).parent / "tested-versions.txt"
_NAME = "Your Name"  # the placeholder in site/
_RELEASED = re.compile(r"[0-9.]+")  # other versions are for development
RECORD = ".frontispiece"
_HEADER = "# What `frontispiece upgrade` may refresh. Commit this file.\n"
_VERSION = re.compile(rb"^(frontispiece==)\S+", re.MULTILINE)
OWNED = ("content/", "pelicanconf.py", "publishconf.py")  # all other files are generated


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose site it is: the ``name``, and ``site_url``, the site's address; "" keeps the placeholder."""

    name: str = ""
    site_url: str = ""


def generated(version: str) -> dict[str, bytes]:
    """Return the generated files of a release: path → bytes."""
    files = {path: data for path, data in _template().items() if not path.startswith(OWNED)}
    return {**files, "requirements.txt": requirements(version)}


def owned(owner: Owner) -> dict[str, bytes]:
    """Return the files that belong to the owner from the start: path → bytes."""
    files = {path: data for path, data in _template().items() if path.startswith(OWNED)}
    if owner.name:
        key = json.dumps(owner.name, ensure_ascii=False)  # a JSON string is a YAML string too
        authors = files["content/authors.yml"].decode().replace(json.dumps(_NAME), key)
        files["content/authors.yml"] = authors.encode()
        files["pelicanconf.py"] = _set(files["pelicanconf.py"], SITENAME=owner.name, AUTHOR=owner.name)
    return {**files, **with_address(files, owner)}


def with_address(files: Mapping[str, bytes], owner: Owner) -> dict[str, bytes]:
    """Return publishconf.py with the owner's address in it; nothing without one."""
    if not owner.site_url:
        return {}
    return {"publishconf.py": _set(files["publishconf.py"], SITEURL=owner.site_url)}


def unfinished(files: Mapping[str, bytes], version: str) -> list[Problem]:
    """Return a warning for each line that its owner has to write, and one for a release that cannot be installed."""
    name = "write your name there and in content/authors.yml"
    address = "write where the site will be, unless GitHub Pages passes it in"
    index = "install its wheel before the other requirements"
    found = []
    for path, key, start, message, hint in (
        ("pelicanconf.py", "AUTHOR", f"AUTHOR = {json.dumps(_NAME)}", "is still a placeholder", name),
        ("publishconf.py", "SITEURL", "SITEURL = os.environ", "is still a placeholder", address),
        ("requirements.txt", "frontispiece", "frontispiece==", f"{version!r} is not on any package index", index),
    ):
        lines = files[path].decode().splitlines()
        number = next((number for number, line in enumerate(lines, 1) if line.startswith(start)), 0)
        if number and not (path == "requirements.txt" and _RELEASED.fullmatch(version)):
            found.append(Problem(path, number, key, message, hint, warning=True))
    return found


def requirements(version: str) -> bytes:
    """Return the owner's requirements.txt: this release, and the versions that it was tested with."""
    return f"frontispiece=={version}\n\n# What it was tested with:\n".encode() + _TESTED.read_bytes()


def _template() -> dict[str, bytes]:
    files = (file for file in sorted(_SITE.rglob("*")) if file.is_file() and "__pycache__" not in file.parts)
    return {file.relative_to(_SITE).as_posix(): file.read_bytes() for file in files}


def _set(source: bytes, **values: str) -> bytes:
    return with_settings(source.decode(), values).encode()


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
                problems.error(Place(RECORD, number), message, "restore the file from git")
    return Record(version, hashes)
