"""The cases that are compared with Jekyll, and the site in which they run: Jekyll's own folders, and ours of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
SITE = HERE / "site"  # as Jekyll has it
FOLDERS = {"_pages": "pages", "_posts": "articles", "_data": "data", "_config.yml": "site.yml"}  # theirs → ours


class Case(NamedTuple):
    """One template, and what Jekyll prints for it; ``topic`` is the heading above it in cases.txt."""

    topic: str
    template: str
    printed: str


def cases() -> Iterator[Case]:
    """Yield the cases of cases.txt: a heading ``# topic``, lines of templates, each followed by ``=> `` and a line."""
    topic = template = ""
    for line in (HERE / "cases.txt").read_text("utf-8").split("\n"):
        if line.startswith("# "):
            topic = line[2:]
        elif line.startswith("=>"):
            yield Case(topic, template, line[3:].replace("⏎", "\n"))
        elif line:
            template = line.replace("⏎", "\n")


def our_files() -> Iterator[tuple[str, bytes]]:
    """Yield the files of the site below our content, with their names there."""
    for file in sorted(SITE.rglob("*")):
        if file.is_file():
            first, *rest = file.relative_to(SITE).parts
            yield "/".join([FOLDERS.get(first, first.removeprefix("_")), *rest]), file.read_bytes()
