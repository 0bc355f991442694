"""A page's Markdown as a file of its own."""

import re

_PRIVATE = re.compile(
    r"^\{::comment\}.*?^\{:/(?:comment)?\}[ \t]*$", re.MULTILINE | re.DOTALL
)  # kramdown's own comments
_BLANKS = re.compile(r"\n(?:[ \t]*\n){2,}")


def beside(save_as: str) -> str:
    """Return where the Markdown of a page lies: ``cv/index.html`` → ``cv/index.md``."""
    return re.sub(r"\.html?$", "", save_as) + ".md"


def text(heading: str, body: str) -> str:
    """Return the file: the title, if the page has one, and the body, without the holes that comments left."""
    title = f"# {heading}\n\n" if heading else ""
    return title + _BLANKS.sub("\n\n", _PRIVATE.sub("", body)).strip() + "\n"
