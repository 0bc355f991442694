"""Each page's Markdown beside its HTML, for whoever reads text rather than pages: ``cv/index.md``."""

import re
from collections.abc import Container, Iterable

from ..site import Page

FEED = "feed.xml"  # where jekyll-feed has it
_BLANKS = re.compile(r"\n(?:[ \t]*\n){2,}")


def alternates(pages: Iterable[Page], taken: Container[str]) -> dict[str, str]:
    """Return the file of each page's Markdown, by the page's path.

    None where a file of the author's is ``taken``; of two pages, ``x`` and ``x.html``, the first has it.
    """
    names: dict[str, str] = {}
    for page in pages:
        if page.markdown:
            names.setdefault(beside(page.save_as), page.path)
    return {path: name for name, path in names.items() if name not in taken}


def beside(save_as: str) -> str:
    """Return where the Markdown of a page lies: ``cv/index.html`` → ``cv/index.md``."""
    return re.sub(r"\.html?$", "", save_as) + ".md"


def source_text(page: Page) -> str:
    """Return the file: the title, if the page has one, and the body, without the holes that comments left."""
    title = f"# {page.heading}\n\n" if page.heading else ""
    return title + _BLANKS.sub("\n\n", page.markdown).strip() + "\n"
