"""A page's Markdown as a file of its own."""

import pytest

from plugins.alternates.source import beside, text


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("index.html", "index.md"),
        ("cv/index.html", "cv/index.md"),
        ("cv.html", "cv.md"),
        ("a.htm", "a.md"),
        ("a.b.html", "a.b.md"),
    ],
)
def test_it_lies_beside_the_page(page: str, file: str) -> None:
    """Same folder, same name."""
    assert beside(page) == file


def test_it_has_the_title_and_no_holes() -> None:
    """Where a comment was there are no five blank lines."""
    assert text("Title", "\nOne\n\n\n \n\nTwo\n") == "# Title\n\nOne\n\nTwo\n"
    assert text("", "One") == "One\n"
