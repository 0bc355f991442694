"""`frontispiece.author_profile` and `frontispiece.kramdown`, each alone in a plain Pelican site."""

import io
import re

import pytest
from PIL import Image

from tests.standalone.conftest import Quickstart

PART = "frontispiece.author_profile"
AUTHORS = """
Jane Doe:
  bio: Reads *old* books & <b>more</b>
  avatar: jane.png
  employer: Uni & Co
  github: jane
  links:
    - {label: Lab & friends, url: https://lab.example.org}
"""
TEMPLATE = '{% extends "!theme/page.html" %}\n{% block content %}{% include "author_profile.html" %}{{ super() }}{% endblock %}'
HEAD = '{% extends "!theme/page.html" %}\n{% block head %}{{ super() }}{% include "author_head.html" %}{% endblock %}'


@pytest.fixture
def site(quickstart: Quickstart) -> Quickstart:
    """Return a site with one author, one page that shows her and one that does not."""
    picture = io.BytesIO()
    Image.new("RGB", (400, 400), "red").save(picture, "PNG")
    quickstart.write("content/images/jane.png", picture.getvalue())
    quickstart.write("content/authors.yml", AUTHORS)
    quickstart.write("content/pages/me.md", "Title: Me\nAuthor_profile: true\nDescription: About & me\n\nHello.\n")
    quickstart.configure('THEME_TEMPLATES_OVERRIDES = ["mine"]\nSITEURL = "https://example.org"')
    return quickstart


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_a_theme_includes_the_profile(site: Quickstart, theme: str) -> None:
    """Escaped, although a plain site's templates do not escape; icons are as large as letters without our styles."""
    site.write("mine/page.html", TEMPLATE)
    assert site.pelican(PART, theme=theme) == []
    page = site.text("pages/me.html")
    assert page.count('class="profile h-card"') == 1
    assert 'aria-label="About the author"' in page
    assert re.search(r'<svg width="1em" [^>]*>(?:(?!</svg>).)+</svg><span class="p-org">Uni &amp; Co</span>', page)
    assert "<span>Lab &amp; friends</span>" in page
    assert '<a class="p-name u-url u-uid" rel="me" href="/pages/me.html">Jane Doe</a>' in page
    assert re.search(r'href="https://github.com/jane"><svg width="1em" height="1em" viewBox', page)
    (picture,) = re.findall(r'<img class="u-photo" src="/([^"]*)"', page)
    assert {picture, "author.vcf", "resume.json"} <= site.files()
    assert not re.search(r"<h1[^>]*><a class=.p-name", page)  # the page has a heading
    assert "h-card" not in site.text("pages/cv.html")


def test_a_theme_includes_the_head(site: Quickstart) -> None:
    site.write(
        "mine/page.html", HEAD + "{% block content %}<div class='h-card'>{{ page.profile.name }}</div>{% endblock %}"
    )
    assert site.pelican(PART) == []
    page = site.text("pages/me.html")
    assert '<meta name="description" content="About &amp; me">' in page
    assert '"@type":"ProfilePage"' in page.replace(" ", "")
    assert "<div class='h-card'>Jane Doe</div>" in page


def test_a_theme_that_shows_no_profile_is_reported(site: Quickstart) -> None:
    (line,) = site.pelican(PART)
    assert line.startswith("pelicanconf.py:")
    assert line.endswith(
        ": warning: THEME: no template of the theme shows page.profile; write "
        "{% include 'author_profile.html' %} into page.html, or class='h-card' around your own markup"
    )


def test_an_unknown_author_ends_the_build(site: Quickstart) -> None:
    """The author of Pelican's own metadata is the one that is meant."""
    site.write("content/pages/me.md", "Title: Me\nAuthor: John Roe\nAuthor_profile: true\n\nHello.\n")
    assert site.pelican(PART, status=1) == [
        "content/pages/me.md:2: author: 'John Roe' is not in content/authors.yml; write one of 'Jane Doe', or add it there"
    ]


def test_without_authors_yml_one_line_says_so(site: Quickstart) -> None:
    (site.root / "content/authors.yml").unlink()
    (line,) = site.pelican(PART, status=1)
    assert line.startswith("content/authors.yml: this file is missing; write the author's name and facts into it")


def test_a_page_without_a_profile_needs_nothing(quickstart: Quickstart) -> None:
    assert quickstart.pelican(PART) == []


def test_kramdown_by_name(quickstart: Quickstart) -> None:
    """Named in MARKDOWN; it needs no plugin."""
    quickstart.write(
        "content/pages/cv.md",
        'Title: CV\n\n{: .lead}\nTwo "words"[^1]\n\n* TOC\n{:toc}\n\n## A heading\n\n[^1]: Note\n',
    )
    quickstart.configure('MARKDOWN = {"extensions": ["frontispiece.kramdown"], "output_format": "html"}')
    assert quickstart.pelican() == []
    page = quickstart.text("pages/cv.html")
    assert '<p class="lead">Two “words”<sup' in page
    assert '<h2 id="a-heading">A heading</h2>' in page
    assert '<a href="#a-heading"' in page
