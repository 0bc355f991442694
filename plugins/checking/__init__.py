"""Looks at the finished site: do its own links lead somewhere? Edge; called by tasks.py, no Pelican plugin."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..problems import Problem
from .links import broken, read


def check(output: Path, settings: Mapping[str, Any]) -> list[Problem]:
    """Return a warning for each link in the site's pages that leads to nothing inside it; reads every page once."""
    files = {file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file()}
    pages = {
        path: read((output / path).read_text("utf-8", "replace")) for path in sorted(files) if path.endswith(".html")
    }
    return list(broken(pages, files, str(settings.get("SITEURL") or ""), output.name))
