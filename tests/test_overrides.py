"""An owner's file in theme/ of the same name goes before the program's."""

import re

import pytest

from tests.conftest import Site


@pytest.fixture
def owned(site: Site) -> Site:
    """Return a site with a theme folder of its owner's, empty, and three kinds of pages."""
    (site.root / "theme").unlink()
    site.write("content/pages/about.md", "---\npermalink: /\n---\nHello.\n")
    site.write("content/articles/note.md", "---\npermalink: /note/\ndate: 2026-01-31\n---\nHello.\n")
    return site


@pytest.mark.parametrize("page", ["index.html", "note/index.html", "404.html"])
def test_one_block_is_replaced_without_a_copy_of_the_template(owned: Site, page: str) -> None:
    """Pages, articles and the 404 page all extend the owner's base.html, which extends the program's."""
    owned.write(
        "theme/templates/base.html",
        '{% extends "!theme/base.html" %}\n'
        '{% block head_end %}<link rel="me" href="https://example.org/@me">{% endblock %}\n'
        "{% block footer %}<footer>© Jane</footer>{% endblock %}\n",
    )
    built = owned.build()
    assert built.lines == []
    html = built.text(page)
    assert re.search(r'</style>\s*<link rel="me" href="https://example.org/@me">\s*</head>', html)
    assert re.search(r"</main>\s*<footer>© Jane</footer>", html)
    assert html.count("<main") == 1


def test_what_an_owner_adds_to_the_head_is_in_the_policy(owned: Site) -> None:
    """The policy is computed from the finished page."""
    owned.write(
        "theme/templates/base.html",
        '{% extends "!theme/base.html" %}{% block head_end %}<script src="https://example.org/a.js"></script>{% endblock %}',
    )
    policy = re.search(r'Security-Policy" content="([^"]*)"', owned.build().text("index.html"))
    assert policy
    assert "script-src https://example.org;" in policy[1]


def test_the_blocks_are_empty_at_first(owned: Site) -> None:
    html = owned.build().text("index.html")
    assert "<footer" not in html
    assert re.search(r"</style>\s*</head>", html)


def test_a_part_of_a_template_can_be_replaced(owned: Site) -> None:
    """The program's templates include the owner's."""
    owned.write("theme/templates/parts/favicon.html", '<link rel="icon" href="/mine.svg">')
    assert '<link rel="icon" href="/mine.svg">' in owned.build().text("index.html")


def test_a_style_of_the_same_name_replaces_the_programs(owned: Site) -> None:
    owned.write("theme/styles/print.css", "@layer print { main { color: #123456 } }")
    html = owned.build().text("index.html")
    assert "#123456" in html
    assert "@page" not in html
