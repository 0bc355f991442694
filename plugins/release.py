"""This release: its version.

To make a release: raise the version in pyproject.toml; add its section to CHANGES.md; write the versions to install,

    uv pip compile pyproject.toml --universal --python-version 3.11 --no-annotate --no-header --upgrade \\
        -o plugins/scaffolding/tested-versions.txt

run the tests with them (`pip install -e '.[test]' -c plugins/scaffolding/tested-versions.txt`); `python -m build`.
"""

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed


def version() -> str:
    """Return the version that is installed, which pyproject.toml states; "unknown" for code that is only copied."""
    try:
        return installed("frontispiece")
    except PackageNotFoundError:
        return "unknown"
