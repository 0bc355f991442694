"""An academicpages checkout → this project's content and settings. Edge; called by tasks.py, no Pelican plugin.

The home page goes in byte for byte. What cannot be taken over, the pages that list collections, is told.
"""

from collections.abc import Iterator
from pathlib import Path

from ..problems import ContentError, Problem
from ..settings_source import with_settings
from ..yaml_mapping import read_mapping
from .config import Config, read_config

# The template's own machinery: nothing in these folders is the author's.
MACHINERY = {"assets", "markdown_generator", "talkmap", "scripts", "node_modules", "vendor", "docs"}


def import_site(checkout: Path, project: Path, *, overwrite: bool = False) -> tuple[list[str], list[Problem]]:
    """Copy the home page, the author, pictures and files of ``checkout`` into ``project``.

    Returns the paths written, relative to ``project``, and the warnings. Raises ``ContentError``, before anything is
    written, if ``checkout`` is no academicpages site, or if a file would be replaced and ``overwrite`` is False.
    """
    config = configuration(checkout)
    home, others = pages(checkout)
    problems = list(config.problems)
    if home is None:
        problems.append(Problem("_pages", 0, "", "no page here has 'permalink: /'", "name a checkout of academicpages"))
    if home is None or any(not problem.warning for problem in problems):
        raise ContentError(problems)
    files = dict(planned(checkout, project, home, config))
    replaced = [path for path, data in files.items() if (old := project / path).is_file() and old.read_bytes() != data]
    if replaced and not overwrite:
        raise ContentError(Problem(path, 0, "", "would be replaced", "add --yes to replace it") for path in replaced)
    for path, data in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(data)
    left = "is not taken over: only the home page is"
    problems += [Problem(page, 0, "", left, "copy it to content/pages/", warning=True) for page in others]
    return sorted(files), problems


def configuration(checkout: Path) -> Config:
    """Read the checkout's ``_config.yml``; ``ContentError`` without one."""
    file = checkout / "_config.yml"
    if not file.is_file():
        raise ContentError([Problem(str(file), 0, "", "is missing", "name a checkout of academicpages")])
    return read_config(text_of(file), "_config.yml")


def pages(checkout: Path) -> tuple[Path | None, list[str]]:
    """Return the page whose permalink is ``/``, and the paths of all others, relative to the checkout."""
    home, others = None, []
    for page in sorted((checkout / "_pages").glob("*.*")):
        front_matter = text_of(page).lstrip().removeprefix("---").split("\n---", 1)[0]
        if home is None and page.suffix == ".md" and read_mapping(front_matter).values.get("permalink") == "/":
            home = page
        else:
            others.append(page.relative_to(checkout).as_posix())
    return home, others


def planned(checkout: Path, project: Path, home: Path, config: Config) -> Iterator[tuple[str, bytes]]:
    """Yield each file that the import writes: its path in the project, its bytes."""
    yield "content/pages/about.md", home.read_bytes()
    yield "content/authors.yml", config.authors.encode()
    for name, values in (("pelicanconf.py", config.settings), ("publishconf.py", config.production)):
        yield name, with_settings((project / name).read_text("utf-8"), values).encode()
    if (checkout / "CNAME").is_file():
        yield "content/root/CNAME", (checkout / "CNAME").read_bytes()
    for folder in sorted(checkout.iterdir()):
        if folder.is_dir() and folder.name[0] not in "._" and folder.name not in MACHINERY:
            for file in sorted(folder.rglob("*")):
                if file.is_file() and not file.is_symlink():
                    yield f"content/{file.relative_to(checkout).as_posix()}", file.read_bytes()


def text_of(file: Path) -> str:
    """Return a file's text with its lines ended by LF; a byte that is not UTF-8 becomes U+FFFD."""
    return file.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
