"""Check the finished site: does every link inside it lead somewhere? Edge: reads the output; called by the tasks."""

from pathlib import Path

from ..problems import Problem
from .links import broken, read


def check(output: Path, siteurl: str) -> list[Problem]:
    """Return a warning for each link of the site to something inside it that is not there; reads each page once."""
    files = {file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file()}
    pages = {
        path: read((output / path).read_text("utf-8", "replace")) for path in sorted(files) if path.endswith(".html")
    }
    return list(broken(pages, files, siteurl, output.name))
