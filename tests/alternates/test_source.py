"""A page's Markdown as a file of its own."""

import pytest

from plugins.alternates import beside, source_text
from plugins.site import Page
from tests.conftest import Site


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
    page = Page("a.md", "", "index.html", "Title", "Title", markdown="\nOne\n\n\n \n\nTwo\n")
    assert source_text(page) == "# Title\n\nOne\n\nTwo\n"
    assert source_text(Page("a.md", "", "index.html", "Site", markdown="One")) == "One\n"


def test_it_is_the_page_without_what_is_private(site: Site) -> None:
    """Comments of HTML, of Liquid and of kramdown stay at home; code shows what it shows."""
    site.write(
        "content/pages/a.md",
        "---\npermalink: /\ntitle: A title\n# private too\n---\n\nOne <!-- secret --> two.\n\n<!-- secret\n\nsecret -->\n"
        "{% comment %}secret{% endcomment %}\n\n{::comment}\nsecret\n{:/comment}\n\n{% assign x = 'three' %}{{ x }}\n\n"
        "```html\n<!-- shown -->\n```\n",
    )
    built = site.build(SITEURL="https://example.org")
    markdown = built.text("index.md")
    assert "secret" not in markdown
    assert "private" not in markdown
    assert markdown.startswith("# A title\n\nOne  two.\n")
    assert "\nthree\n" in markdown
    assert "<!-- shown -->" in markdown
    assert '<link rel="alternate" type="text/markdown" href="/index.md">' in built.text("index.html")


def test_a_file_of_the_authors_own_stays(seed_site: Site) -> None:
    """content/root/index.md is not overwritten, and not linked as what it is not."""
    seed_site.write("content/root/index.md", "mine")
    built = seed_site.build()
    assert built.text("index.md") == "mine"
    assert "text/markdown" not in built.text("index.html")
