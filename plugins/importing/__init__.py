"""An academicpages checkout → this project's content and settings. Edge; called by tasks.py, no Pelican plugin.

The home page is copied byte for byte. Each file that is not taken over is reported. All files are written, or none.
"""

import filecmp
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..problems import ContentError, Place, Problem, Problems
from ..settings_source import with_settings
from ..transaction import obstacles, restore, write_all
from ..yaml_mapping import parse_yaml
from .checkout import files_at, files_in_folders, left_out, report_names
from .config import Config, read_config

_FRONT_MATTER = 1 << 16  # bytes: no page has more of it


class Imported(NamedTuple):
    """The paths ``written``, relative to the project, those of them that were ``replaced``, and the warnings."""

    written: list[str]
    replaced: list[str]
    warnings: list[Problem]


def import_site(checkout: Path, project: Path, *, overwrite: bool = False) -> Imported:
    """Copy the home page, the author, pictures and files of ``checkout`` into ``project``.

    Raises ``ContentError``, and leaves ``project`` as it was, if ``checkout`` is not an academicpages site, if a file
    would be replaced and ``overwrite`` is False, and if a file cannot be read or written.
    """
    problems = Problems()
    config = configuration(checkout, problems)
    home, others = pages(checkout, problems)
    if home is None:
        problems.error(Place("_pages"), "no page here has 'permalink: /'", "name a checkout of academicpages")
    if home is None or problems.failed:
        raise ContentError(problems)
    restore(project)
    files: dict[str, bytes | Path] = {}
    for path, source in planned(checkout, project, home, config, problems):
        if files.setdefault(path, source) is not source:
            problems.warn(Place(path.removeprefix("content/")), f"is not imported: {path} is written from another file")
    if found := obstacles(project, files, replace=True):
        raise ContentError(found)
    replaced = [path for path, source in files.items() if not holds(project / path, source)]
    if replaced and not overwrite:
        raise ContentError(Problem(path, 0, "", "would be replaced", "add --yes to replace it") for path in replaced)
    write_all(project, files)
    for page in others:
        problems.warn(Place(page), "is not imported: only the home page is", "copy it to content/pages/")
    report_names(sorted(files), problems)
    return Imported(sorted(files), replaced, list(problems))


def configuration(checkout: Path, problems: Problems) -> Config:
    """Read the checkout's ``_config.yml``; ``ContentError`` without one."""
    file = checkout / "_config.yml"
    if why := left_out(file, checkout):
        raise ContentError([Problem(str(file), 0, "", why, "name a checkout of academicpages")])
    return read_config(text_of(file.read_bytes()), "_config.yml", problems)


def pages(checkout: Path, problems: Problems) -> tuple[Path | None, list[str]]:
    """Return the page whose permalink is ``/``, and the paths of all others, relative to the checkout."""
    home, others = None, []
    for path, page in files_at(checkout / "_pages", checkout, problems):
        with page.open("rb") as file:
            front_matter = text_of(file.read(_FRONT_MATTER)).lstrip().removeprefix("---").split("\n---", 1)[0]
        if home is None and path.endswith(".md"):
            values = parse_yaml(front_matter, page.name, Problems()).values  # the build reports what is wrong with it
            home = page if values.get("permalink") == "/" else None
        if page != home:
            others.append(path)
    return home, others


def planned(
    checkout: Path, project: Path, home: Path, config: Config, problems: Problems
) -> Iterator[tuple[str, bytes | Path]]:
    """Yield each file that the import writes: its path in the project, its bytes or the file to copy."""
    yield "content/pages/about.md", home
    yield "content/authors.yml", config.authors.encode()
    for name, values in (("pelicanconf.py", config.settings), ("publishconf.py", config.production)):
        try:
            yield name, with_settings((project / name).read_text("utf-8"), values).encode()
        except SyntaxError as error:
            raise ContentError([Problem(name, error.lineno or 0, "", f"is not Python: {error.msg}")]) from None
    if os.path.lexists(checkout / "CNAME"):
        yield from ((f"content/root/{path}", file) for path, file in files_at(checkout / "CNAME", checkout, problems))
    yield from ((f"content/{path}", file) for path, file in files_in_folders(checkout, problems))


def holds(file: Path, source: bytes | Path) -> bool:
    """Return whether nothing would be lost: there is no such file, or it holds the same bytes."""
    if not file.is_file():
        return not file.is_symlink()
    return file.read_bytes() == source if isinstance(source, bytes) else filecmp.cmp(file, source, shallow=False)


def text_of(data: bytes) -> str:
    """Return a file's text with its lines ended by LF; a byte that is not UTF-8 becomes U+FFFD."""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
