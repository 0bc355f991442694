"""Check the finished site: do its links lead somewhere, is its domain the right one? Edge: reads the output."""

from pathlib import Path

from ..domain import other_domain
from ..problems import Problem
from .links import broken, read


def check(output: Path, siteurl: str) -> list[Problem]:
    """Return a warning for each link of the site to something inside it that is not there, and for another's domain."""
    files = {file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file()}
    pages = {
        path: read((output / path).read_text("utf-8", "replace")) for path in sorted(files) if path.endswith(".html")
    }
    cname = (output / "CNAME").read_text("utf-8", "replace") if "CNAME" in files else ""
    return [*other_domain(cname, siteurl), *broken(pages, files, siteurl, output.name)]
