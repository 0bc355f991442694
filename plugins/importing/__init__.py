"""An academicpages checkout → this project's content and settings. Edge; called by tasks.py, no Pelican plugin.

The home page is copied byte for byte. Pages that are not imported are reported as warnings. Symbolic links are never
followed: one could bring a private file of this machine into the site.
"""

from collections.abc import Iterator
from pathlib import Path

from ..problems import ContentError, Place, Problem, Problems
from ..settings_source import with_settings
from ..yaml_mapping import parse_yaml
from .config import Config, read_config

# Folders of the template: none of their files is the author's.
TEMPLATE_FOLDERS = {"assets", "markdown_generator", "talkmap", "scripts", "node_modules", "vendor", "docs"}


def import_site(checkout: Path, project: Path, *, overwrite: bool = False) -> tuple[list[str], list[Problem]]:
    """Copy the home page, the author, pictures and files of ``checkout`` into ``project``.

    Returns the paths written, relative to ``project``, and the warnings. Raises ``ContentError``, before anything is
    written, if ``checkout`` is not an academicpages site, or if a file would be replaced and ``overwrite`` is False.
    """
    problems = Problems()
    config = configuration(checkout, problems)
    home, others = pages(checkout)
    if home is None:
        problems.error(Place("_pages"), "no page here has 'permalink: /'", "name a checkout of academicpages")
    if home is None or problems.failed:
        raise ContentError(problems)
    files = dict(planned(checkout, project, home, config))
    replaced = [path for path, data in files.items() if (old := project / path).is_file() and old.read_bytes() != data]
    if replaced and not overwrite:
        raise ContentError(Problem(path, 0, "", "would be replaced", "add --yes to replace it") for path in replaced)
    for path, data in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(data)
    for page in others:
        problems.warn(Place(page), "is not imported: only the home page is", "copy it to content/pages/")
    return sorted(files), list(problems)


def configuration(checkout: Path, problems: Problems) -> Config:
    """Read the checkout's ``_config.yml``; ``ContentError`` without one."""
    file = checkout / "_config.yml"
    if not is_own_file(file):
        raise ContentError([Problem(str(file), 0, "", "is missing", "name a checkout of academicpages")])
    return read_config(text_of(file), "_config.yml", problems)


def pages(checkout: Path) -> tuple[Path | None, list[str]]:
    """Return the page whose permalink is ``/``, and the paths of all others, relative to the checkout."""
    home, others = None, []
    for page in filter(is_own_file, sorted((checkout / "_pages").glob("*.*"))):
        front_matter = text_of(page).lstrip().removeprefix("---").split("\n---", 1)[0]
        values = parse_yaml(front_matter, page.name, Problems()).values  # the build reports what is wrong with it
        if home is None and page.suffix == ".md" and values.get("permalink") == "/":
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
    if is_own_file(checkout / "CNAME"):
        yield "content/root/CNAME", (checkout / "CNAME").read_bytes()
    for folder in sorted(checkout.iterdir()):
        if folder.is_symlink() or folder.name[0] in "._" or folder.name in TEMPLATE_FOLDERS:
            continue
        for file in filter(is_own_file, sorted(folder.rglob("*"))):
            yield f"content/{file.relative_to(checkout).as_posix()}", file.read_bytes()


def is_own_file(path: Path) -> bool:
    """Return whether a path is a file, and not a symbolic link."""
    return path.is_file() and not path.is_symlink()


def text_of(file: Path) -> str:
    """Return a file's text with its lines ended by LF; a byte that is not UTF-8 becomes U+FFFD."""
    return file.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
