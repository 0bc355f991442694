"""This release: its version, and what is new in it.

To make a release: raise the version in pyproject.toml; add its section to CHANGES.md; write the versions to install,

    uv pip compile pyproject.toml --universal --python-version 3.11 --no-annotate --no-header --upgrade \\
        -o plugins/scaffolding/tested-versions.txt

run the tests with them (`pip install -e '.[test]' -c plugins/scaffolding/tested-versions.txt`); `python -m build`.
"""

import re
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

_CHANGES = Path(__file__).parent / "CHANGES.md"
_HEADING = re.compile(r"^## (\S+).*\n", re.MULTILINE)


def version() -> str:
    """Return the version that is installed, which pyproject.toml states; "unknown" for code that is only copied."""
    try:
        return installed("frontispiece")
    except PackageNotFoundError:
        return "unknown"


def changes_since(version: str, text: str | None = None) -> str:
    """Return the sections of CHANGES.md above the one of ``version``; the newest one if it has none.

    ``text`` replaces CHANGES.md. Its sections begin with ``## VERSION``, and the newest comes first.
    """
    text = _CHANGES.read_text("utf-8") if text is None else text
    headings = list(_HEADING.finditer(text))
    later = [heading.start() for heading in headings]
    for heading in headings:
        if heading[1] == version:
            return text[later[0] : heading.start()].strip()
    return text[later[0] : later[1] if len(later) > 1 else None].strip()
