"""The same word looks alike in text and sidebar, and no word is half in small capitals."""

import pytest

from plugins.small_capitals import mark
from tests.conftest import Site

CAPS = '<span class="caps">{}</span>'


@pytest.mark.parametrize("word", ["NASA", "AI/ML", "NIOO-KNAW", "COVID-19"])
def test_whole_words_of_html_are_marked(word: str) -> None:
    """Between tags, not in them."""
    html = '<p title="{0}">At <a href="/{0}">{1}</a>, {1}.</p>'
    assert mark(html.format(word, word)) == html.format(word, CAPS.format(word))


@pytest.mark.parametrize(
    "html",
    ["<svg><title>ORCID</title><text>SC</text></svg>", "<script>NASA</script>", "<code>NASA</code>", "<!-- NASA -->",
     "<p>CLIP-driven GPUs, J.P. Doe, jane@NASA.gov, NASA@example.org</p>", "<svg/>x", "</svg>A"],
)  # fmt: skip
def test_nothing_else_is(html: str) -> None:
    assert mark(html) == html


def test_the_sidebar_has_them_too(site: Site) -> None:
    """In what it says about the author, not in the name."""
    site.write("content/authors.yml", "author:\n  name: J. MAX DOE\n  bio: Works on AI/ML.\n  employer: NIOO-KNAW\n")
    site.write("content/pages/about.md", "---\npermalink: /\nauthor_profile: true\n---\nOn AI/ML.\n")
    built = site.build()
    assert not built.failed, built.lines
    html = built.text("index.html")
    assert html.count(CAPS.format("AI/ML")) == 2
    assert CAPS.format("NIOO-KNAW") in html
    assert CAPS.format("MAX") not in html
