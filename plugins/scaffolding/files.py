"""The files of an owner's repository, as this release generates them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..problems import Problem
from ..settings_source import with_settings

_SITE = Path(__file__).parent / "site"
_TESTED = Path(__file__).parent / "tested-versions.txt"
_NAME = "Your Name"  # the placeholder in site/
_RELEASED = re.compile(r"[0-9.]+")  # other versions are for development
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
